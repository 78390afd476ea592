"""What the pages of simulations show: how far one is, its figures in words, and the cases behind a figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.application.outside import actor_on
from huiyin.application.simulation_words import Figure, SimulationWords, share_words
from huiyin.application.titles import shown_title
from huiyin.cases.access import sight
from huiyin.documents.simulation_job import SIMULATION, period_of
from huiyin.jobs.models import Job, JobCase
from huiyin.simulation import Totals
from huiyin.store.loading import load_many
from huiyin.store.models import CaseRow
from huiyin.workbench.desk import Desk
from huiyin.workbench.pages.jobs import job_lines

PAGE = 30
LATEST = 8


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case behind a figure. `before` and `after` are words or times, empty where the figure says them already;
    `missing`: what a rule lacked.
    """

    number: str
    title: str
    received: datetime
    before: str
    after: str
    cite: str
    missing: str


def latest(desk: Desk) -> list[Any]:
    """The newest simulations anybody asked for."""
    jobs = Job.objects.filter(organisation=desk.organisation, kind=SIMULATION.name).order_by("-id")
    return job_lines(desk, list(jobs.defer("sealed", "wrapped")[:LATEST]))


def job_words(desk: Desk, job: Job) -> dict[str, Any]:
    """How far it is, and once all is done its figures."""
    versions = job.position.get("versions", ["", "", ""])
    words: dict[str, Any] = {
        "job": job, "line": job_lines(desk, [job])[0], "before": versions[0], "after": versions[1], "regime_title": versions[2],
        "period": period_words(job),
    }  # fmt: skip
    if job.state != "done":
        return words
    totals, said = Totals.from_data(job.position["totals"]), SimulationWords(desk.world, job.position["titles"])
    limits = said.limits(totals)
    return {
        **words,
        **share_words(totals),
        "figures": [(each, href(job, each.group)) for each in said.figures(totals)],
        "limits": [(each, {name: href(job, group) for name, group in each.groups.items()}) for each in limits],
        "newly_late": sum(each.newly_late for each in limits),
        "unknown": [(each, href(job, each.group)) for each in said.unknown(totals)],
        "changed_href": href(job, "changed"),
    }


def period_words(job: Job) -> str:
    """The days of receipt that were asked for."""
    period = period_of(job.parameters)
    days = {"since": period.since, "until": period.until}
    if period.since and period.until:
        return _("%(since)s至%(until)s收到的案件") % days
    if period.since:
        return _("%(since)s以来收到的案件") % days
    return _("%(until)s以前收到的案件") % days if period.until else _("收到过的全部案件")


def href(job: Job, group: str) -> str:
    """The address of the cases behind a figure."""
    return f"{reverse('desk-simulation-cases', args=[job.pk])}?{urlencode({'group': group})}"


def cases_words(desk: Desk, job: Job, group: str, before: UUID | None) -> dict[str, Any]:
    """A page of the cases behind a figure, newest first. Those this person may not see are counted only."""
    found = JobCase.objects.filter(job=job, group=group).order_by("-case_id")
    entries = list((found.filter(case_id__lt=before) if before else found)[: PAGE + 1])
    shown = entries[:PAGE]
    lines, hidden = _lines(desk, job, group, shown)
    figure = SimulationWords(desk.world, job.position["titles"]).figure(group, Totals.from_data(job.position["totals"]).groups[group])
    more = f"{href(job, group)}&before={shown[-1].case_id}" if len(entries) > PAGE else ""
    return {"job": job, "figure": figure, "lines": lines, "hidden": hidden, "more": more, "first": not before,
            "start": href(job, group)}  # fmt: skip


def _lines(desk: Desk, job: Job, group: str, entries: Sequence[JobCase]) -> tuple[list[CaseLine], int]:
    world, words = desk.world, SimulationWords(desk.world, job.position["titles"])
    rows = list(CaseRow.objects.filter(organisation_id=desk.organisation.pk, id__in=[each.case_id for each in entries]))
    loaded, known = load_many(rows), {row.id: row for row in rows}
    lines: list[CaseLine] = []
    for entry in entries:
        row = known.get(entry.case_id)
        if row is None:
            continue
        case, regime = loaded[row.id].case, world.regime(row.regime, row.regime_version)
        seen = sight(regime, case, actor_on(world, desk.who, row.regime, case), world.directory(row.regime))
        if seen.sees:
            before, after = (_moment(desk, group, entry.note.get(name, "")) for name in ("before", "after"))
            title = shown_title(regime, case, seen.hidden)
            cite, missing = "、".join(entry.note.get("cite", ())), words.missing(entry.note.get("missing", ()))
            lines.append(CaseLine(row.number, title, row.received_at, before, after, cite, missing))
    return lines, len(entries) - len(lines)


def _moment(desk: Desk, group: str, value: str) -> str:
    """A due time as the list shows it; other values stand in the heading."""
    if not group.startswith("due|") or not value:
        return ""
    return date_format(datetime.fromisoformat(value).astimezone(desk.world.calendar.zone), "DATETIME_FORMAT")


__all__ = ["Figure", "cases_words", "job_words", "latest"]
