"""The limits again: when each would have been due, and whether what was done would have been late."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from huiyin.calendars import Due
from huiyin.calendars.written import parse_span
from huiyin.cases.clock import STARTS_WITH_STANDING_STILL, with_grace
from huiyin.cases.due_times import choose_row, due_time, written
from huiyin.cases.extending import latest_by
from huiyin.cases.moving import may_differ, moved_on
from huiyin.regime.model import Limit, Regime

from .ground import Looking
from .outcome import LimitRun, Outcome
from .past import Past, Pause


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """A limit with what is asked of it for every case; `written`: its rows in the words of the language.

    `by_severity`: whether how grave a case is can change it.
    """

    limit: Limit
    differs: bool
    by_severity: bool
    written: tuple[str, ...]


@lru_cache(maxsize=256)
def planned(regime: Regime) -> Mapping[str, tuple[Planned, ...]]:
    """Event → the limits it starts, of those that run once; those that repeat day after day are not decided again."""
    found: dict[str, tuple[Planned, ...]] = {}
    for limit in regime.limits.values():
        if limit.repeat is None:
            plan = Planned(
                limit, may_differ(limit), _asks_for_severity(limit), tuple(written(row.within) for row in limit.within)
            )
            for name in limit.start:
                found[name] = (*found.get(name, ()), plan)
    return found


def _asks_for_severity(limit: Limit) -> bool:
    conditions = [each for each in (limit.when, *(row.when for row in limit.within)) if each is not None]
    return any("case.severity" in each.reads or each.calls & _MAY_ASK for each in conditions)


_MAY_ASK = frozenset({"level", "has_evidence", "evidence_count"})
"""Functions whose answer can depend on how grave the case is."""


def started(regime: Regime, past: Past) -> list[Planned]:
    """The limits that something in the past started, each once."""
    plans = planned(regime)
    return list(dict.fromkeys(plan for name in past.by_name if name in plans for plan in plans[name]))


def run_again(looking: Looking, past: Past, levels: list[str], outcome: Outcome, plan: Planned, another_way: int | None) -> None:
    """Let a limit run through the past. From the moment `another_way` on the case would not have gone as it went."""
    starts = past.happened(plan.limit.start)
    ends = past.happened(plan.limit.end)
    number, free = 0, -1
    for start in starts:
        if start <= free:
            continue
        if another_way is not None and start > another_way:
            return
        end = _next(ends, start)
        closed = _next(past.closings, start)
        over = min(end, closed) if end is not None and closed is not None else end if end is not None else closed
        key = plan.limit.id if not number else f"{plan.limit.id}#{number + 1}"
        run = _one_run(looking, past, levels, outcome, plan, key, start, over, ended=end is not None and over == end)
        if run is None:
            continue
        number += 1
        unclear = another_way is not None and (over is None or over >= another_way)
        outcome.limits[key] = replace(run, late=None) if unclear else run
        free = over if over is not None else len(past.moments)


def _next(moments: list[int], after: int) -> int | None:
    place = bisect_right(moments, after)
    return moments[place] if place < len(moments) else None


def _one_run(
    looking: Looking, past: Past, levels: list[str], outcome: Outcome, plan: Planned, key: str, start: int, over: int | None,
    *, ended: bool,
) -> LimitRun | None:
    """The limit from one moment on; None where the regime does not let it run."""
    limit, moment = plan.limit, past.moments[start]
    began = moment.case.received_at if start == 0 else moment.at
    looking.look(moment.case, moment.at, levels[start])
    if limit.when is not None and not looking.holds(limit.when, f"limits.{limit.id}", undecided=True):
        return None
    index, first = -1, None
    latest = (over if over is not None else len(past.moments)) - 1
    if plan.differs and latest > start:  # what was known last before it ended decides the row
        looking.look(past.moments[latest].case, past.moments[latest].at, levels[latest])
        index, first = _row_and_due(looking, limit, began)
        if first is None:
            looking.look(moment.case, moment.at, levels[start])
    if first is None:
        index, first = _row_and_due(looking, limit, began)
    if index < 0:
        return None
    row = limit.within[index]
    until = past.moments[over].at if over is not None else past.until
    due, clear, still = first, True, False
    if first is not None and (past.pauses or past.extended):
        stood, still = _stood_still(past, limit, moment.at, moment.names, until)
        due = moved_on(looking.context.calendar, row.within, first, stood)
        due, clear = _extended(looking, past, limit, outcome, due, began, until)
    late = due is not None and not still and until > with_grace(due.at, plan.written[index])
    return LimitRun(
        key, limit.id, began, due.at if due else None, until if ended else None, late if clear else None, row.cite or limit.cite
    )


def _row_and_due(looking: Looking, limit: Limit, began: datetime) -> tuple[int, Due | None]:
    scope = looking.scope()
    index = choose_row(limit, looking, scope)
    return index, due_time(limit.within[index].within, began, scope, looking) if index >= 0 else None


def _stood_still(
    past: Past, limit: Limit, began: datetime, names: tuple[str, ...], until: datetime
) -> tuple[list[tuple[datetime, datetime]], bool]:
    """The times in which the limit stood still, and whether it still does at `until`."""
    measures_it = not STARTS_WITH_STANDING_STILL.isdisjoint(names)
    found: list[tuple[datetime, datetime]] = []
    for pause in past.pauses:
        if not _concerns(pause, limit) or (measures_it and pause.since <= began):
            continue
        since = max(pause.since, began)
        if pause.until is None or pause.until >= until:
            if since < until:
                return found, True
        elif since < pause.until:
            found.append((since, pause.until))
    return found, False


def _concerns(pause: Pause, limit: Limit) -> bool:
    return not pause.limits or limit.id in pause.limits


def _extended(
    looking: Looking, past: Past, limit: Limit, outcome: Outcome, due: Due, began: datetime, until: datetime
) -> tuple[Due, bool]:
    """The due time with the extensions granted while it ran, and whether this regime grants all of them."""
    calendar, extension = looking.context.calendar, limit.extension
    for each in past.extended:
        if each.limit != limit.id or not began <= each.at <= until:
            continue
        more = calendar.due(due.at, parse_span(each.span))
        latest = latest_by(calendar, extension, due.at, began) if extension is not None else None
        if extension is None or (latest is not None and more.at > latest.at):
            outcome.leave(f"limits.{limit.id}", "no-extension", (each.span,))
            return due, False
        due = more
    return due, True
