"""Commitments: the figures of targets and promises, over cases and a period.

Each case contributes a part to a figure (`part_of`); a figure is the parts of a period put together (`figure_of`). When a
case counts: a limit when it was met or breached, an answer of the complainant when given, everything else as said below.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from huiyin.cases.scope import CaseScope
from huiyin.cases.state import Case
from huiyin.cases.steps import NOT_REACHED
from huiyin.regime.model import Commitment, Regime

from .watching import Window, counted_at

SHARES = frozenset(
    {"timely-share", "satisfied-share", "follow-up-share", "reply-share", "founded-share", "reopen-share", "via-share"}
)
_FOUNDED = (":founded", ":partly-founded")
_JUDGED = (*_FOUNDED, ":unfounded", ":not-founded")
_HANDED_OVER = ("reassigned", "returned", "transferred", "co-assigned")
_ENDS = ("concluded", "replied", "closed")


@dataclass(frozen=True, slots=True)
class Part:
    """What one case adds to a figure: `counted` out of `among`, at a time."""

    case: str
    at: datetime
    counted: float
    among: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a commitment over a window. `value` is in percent for shares, in days for times, else a number.

    `value` is None where no case counted; `kept` says whether every bound holds, None where that cannot be said.
    """

    commitment: str
    window: Window
    value: float | None
    counted: float
    among: float
    kept: bool | None
    bounds: Mapping[str, float]


def part_of(commitment: Commitment, case: Case, scope: CaseScope) -> list[Part]:
    """What the case adds: nothing, one part, or one for each time a limit ran."""
    if commitment.measure == "timely-share":
        return _timely(commitment, case)
    if commitment.count is not None or commitment.among is not None:
        return _own(commitment, case, scope)
    if commitment.measure is None:
        return _breached(commitment, case, scope)
    found = _MEASURES[commitment.measure](commitment, case)
    return [] if found is None else [found]


def _timely(commitment: Commitment, case: Case) -> list[Part]:
    """Limits that ended: met in time, or breached, whether done by now or not. Cancelled ones do not count."""
    parts = []
    for item in case.obligations.values():
        if commitment.of is not None and item.limit != commitment.of:
            continue
        if item.breached_at is not None:
            parts.append(Part(case.id, item.breached_at, 0.0))
        elif item.status == "met" and item.ended_at is not None:
            parts.append(Part(case.id, item.ended_at, 1.0))
    return parts


def _own(commitment: Commitment, case: Case, scope: CaseScope) -> list[Part]:
    """The regime's own measure: cases of `among` (all of them where it says nothing) that fulfil `count`."""
    if not scope.holds(commitment.among):
        return []
    at = counted_at(commitment.among or commitment.count, case)
    return [Part(case.id, at, 1.0 if scope.holds(commitment.count) else 0.0)]


def _breached(commitment: Commitment, case: Case, scope: CaseScope) -> list[Part]:
    """A promise in words: founded cases of the categories that break it."""
    broken = any(scope.under(category) for category in commitment.breached_by) and _first(case, _FOUNDED) is not None
    return [Part(case.id, case.received_at, 1.0)] if broken else []


def _first(case: Case, ends: tuple[str, ...]) -> datetime | None:
    return min((signal.first for name, signal in case.signals.items() if name.endswith(ends)), default=None)


def _last(case: Case, names: Iterable[str]) -> datetime | None:
    return max((case.signals[name].last for name in names if name in case.signals), default=None)


def _satisfied(_commitment: Commitment, case: Case) -> Part | None:
    yes, no = _last(case, ("satisfied",)), _last(case, ("dissatisfied",))
    answered = max((at for at in (yes, no) if at is not None), default=None)
    return None if answered is None else Part(case.id, answered, 1.0 if answered == yes else 0.0)


def _followed_up(commitment: Commitment, case: Case) -> Part | None:
    """Cases that had to be followed up, at the time this began; counted when somebody was reached."""
    if commitment.of is None:
        replied = _last(case, ("replied",))
        return None if replied is None else Part(case.id, replied, float("followed-up" in case.signals))
    runs = [run for run in case.steps.values() if run.step == commitment.of and run.status != "passed"]
    if not runs:
        return None
    done = [run for run in runs if run.status == "done" and run.outcome not in NOT_REACHED]
    return Part(case.id, max(run.opened_at for run in runs), float(bool(done)))


