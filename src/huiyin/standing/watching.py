"""Watches: standing rules over many cases (预警).

A case counts for a watch when its condition holds. It counts at the time it was received; where the condition speaks of
events (`happened('verify:founded')`), when the last of them first happened; where it reads the clock, as long as it holds.
A watch fires once per group and window, and again only after it has fallen below its mark in between.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import product

from huiyin.calendars import Calendar, parse_span
from huiyin.cases import commands as cmd
from huiyin.cases.people import Directory, Respondent
from huiyin.cases.scope import CaseScope
from huiyin.cases.state import GROUP_JOINT, Case, Occasion
from huiyin.regime.model import Condition, FieldType, Regime, RoleGroup, Watch

from .occurrences import occurrences
from .opening import Opening, responsible

_EVENT = re.compile(r"""happened\(['"]([^'"]+)['"]\)""")
_PERIODS = frozenset({"day", "week", "month", "quarter", "half-year", "year"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A case that counts for a watch: when, and in which groups."""

    case: str
    at: datetime
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` on, up to `end`, which is not part of it. UTC."""

    start: datetime
    end: datetime

    def holds(self, at: datetime) -> bool:
        """Whether it lies in the window."""
        return self.start <= at < self.end


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the watch fires now, whether it stands above its mark, and what it saw in the window."""

    fires: bool
    firing: bool
    value: float
    cases: tuple[str, ...]
    window: Window


# -- which cases count ---------------------------------------------------------------------------------------------------


def counted(watch: Watch, case: Case, scope: CaseScope, directory: Directory) -> Counted | None:
    """How the case counts for the watch, or None. Where a fact is missing it does not count until the fact is known."""
    if not scope.holds(watch.of):
        return None
    groups = groups_of(watch.per, scope.regime, case, directory)
    at = scope.now if is_standing(watch) else counted_at(watch.of, case)
    return Counted(case.id, at, groups) if groups else None


def counted_at(condition: Condition | None, case: Case) -> datetime:
    """When a case that fulfils a condition counts."""
    names = _events_in(condition.source) if condition is not None else ()
    happened = [case.signals[name].first for name in names if name in case.signals]
    return max(happened, default=case.received_at)


@lru_cache(maxsize=1024)
def _events_in(condition: str) -> tuple[str, ...]:
    """The events that a condition asks for."""
    return tuple(_EVENT.findall(condition))


def groups_of(per: Sequence[str], regime: Regime, case: Case, directory: Directory) -> tuple[str, ...]:
    """The groups a case belongs to: categories, units, persons … as `per` says; none where it has no such thing.

    Where a watch counts by several things at once, such as ward and category, each combination is a group of its own.
    """
    return tuple(GROUP_JOINT.join(parts) for parts in product(*(_groups_of(each, regime, case, directory) for each in per)))


def _groups_of(per: str, regime: Regime, case: Case, directory: Directory) -> tuple[str, ...]:
    match per:
        case "case":
            found: Iterable[str] = (case.id,)
        case "category":
            found = (case.category,)
        case "cause":
            found = _values(case.facts, [name for name in case.facts if name == "cause" or name.endswith("_cause")])
        case "product" | "place":
            found = _values(case.matter, _fields(regime, FieldType(per)))
        case "person":
            found = (case.respondent.person, *_values(case.matter, _fields(regime, FieldType.PERSON)))
        case "respondent":
            who = case.respondent
            found = (who.person or who.unit or who.party or who.name.strip(),)
        case "handling-unit":
            found = case.units
        case _:
            found = _involved(per, regime, case, directory)
    return tuple(dict.fromkeys(each for each in found if each))


def _fields(regime: Regime, kind: FieldType) -> list[str]:
    return [field.id for field in regime.intake.fields.values() if field.type is kind]


def _values(section: object, names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        value = section.get(name) if isinstance(section, dict) else None
        found += [str(each).strip() for each in value] if isinstance(value, list) else [str(value or "").strip()]
    return found


def _involved(role: str, regime: Regime, case: Case, directory: Directory) -> tuple[str, ...]:
    """Units of the case that play a role: the one complained about, else those that handle."""
    known = regime.roles.get(role)
    if known is None:
        return ()
    if known.group is RoleGroup.OUTSIDE:
        return (case.respondent.party or case.respondent.name.strip(),)
    units = directory.units_of(role if known.group is RoleGroup.UNIT else known.of or role)
    if case.respondent.unit in units:
        return (case.respondent.unit,)
    return tuple(unit for unit in case.units if unit in units)


# -- windows -------------------------------------------------------------------------------------------------------------


def is_calendar(over: str) -> bool:
    """Whether the window is a calendar period, such as a quarter; else it is so much time up to now."""
    return over.removeprefix("calendar ") in _PERIODS


def window_at(over: str, now: datetime, calendar: Calendar) -> Window | None:
    """The window that now lies in; None where a setting has no answer."""
    if over.startswith("$"):
        return None
    if is_calendar(over):
        return _period_of(over, now.astimezone(calendar.zone).date(), calendar)
    return Window(calendar.before(now, parse_span(over)), now + timedelta(microseconds=1))


@lru_cache(maxsize=256)
def _period_of(over: str, day: date, calendar: Calendar) -> Window:
    """The calendar period a local day lies in; asked for with every case that comes to count."""
    end_of_day = calendar.end_of_day(day)
    latest = list(occurrences(over, end_of_day - timedelta(days=368), end_of_day, calendar))[-1]
    return Window(latest.start, latest.end)


def may_change(watch: Watch, regime: Regime, inside: int, *, stood: bool) -> bool:
    """Whether judging a group can bring anything new, told from the number of counted cases in the window that runs.

    `inside` includes the case that has just come to count; `stood`: the watch stands above its mark in this window.
    A watch that also looks at growth has to be judged each time.
    """
    mark = figure(regime, watch.at_least)
    if watch.growth is not None or mark is None:
        return watch.growth is not None
    return inside - 1 < mark if stood else inside >= mark


def window_before(over: str, window: Window, calendar: Calendar) -> Window:
    """The window of the same length before this one."""
    if is_calendar(over):
        before = window_at(over, window.start - timedelta(microseconds=1), calendar)
        assert before is not None
        return before
    return Window(calendar.before(window.start, parse_span(over)), window.start)


def windows_ended(
    over: str, since: datetime, checked_to: datetime | None, now: datetime, calendar: Calendar
) -> list[Window]:
    """The windows that are over and were not judged yet, for `at_most`; spans follow each other without a gap."""
    begun = occurrences(over, max(since, checked_to or since), now, calendar)
    return [Window(period.start, period.end) for period in begun if period.end <= now]


# -- judging -------------------------------------------------------------------------------------------------------------


def figure(regime: Regime, value: float | str | None) -> float | None:
    """A number of a watch: as written, or the answer of a setting; None while it has none."""
    if isinstance(value, str):
        answer = regime.answers.get(value.removeprefix("$"))
        return None if answer is None else float(str(answer).removesuffix("%"))
    return value


def judge(
    watch: Watch,
    regime: Regime,
    rows: Sequence[Counted],
    now: datetime,
    calendar: Calendar,
    *,
    fired_in: Window | None,
    newest: str = "",
) -> Judgement | None:
    """Judge one group of a watch with `at_least` or `growth`, given all its counted cases; None where it has neither.

    Args:
        fired_in: the window in which it stands above its mark since it last fired, None when it does not.
        newest: the case that has just come to count; without it, it is seen whether the count had fallen in between.
    """
    window = window_at(watch.over, now, calendar)
    marks = (figure(regime, watch.at_least), figure(regime, watch.growth))
    if window is None or (watch.at_least is None and watch.growth is None):
        return None
    if (watch.at_least is not None and marks[0] is None) or (watch.growth is not None and marks[1] is None):
        return None
    before = window_before(watch.over, window, calendar)
    inside = [row for row in rows if window.holds(row.at)]
    earlier = sum(1 for row in rows if before.holds(row.at))
    firing = _above(marks, len(inside), earlier)
    stood = fired_in is not None and (not is_calendar(watch.over) or fired_in.start == window.start)
    if newest and stood:
        stood = _above(marks, sum(1 for row in inside if row.case != newest), earlier)
    value = float(len(inside)) if watch.at_least is not None else _growth(len(inside), earlier)
    return Judgement(firing and not stood, firing, value, tuple(row.case for row in inside), window)


def _above(marks: tuple[float | None, float | None], now: int, before: int) -> bool:
    at_least, growth = marks
    return (at_least is None or now >= at_least) and (growth is None or (now > 0 and _growth(now, before) >= growth))


def _growth(now: int, before: int) -> float:
    """Growth in percent; from nothing to something counts as growth without end, said as 100 times as much."""
    if before == 0:
        return 10_000.0 if now else 0.0
    return (now - before) * 100 / before


def judge_ended(watch: Watch, regime: Regime, rows: Sequence[Counted], window: Window) -> Judgement | None:
    """Judge one group of a watch with `at_most` after a window has ended."""
    most = figure(regime, watch.at_most)
    if most is None:
        return None
    inside = [row for row in rows if window.holds(row.at)]
    fires = len(inside) <= most
    return Judgement(fires, fires, float(len(inside)), tuple(row.case for row in inside), window)


def members(watch: Watch, regime: Regime, directory: Directory) -> tuple[str, ...]:
    """The groups that exist whether or not they have cases: units of a role, categories."""
    return tuple(GROUP_JOINT.join(parts) for parts in product(*(_members(per, regime, directory) for per in watch.per)))


def _members(per: str, regime: Regime, directory: Directory) -> tuple[str, ...]:
    if per == "category":
        return tuple(regime.categories)
    known = regime.roles.get(per)
    if known is None or known.group is RoleGroup.OUTSIDE:
        return ()
    return directory.units_of(per if known.group is RoleGroup.UNIT else known.of or per)


def is_standing(watch: Watch) -> bool:
    """Whether its condition looks at the clock or at who is still there: then a case counts as long as it holds."""
    return watch.of is not None and bool(watch.of.reads & {"now", "case.handler_gone"})


def needs_the_clock(watch: Watch) -> bool:
    """Whether time alone can make it fire: at the end of a window, or as the clock moves on."""
    return watch.at_most is not None or is_standing(watch)


# -- the alarm -----------------------------------------------------------------------------------------------------------


def alarm(watch: Watch, regime: Regime, group: str, found: Judgement, now: datetime, directory: Directory) -> Opening:
    """The affair that a watch opens when it fires. Nobody deals with an alarm about himself."""
    since = found.window.start if is_calendar(watch.over) or watch.at_most is not None else now
    occasion = Occasion(
        key=f"{since.isoformat()}|{group}",
        event=watch.id,
        start=found.window.start,
        end=found.window.end,
        group=group,
        value=found.value,
        cases=found.cases[-LISTED:],
    )
    return Opening(watch.id, _alarm(watch, regime, group, occasion, directory))


LISTED = 200
"""So many of the counted cases are kept with an alarm, the latest; the value says how many there were."""


def _alarm(watch: Watch, regime: Regime, group: str, occasion: Occasion, directory: Directory) -> cmd.OpenAffair:
    owner = responsible(regime, watch.tell, "", directory)
    parts = dict(zip(watch.per, group.split(GROUP_JOINT), strict=False))
    return cmd.OpenAffair(
        occasion=occasion,
        role=owner.role,
        unit=owner.unit,
        handler_role=owner.handler_role or "system",
        handler=owner.handler,
        respondent=_concerned(parts, regime, directory),
        category=parts.get("category", ""),
        origin=parts.get("case", ""),
    )


def _concerned(parts: Mapping[str, str], regime: Regime, directory: Directory) -> Respondent:
    """Whom an alarm is about: the person, the unit or the outside party its group names; nobody where it names none."""
    for per, group in parts.items():
        if per in ("person", "respondent") and directory.unit_of(group) is not None:
            return Respondent("person", directory.unit_of(group) or "", group)
        if any(group in directory.units_of(role) for role in regime.roles):
            return Respondent("unit", group)
        if per not in ("case", "category", "cause", "product", "place"):
            return Respondent("outside", name=group)
    return Respondent()
