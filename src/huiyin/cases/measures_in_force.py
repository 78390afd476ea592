"""Measures that are in force for a time (当年不评优、取消评先资格): until when, and what they bar meanwhile.

What is barred is refused with the article of the measure; nothing is dropped without anybody seeing it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from huiyin.calendars import Calendar
from huiyin.regime.model import Field, Measure, Regime

from .draft import Draft
from .due_times import due_time
from .refusals import Refused
from .scope import CaseScope
from .state import FOREVER, PendingApproval


def stands_until(draft: Draft, measures: Iterable[str]) -> dict[str, str]:
    """Until when those of the measures that stand for a time are in force, counted from now: measure → ISO 8601."""
    declared, found = measures_of(draft.regime), {}
    for name in measures:
        term = declared[name].stands
        if term is not None:
            due = due_time(term, draft.context.now, draft.scope(), draft)
            found[name] = (due.at if due else FOREVER).isoformat()
    return found


def measures_of(regime: Regime) -> Mapping[str, Measure]:
    """The measures of a regime; those of its parent where it is the regime of an affair."""
    return (regime.parent or regime).accountability.measures


def refuse_barred(draft: Draft, pending: PendingApproval, against: str) -> None:
    """Raise while a measure in force bars one that is proposed for this person or unit."""
    for name in pending.payload["propose"]:
        measure = measures_of(draft.regime)[name]
        rule = f"accountability.measures.{name}.not_under"
        _refuse(draft.scope(), measure.not_under, against, draft.context.calendar, f"不能再定“{measure.title}”", rule=rule)


def refuse_people_barred(
    scope: CaseScope, fields: Mapping[str, Field], stored: Mapping[str, object], calendar: Calendar
) -> None:
    """Raise where somebody is filled in whom a measure in force bars from it."""
    for name, field in fields.items():
        if field.not_under and stored.get(name):
            _refuse(scope, field.not_under, str(stored[name]), calendar, f"不能填为“{field.title}”", field=name)


def _refuse(
    scope: CaseScope,
    barring: tuple[str, ...],
    against: str,
    calendar: Calendar,
    consequence: str,
    *,
    rule: str = "",
    field: str = "",
) -> None:
    in_force = scope.standing(against) if barring else {}
    for name in barring:
        if name in in_force:
            measure = measures_of(scope.regime)[name]
            message = f"“{measure.title}”{until_words(in_force[name], calendar)}，{consequence}。"
            place = rule or f"accountability.measures.{name}.stands"
            raise Refused("unmet-requirement", message, cite=measure.cite, fields={field: message} if field else {}, rule=place)


def until_words(until: datetime, calendar: Calendar) -> str:
    """有效至2026年12月31日, or 长期有效."""
    if until >= FOREVER:
        return "长期有效"
    day = until.astimezone(calendar.zone).date()
    return f"有效至{day.year}年{day.month}月{day.day}日"