def _by_means(commitment: Commitment, case: Case) -> Part | None:
    """Cases in which somebody was reached by a step, at that time; counted when by one of these means, alone or combined."""
    runs = [run for run in case.steps.values() if run.step == commitment.of and run.status == "done"]
    reached = [(run.done_at, run.via) for run in runs if run.outcome not in NOT_REACHED and run.done_at is not None]
    if not reached:
        return None
    at, via = max(reached)
    return Part(case.id, at, float(bool(set(via) & set(commitment.via))))


def _replied(_commitment: Commitment, case: Case) -> Part | None:
    return Part(case.id, case.received_at, float(case.answered))


def _founded(commitment: Commitment, case: Case) -> Part | None:
    judged = _JUDGED if commitment.of is None else tuple(f"{commitment.of}{end}" for end in _JUDGED)
    founded = _FOUNDED if commitment.of is None else tuple(f"{commitment.of}{end}" for end in _FOUNDED)
    at = _first(case, judged)
    return None if at is None else Part(case.id, at, float(_first(case, founded) is not None))


def _reopened(_commitment: Commitment, case: Case) -> Part | None:
    closed = case.signals.get("closed")
    again = "reopened" in case.signals or "appealed" in case.signals
    return None if closed is None else Part(case.id, closed.first, float(again))


def _cases(_commitment: Commitment, case: Case) -> Part | None:
    return Part(case.id, case.received_at, 1.0)


def _handling_time(commitment: Commitment, case: Case) -> Part | None:
    """Days from receipt to the end of handling; of a limit, from its start to its end."""
    if commitment.of is not None:
        ended = [item for item in case.obligations.values() if item.limit == commitment.of and item.status == "met"]
        if ended:
            last = ended[-1]
            assert last.ended_at is not None
            return Part(case.id, last.ended_at, _days(last.started_at, last.ended_at))
        end = case.signals[commitment.of].last if commitment.of in case.signals else None
    else:
        end = next((case.signals[name].last for name in _ENDS if name in case.signals), None)
    return None if end is None else Part(case.id, end, _days(case.received_at, end))


def _days(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 86_400


def _handovers(_commitment: Commitment, case: Case) -> Part | None:
    """How often a case changed hands, counted when it is closed."""
    closed = case.signals.get("closed")
    if closed is None:
        return None
    return Part(case.id, closed.last, float(sum(case.signals[n].count for n in _HANDED_OVER if n in case.signals)))


_MEASURES: Mapping[str, Callable[[Commitment, Case], Part | None]] = {
    "satisfied-share": _satisfied,
    "follow-up-share": _followed_up,
    "reply-share": _replied,
    "founded-share": _founded,
    "reopen-share": _reopened,
    "cases": _cases,
    "handling-time": _handling_time,
    "handovers": _handovers,
    "via-share": _by_means,
}


def figure_of(commitment: Commitment, regime: Regime, parts: Iterable[Part], window: Window) -> Figure:
    """The figure over a window."""
    inside = [part for part in parts if window.holds(part.at)]
    counted, among = sum(part.counted for part in inside), sum(part.among for part in inside)
    bounds = {name: number for name, text in commitment.bound.items() if (number := _number(regime, text)) is not None}
    value = _value(commitment, counted, among)
    kept = None if value is None or not bounds else all(_KEEPS[name](value, mark) for name, mark in bounds.items())
    return Figure(commitment.id, window, value, counted, among, kept, bounds)


def is_share(commitment: Commitment) -> bool:
    """Whether its figure is in percent."""
    if commitment.measure is not None:
        return commitment.measure in SHARES
    return commitment.among is not None or any(text.endswith("%") for text in commitment.bound.values())


def _value(commitment: Commitment, counted: float, among: float) -> float | None:
    if is_share(commitment):
        return counted * 100 / among if among else None
    if commitment.measure in ("handling-time", "handovers"):
        return counted / among if among else None
    return counted


def _number(regime: Regime, text: str) -> float | None:
    answer = regime.answers.get(text.removeprefix("$")) if text.startswith("$") or text in regime.settings else text
    return None if answer is None else float(str(answer).removesuffix("%"))


_KEEPS: Mapping[str, Callable[[float, float], bool]] = {
    "at_least": lambda value, mark: value >= mark,
    "at_most": lambda value, mark: value <= mark,
    "below": lambda value, mark: value < mark,
}
