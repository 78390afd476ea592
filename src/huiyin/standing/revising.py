"""When a regime is to be looked at again: so long after its version came into force, or after it was last looked at."""

from datetime import datetime

from huiyin.calendars import Calendar, Span, Unit
from huiyin.cases.people import Directory
from huiyin.cases.state import Occasion
from huiyin.regime.affairs.revision import revision_duty
from huiyin.regime.model import Regime
from huiyin.regime.vocabulary import REVISION

from .occurrences import span_of
from .opening import Opening, owed

AHEAD = Span(1, Unit.MONTHS)
"""So long before it is due the revision is put before those who do it: a new version wants time."""


def revision_due(regime: Regime, last: datetime, calendar: Calendar) -> datetime | None:
    """When the next revision is due; None where the regime says nothing, or the organisation has not answered.

    Args:
        last: when the version came into force, or the regime was last looked at, whichever is later.
    """
    every = regime.governance.revise_every.removeprefix("calendar ")
    if revision_duty(regime) is None or every.startswith("$"):
        return None
    return calendar.due(last, span_of(every), roll=False).at


def revision_opens(regime: Regime, last: datetime, calendar: Calendar) -> datetime | None:
    """When the next revision is put before those who do it."""
    due = revision_due(regime, last, calendar)
    return None if due is None else calendar.start_of_day(calendar.before(due, AHEAD))


def revision(regime: Regime, last: datetime, now: datetime, calendar: Calendar, directory: Directory) -> Opening | None:
    """The revision to open by now, if it is time."""
    duty, due = revision_duty(regime), revision_due(regime, last, calendar)
    opens = revision_opens(regime, last, calendar)
    if duty is None or due is None or opens is None or now < opens:
        return None
    day = last.astimezone(calendar.zone).date()
    occasion = Occasion(key=day.isoformat(), event="published", start=last, end=due, due=due)
    return Opening(REVISION, owed(regime, duty, occasion, directory))
