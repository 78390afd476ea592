"""Jobs in words: what, how far, what came of it, and what the reader can do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.cases.people import SYSTEM
from huiyin.jobs.asking import files_of
from huiyin.jobs.kinds import kinds
from huiyin.jobs.models import INPUT, PROBLEMS, RESULT, Job, State
from huiyin.jobs.running import KEPT
from huiyin.workbench.desk import Desk
from huiyin.workbench.words.moments import moment_words

COUNT_DIGITS = 6
TONES = {State.DONE: "text-success", State.FAILED: "text-error", State.RUNNING: "text-info"}


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job in words. `files` are titles and addresses of what the reader can fetch until `until`; `page_href` its page."""

    job: Job
    kind: str
    state: str
    tone: str
    asked_by: str
    asked: str
    ended: str
    figures: str
    files: tuple[tuple[str, str], ...]
    until: str
    import_href: str
    page_href: str
    can_cancel: bool
    can_try: bool


def job_lines(desk: Desk, jobs: Sequence[Job]) -> list[JobLine]:
    """Lines of the list. One query."""
    files = files_of(list(jobs))
    return [_line(desk, job, files.get(job.pk, set())) for job in jobs]


def ended_since(lines: Sequence[JobLine], shown_open: str) -> str:
    """What ended since the list was shown with so many jobs open, in words to be read out; empty where nothing did."""
    still_open = sum(line.job.is_open for line in lines)
    count = int(shown_open) - still_open if shown_open.isdecimal() and len(shown_open) < COUNT_DIGITS else 0
    newest = sorted((line for line in lines if line.job.ended_at), key=lambda line: str(line.job.ended_at), reverse=True)
    return _("，").join(f"{line.kind} {line.job.title} {line.state}" for line in newest[: max(count, 0)])


def _line(desk: Desk, job: Job, files: set[str]) -> JobLine:
    kind, mine = kinds().get(job.kind), job.asked_by == desk.staff.person
    counts = [(title, job.counts[name]) for name, title in (kind.counts if kind else ()) if job.counts.get(name)]
    titles = {RESULT: _("下载文件"), PROBLEMS: _("下载未导入的行")}
    fetched = tuple(
        (titles[name], reverse("desk-job-file", args=[job.pk, name])) for name in (RESULT, PROBLEMS) if mine and name in files
    )
    tried = job.kind == "import" and job.state == State.DONE and INPUT in files    # an import itself lets go of its table
    return JobLine(
        job=job,
        kind=str(kind.title) if kind else job.kind,
        state=_("正在取消") if job.cancelling else _STATES[State(job.state)](),
        tone=TONES.get(State(job.state), "text-ink-2"),
        asked_by=_("系统") if job.asked_by == SYSTEM.person else desk.world.people.name_of(job.asked_by),
        asked=moment_words(job.asked_at, desk.world),
        ended=moment_words(job.ended_at, desk.world) if job.ended_at else "",
        figures="，".join(_("%(what)s%(count)s件") % {"what": title, "count": count} for title, count in counts),
        files=fetched,
        until=moment_words(job.ended_at + KEPT, desk.world) if fetched and job.ended_at else "",
        import_href=reverse("desk-job-import", args=[job.pk]) if tried and job.counts.get("filed") else "",
        page_href=reverse("desk-simulation", args=[job.pk]) if job.kind == "simulation" and desk.staff.administrator else "",
        can_cancel=job.is_open and not job.cancelling,
        can_try=job.state in (State.FAILED, State.CANCELLED),
    )


_STATES = {
    State.WAITING: lambda: _("等待"),
    State.RUNNING: lambda: _("进行中"),
    State.DONE: lambda: _("已完成"),
    State.FAILED: lambda: _("失败"),
    State.CANCELLED: lambda: _("已取消"),
}
