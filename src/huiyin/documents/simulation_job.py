"""A simulation as a job: past cases decided again under another version, step by step, with a file of what differs.

A step reads some cases, decides them under both versions, and keeps the figures and which case counts for which; the last
step makes the file. Cases the person who asked may not see count, but neither list nor file names them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from huiyin.application.outside import actor_on
from huiyin.application.personal import log_export
from huiyin.application.simulating import NOWHERE, Period, cases_of, pasts_of, simulation_of
from huiyin.application.simulation_words import SimulationWords
from huiyin.application.world import World, world_of
from huiyin.cases.access import sight
from huiyin.cases.documents.wording import day_words
from huiyin.cases.people import Actor
from huiyin.documents.printed import Printed, PrintedGrid
from huiyin.documents.spreadsheet import xlsx_of
from huiyin.jobs.kinds import JobFailed, Kind
from huiyin.jobs.models import RESULT
from huiyin.jobs.steps import Run
from huiyin.organisations.drafts import check_text
from huiyin.organisations.models import RegimeDraft
from huiyin.organisations.services import NoSuchRegimeError
from huiyin.regime.model import Regime
from huiyin.simulation import Compared, Difference, Simulation, Totals
from huiyin.simulation.titles import titles_of
from huiyin.simulation.totals import groups_of
from huiyin.store.loading import load_many
from huiyin.store.models import CaseRow
from huiyin.store.sentences import kept

BATCH = 500
"""Cases of a step: half a second, of which only the end writes."""
MOST_LINES = 50_000
"""Lines of the file; the pages list all."""
LINES = "lines"
HEADS = ("编号", "收到日期", "方面", "事项", "原来", "改后", "变动（天）", "依据条款")


@dataclass(frozen=True, slots=True)
class _Work:
    """What is the same for all steps of a turn."""

    before: Regime
    after: Regime
    simulation: Simulation
    words: SimulationWords


def parameters_for_draft(draft: RegimeDraft, before: str, period: Period) -> dict[str, Any]:
    """A draft as it is now against a published version: later changes of the draft do not matter."""
    return {"regime": draft.regime, "before": before, "source": draft.source, "answers": draft.answers, **_days(period)}


def parameters_for_version(regime: str, before: str, after: str, period: Period) -> dict[str, Any]:
    """One published version against another."""
    return {"regime": regime, "before": before, "after": after, **_days(period)}


def _days(period: Period) -> dict[str, str]:
    return {name: day.isoformat() if day else "" for name, day in (("since", period.since), ("until", period.until))}


def period_of(said: Mapping[str, Any]) -> Period:
    """The period that was asked for."""
    since, until = (date.fromisoformat(said[name]) if said[name] else None for name in ("since", "until"))
    return Period(since, until)


def _step(run: Run) -> None:
    world = world_of(run.organisation)
    if run.person not in world.people.persons:
        raise JobFailed(gettext_noop("发起人已经离职，不再试算。"))
    work = run.kept(lambda: _work(world, run.parameters))
    if run.position.get("read"):
        _make_file(run, world, work)
    else:
        _decide_batch(run, world, work)


def _work(world: World, said: Mapping[str, Any]) -> _Work:
    """Both versions, compiled. Raises JobFailed when one cannot be used."""
    try:
        before = world.regime(said["regime"], said["before"])
        if "source" in said:
            after = check_text(said["source"], said["answers"]).report.regime
        else:
            after = world.regime(said["regime"], said["after"])
    except NoSuchRegimeError as gone:
        raise JobFailed(gettext_noop("要比较的版本现在没有了。请重新选择版本，再试算。")) from gone
    if after is None:
        raise JobFailed(gettext_noop("草稿还有错误，不能试算。请改正之后重新试算。"))
    return _Work(before, after, simulation_of(world, before, after), SimulationWords(world, titles_of(before, after)))


def _decide_batch(run: Run, world: World, work: _Work) -> None:
    run.doing(gettext_noop("试算第%(first)s件起的案件"), first=run.done + 1)
    said, totals = run.parameters, Totals.from_data(run.position.get("totals", {}))
    cases = cases_of(world, said["regime"], period_of(said))
    rows = list(cases.filter(id__gt=UUID(run.position.get("after", str(NOWHERE))))[:BATCH])
    total = run.total or cases.count()
    until = datetime.fromisoformat(run.position.get("until", world.now.isoformat()))      # the same for every step
    entries: list[tuple[str, UUID, dict[str, Any]]] = []
    changed: dict[UUID, tuple[Difference, ...]] = {}
    for row, past in pasts_of(world, rows, until):
        compared = work.simulation.compare(past)
        totals.add(compared)
        entries += _entries(row.id, compared)
        if compared.differences:
            changed[row.id] = compared.differences
    told = [row for row in rows if row.id in changed]
    seen = _seen(world, run.person, told) if run.position.get("lines", 0) <= MOST_LINES else []
    lines = [line for row in seen for line in _lines(world, work.words, row, changed[row.id])]
    position = {
        "until": until.isoformat(),
        "totals": totals.as_data(),
        "titles": run.position.get("titles") or titles_of(work.before, work.after),
        "versions": [work.before.version, work.after.version, work.after.title],
        "lines": run.position.get("lines", 0) + len(lines),
        **({"after": str(rows[-1].id)} if len(rows) == BATCH else {"read": True}),
    }
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    done = run.done + len(rows)
    with run.whole():
        run.count_cases(entries)
        log_export(world, Actor(run.person), [row.id for row in seen], f"《{work.after.title}》试算")
        words = kept(gettext_noop("已试算%(count)s件"), count=done)
        run.save(position, done=done, total=max(total, done), words=words, counts=_counts(totals),
                 parts=[(LINES, text.encode())] if text else [])  # fmt: skip


def _counts(totals: Totals) -> dict[str, int]:
    return {"cases": totals.cases, "changed": totals.groups["changed"]}


def _entries(case_id: UUID, compared: Compared) -> Iterator[tuple[str, UUID, dict[str, Any]]]:
    """Which figures the case counts for, with what differs in it."""
    notes: dict[str, dict[str, Any]] = {}
    for each in compared.differences:
        notes.setdefault(each.group, {"before": each.before, "after": each.after, "cite": list(each.cite), "shift": each.shift})
    for unknown in compared.after.unknown.values():
        notes[unknown.group] = {"missing": list(unknown.missing)}
    for group in dict.fromkeys(groups_of(compared)):
        yield group, case_id, notes.get(group, {})


def _seen(world: World, person: str, rows: Sequence[CaseRow]) -> list[CaseRow]:
    """Those of the cases that this person may see."""
    loaded = load_many(rows) if rows else {}
    found = []
    for row in rows:
        case, regime = loaded[row.id].case, world.regime(row.regime, row.regime_version)
        if sight(regime, case, actor_on(world, Actor(person), row.regime, case), world.directory(row.regime)).sees:
            found.append(row)
    return found


def _lines(world: World, words: SimulationWords, row: CaseRow, found: Sequence[Difference]) -> Iterator[tuple[str, ...]]:
    received = row.received_at.astimezone(world.calendar.zone).date().isoformat()
    for each in found:
        figure = words.figure(each.group)
        before, after = (_moment(world, each, value) for value in (each.before, each.after))
        shift = f"{each.shift / 86_400:+.1f}" if each.shift else ""
        yield (row.number, received, figure.aspect, figure.about, before or figure.before, after or figure.after, shift,
               "、".join(each.cite))  # fmt: skip


def _moment(world: World, difference: Difference, value: str) -> str:
    if difference.aspect != "due":
        return ""
    return datetime.fromisoformat(value).astimezone(world.calendar.zone).strftime("%Y-%m-%d %H:%M")


def _make_file(run: Run, world: World, work: _Work) -> None:
    run.doing(gettext_noop("制作文件"))
    text = b"".join(run.parts(LINES)).decode()
    lines = tuple(tuple(json.loads(line)) for line in text.splitlines())[:MOST_LINES]
    totals = Totals.from_data(run.position["totals"])
    only = f"，只列前{MOST_LINES}行" if run.position["lines"] > MOST_LINES else ""
    paper = Printed(
        title=f"《{work.after.title}》{work.before.version}版与{work.after.version}版试算", organisation=world.organisation.title,
        number=f"试算{totals.cases}件，结果不同{totals.groups['changed']}件{only}", case_number="", version=1, day=day_words(world.today),
        regime="", blocks=(PrintedGrid(HEADS, lines),), header="", footer="", paper="A4-landscape",
    )  # fmt: skip
    with run.whole():
        run.drop(LINES)
        run.end(done=totals.cases, counts=_counts(totals), parts=[(RESULT, xlsx_of(paper))])


SIMULATION = Kind(
    "simulation", _("试算"), _step, administrators_only=True, counts=(("cases", _("案件")), ("changed", _("结果不同")))
)
"""Past cases decided again under another version of their regime."""
