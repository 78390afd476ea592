"""后台运行: an administrator sees who works behind the scenes, what waits, what failed, and whether the clock is right."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiyin.application.background import Queue, background, is_alive
from huiyin.application.heartbeat import take_note
from huiyin.store.delivery import deliver_again
from huiyin.store.models import WorkerRow
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.views.channels import administrators_only
from huiyin.workbench.words.moments import moment_words


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """A worker in words."""

    row: WorkerRow
    state: str
    tone: str
    beat: str
    done: str


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A queue in words."""

    title: str
    queue: Queue
    oldest: str
    href: str


@require_GET
@staff_page
@administrators_only
def background_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The state now."""
    found = background(desk.organisation.pk)
    titles = {"due": _("到期待处理的案件"), "outbox": _("待办理的告知"), "messages": _("待发出的消息"), "jobs": _("任务")}
    hrefs = {"messages": reverse("desk-outgoing"), "jobs": reverse("desk-jobs")}
    queues = [
        QueueLine(
            titles[each.name], each, moment_words(each.oldest, desk.world) if each.oldest else "", hrefs.get(each.name, "")
        )
        for each in found.queues
    ]
    workers = [_worker(desk, each, alive=each.stopped_at is None and is_alive(each, found.at)) for each in found.workers]
    jumps = [
        (each, moment_words(each.expected, desk.world), moment_words(each.shown, desk.world), each.shown > each.expected)
        for each in found.jumps
    ]
    words = {"queues": queues, "workers": workers, "jumps": jumps, "nobody": not found.alive}
    return desk_page(request, desk, "workbench/background.html", words)


@require_POST
@staff_page
@administrators_only
def tell_again(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Try once more to tell what was given up."""
    count = deliver_again(desk.organisation.pk)
    messages.success(request, _("%(count)s项告知重新处理。") % {"count": count})
    return redirect("desk-background")


@require_POST
@staff_page
@administrators_only
def clock_is_right(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The administrator has looked at the machine's clock and found it right: limits fall due again."""
    take_note(desk.staff.person)
    messages.success(request, _("已记下您核对过时钟，到期事项继续处理。"))
    return redirect("desk-background")


def _worker(desk: Desk, row: WorkerRow, *, alive: bool) -> WorkerLine:
    if row.stopped_at is not None:
        state, tone = _("已正常停止"), ""
    elif not alive:
        state, tone = _("没有响应"), "error"
    elif row.trouble:
        state, tone = _("出错，正在重试"), "error"
    else:
        state, tone = _("正在运行"), "success"
    titles = {
        "swept": _("到期案件%(count)s"), "delivered": _("告知%(count)s"), "opened": _("职责预警%(count)s"),
        "timed": _("改算%(count)s"),
        "sealed": _("封存%(count)s天"), "moved": _("换版%(count)s"), "shown": _("换人%(count)s"), "played": _("情景%(count)s"),
    }  # fmt: skip
    done = _("，").join(titles[name] % {"count": count} for name, count in row.done.items() if name in titles)
    return WorkerLine(row, state, tone, moment_words(row.beat_at, desk.world), done)
