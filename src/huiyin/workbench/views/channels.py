"""通知渠道: an administrator sets them up, tries them, and looks after what could not be delivered."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin.application.outgoing import channel_states, outgoing, tests_of
from huiyin.notices.kinds import WAYS
from huiyin.notices.managing import (
    ChannelRefusedError,
    drop,
    save_channel,
    send_again,
    send_test,
    stop_channel,
)
from huiyin.notices.models import Channel, State
from huiyin.site.errors import error_page
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.forms.notices import ChannelForm, TestForm
from huiyin.workbench.pages.outgoing import outgoing_lines
from huiyin.workbench.words.moments import moment_words

View = Callable[..., HttpResponseBase]

_STATES = {
    State.WAITING: gettext_lazy("待发送"),
    State.SENT: gettext_lazy("已接收"),
    State.DEAD: gettext_lazy("发送失败"),
    State.DROPPED: gettext_lazy("不再发送"),
    State.HELD: gettext_lazy("演练，不发送"),
}


def administrators_only(view: View) -> View:
    """Let only administrators of the organisation in."""

    @wraps(view)
    def guarded(request: HttpRequest, desk: Desk, **named: object) -> HttpResponseBase:
        if not desk.staff.administrator:
            return error_page(request, 403, sentence=_("只有系统管理员可以进入这一页。"))
        return view(request, desk, **named)

    return guarded


@require_GET
@staff_page
@administrators_only
def channel_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All channels, what waits and what failed on each."""
    states = [(each, moment_words(each.oldest, desk.world) if each.oldest else "") for each in channel_states(desk.world)]
    words = {"part": "channels", "states": states, "ways": WAYS.values(), "no_links": not settings.HUIYIN_URL}
    return desk_page(request, desk, "workbench/notices/channels.html", words)


@require_http_methods(["GET", "POST"])
@staff_page
@administrators_only
def channel(request: HttpRequest, desk: Desk, way: str) -> HttpResponse:
    """Set up a new channel."""
    if way not in WAYS:
        raise Http404
    return _edit(request, desk, way, None)


@require_http_methods(["GET", "POST"])
@staff_page
@administrators_only
def edit_channel(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """Change a channel."""
    found = _channel(desk, row)
    return _edit(request, desk, found.way, found)


def _edit(request: HttpRequest, desk: Desk, way: str, row: Channel | None) -> HttpResponse:
    form = ChannelForm(desk, way, row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            saved = save_channel(
                desk.organisation, desk.staff, way, said["title"], form.settings(),
                audience=said.get("audience", ()), kinds=said.get("kinds", ()), channel=row,
            )  # fmt: skip
        except ChannelRefusedError as refused:
            for name, why in refused.problems.items():
                form.add_error(name or None, str(why))
        else:
            new = saved.settings(desk.organisation.pk).get("secret", "") if way == "webhook" and row is None else ""
            if new:
                messages.success(request, _("已保存。签名密钥只显示这一次：%(secret)s") % {"secret": new})
            else:
                messages.success(request, _("已保存，请发一条测试消息。"))
            return redirect("desk-channel", row=saved.pk)
    tests = [(line, _STATES[State(line.row.state)]) for line in outgoing_lines(desk.world, tests_of(row))] if row else []
    words = {
        "form": form, "way": WAYS[way], "row": row, "test": TestForm(label_suffix=""), "tests": tests,
        "waiting": any(line.row.state == State.WAITING for line, _state in tests),
    }  # fmt: skip
    return desk_page(request, desk, "workbench/notices/channel.html", {"part": "channels", **words}, status=422 if form.errors else 200)


@require_POST
@staff_page
@administrators_only
def try_channel(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """Send a test message."""
    found = _channel(desk, row)
    address = request.POST.get("address", "").strip()[:200]
    if WAYS[found.way].personal and not address:
        messages.error(request, _("请写收测试消息的地址。"))
    else:
        send_test(found, address, timezone.now())
        messages.success(request, _("测试消息已交给后台发送，结果显示在下面。"))
    return redirect("desk-channel", row=found.pk)


@require_POST
@staff_page
@administrators_only
def end_channel(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """Take a channel out of use."""
    stop_channel(_channel(desk, row))
    messages.success(request, _("已停用，还没有发出的不再发送。"))
    return redirect("desk-channels")


@require_http_methods(["GET", "POST"])
@staff_page
@administrators_only
def outgoing_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Messages by state; those given up can be sent again or dropped."""
    if request.method == "POST":
        ids = [each for text in request.POST.getlist("message") if (each := _uuid(text)) is not None]
        now = timezone.now()
        if request.POST.get("do") == "drop":
            messages.success(request, _("%(count)s条不再发送。") % {"count": drop(desk.organisation, ids, now)})
        else:
            messages.success(request, _("%(count)s条重新发送。") % {"count": send_again(desk.organisation, ids, now)})
        return redirect("desk-outgoing")
    state = request.GET.get("state", State.DEAD)
    if state not in State.values:
        raise Http404
    page = outgoing(desk.world, state, request.GET.get("after", ""))
    words = {
        "lines": outgoing_lines(desk.world, page.items),
        "state": state,
        "states": [(value, _STATES[State(value)]) for value in State.values],
        "older": f"?{urlencode({'state': state, 'after': page.next})}" if page.next else "",
    }
    return desk_page(request, desk, "workbench/notices/outgoing.html", {"part": "outgoing", **words})


def _channel(desk: Desk, row: UUID) -> Channel:
    found = Channel.objects.filter(pk=row, organisation=desk.organisation).select_related("organisation").first()
    if found is None:
        raise Http404
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
