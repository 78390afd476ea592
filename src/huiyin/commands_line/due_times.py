"""A question to the calendar as it is typed, and its answer as it is printed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from huiyin.calendars import Calendar, Due, Span, Unit, UnreadableSpanError, china, parse_span

_WHOLE_DAYS = {Unit.DAYS, Unit.WORKDAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS}


class CalendarQuestionError(ValueError):
    """A start or a limit that cannot be read, or that no calendar can answer; `zh` and `en` say how to mend it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


@dataclass(frozen=True, slots=True)
class DueTime:
    """An answer. `text` is a date for limits that end with a day, else a datetime written like the start."""

    start: str
    limit: str
    text: str
    provisional: bool
    began: datetime
    span: Span | None

    def why(self, language: str) -> list[tuple[str, str]]:
        """Label and sentence for each step of the count ("zh" or "en"); empty for limits that count nothing."""
        if self.span is None:
            return []
        explanation = china().explain(self.began, self.span)
        return explanation.sentences_en() if language == "en" else explanation.sentences_zh()

    def as_json(self) -> dict[str, Any]:
        """The answer as plain data."""
        return {"start": self.start, "limit": self.limit, "due": self.text, "provisional": self.provisional}


def due_time(start: str, limit: str) -> DueTime:
    """When `limit` ("15 workdays", "same day", "before month end" …) is due that starts at `start`.

    `start` is a date or a datetime in ISO 8601; without offset it is Beijing time. Raises CalendarQuestionError.
    """
    calendar = china()
    began = _read_start(start, calendar)
    try:
        span, due, whole_days = _read_limit(limit, calendar)
        found = due(began)
    except UnreadableSpanError as error:
        raise CalendarQuestionError(error.zh, error.en) from error
    except (ValueError, OverflowError) as error:
        if isinstance(error, CalendarQuestionError):
            raise
        raise CalendarQuestionError(
            f"“{start}”加“{limit}”超出日历范围（1970 至 2149 年）。", "The calendar covers the years 1970 to 2149."
        ) from error
    local = found.at.astimezone(calendar.zone)
    text = local.date().isoformat() if whole_days else _like(start, found.at.astimezone(began.tzinfo))
    return DueTime(start, limit, text, found.provisional, began, span)


def _read_start(text: str, calendar: Calendar) -> datetime:
    try:
        if len(text.strip()) <= len("2026-09-28"):
            began = datetime.combine(date.fromisoformat(text.strip()), time())
        else:
            began = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise CalendarQuestionError(
            f"开始时间“{text}”看不懂；请写 2026-09-28 或 2026-09-28 15:00。",
            f'The start "{text}" is not understood; write 2026-09-28 or 2026-09-28 15:00.',
        ) from error
    return began if began.tzinfo else began.replace(tzinfo=calendar.zone)


def _read_limit(text: str, calendar: Calendar) -> tuple[Span | None, Callable[[datetime], Due], bool]:
    """The span if it is one, how it is computed, and whether it ends with a whole day."""
    try:
        span = parse_span(text)
    except UnreadableSpanError:
        due, whole_days = _worded_limit(text, calendar)
        return None, due, whole_days
    return span, lambda start: calendar.due(start, span), span.unit in _WHOLE_DAYS


def _worded_limit(text: str, calendar: Calendar) -> tuple[Callable[[datetime], Due], bool]:
    """Limits without a figure. The regime language says which there are; it is read only when one is asked for."""
    from huiyin.regime.limits_written import LimitWritingError, parse_limit
    from huiyin.regime.model import AtOnce, NextWorkdayStart, PeriodEnd, SameDay, SameWorkday

    try:
        limit = parse_limit(text)
    except LimitWritingError:
        parse_span(text)  # says better what a span looks like
        raise
    match limit:
        case AtOnce():
            return lambda start: Due(start, provisional=False), False
        case SameDay():
            return calendar.same_day, True
        case SameWorkday():
            return calendar.same_workday, True
        case NextWorkdayStart():
            return calendar.next_workday_start, False
        case PeriodEnd(period=period):
            return lambda start: calendar.end_of_period(start, period), True
    raise CalendarQuestionError(
        f"“{text}”要在案件里才算得出来；这里请写数字和单位，例如 15 workdays。",
        f'"{text}" needs a case; write a number and a unit here, such as 15 workdays.',
    )


def _like(start: str, at: datetime) -> str:
    """The instant written as the start was: its separator, an offset only if it had one, seconds if there are any."""
    separator = "T" if "T" in start else " "
    had_offset = len(start.strip()) > len("2026-09-28") and datetime.fromisoformat(start.strip()).tzinfo is not None
    precise = "seconds" if at.second else "minutes"
    return (at if had_offset else at.replace(tzinfo=None)).isoformat(separator, precise)
