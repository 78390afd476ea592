"""Working time: holidays, opening hours, adding, counting, suspending, explaining (pure).

Start with `china()`, give it the organisation's own days and hours with `with_organisation`, and ask for `due`.
"""

from huiyin.calendars.arrangements import Arrangement, read_arrangements
from huiyin.calendars.calendar import Calendar, Due
from huiyin.calendars.china import china, load_calendar
from huiyin.calendars.days import Day, DayKind
from huiyin.calendars.explanation import ExplainedDay, Explanation
from huiyin.calendars.months import Period
from huiyin.calendars.organisation_time import Hours
from huiyin.calendars.units import Span, Unit
from huiyin.calendars.written import UnreadableSpanError, parse_span

__all__ = [
    "Arrangement",
    "Calendar",
    "Day",
    "DayKind",
    "Due",
    "ExplainedDay",
    "Explanation",
    "Hours",
    "Period",
    "Span",
    "Unit",
    "UnreadableSpanError",
    "china",
    "load_calendar",
    "parse_span",
    "read_arrangements",
]
