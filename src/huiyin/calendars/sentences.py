"""Put an explanation into sentences, Chinese and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from huiyin.calendars.days import WEEKDAY_TITLES, DayKind
from huiyin.calendars.units import Unit

if TYPE_CHECKING:
    from huiyin.calendars.explanation import ExplainedDay, Explanation

_SHORT_ZH = {"国庆节": "国庆", "中秋节": "中秋", "清明节": "清明", "端午节": "端午", "劳动节": "五一"}
_ENGLISH = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Tomb-Sweeping Day",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
    "抗战胜利纪念日": "Victory Day",
    "本单位放假": "organisation's day off",
}
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def chinese(why: Explanation, event: str) -> list[tuple[str, str]]:
    """See `Explanation.sentences_zh`."""
    years = why.start.year != why.due.year
    by_the_minute = why.span.unit.runs_by_the_minute
    begins = "从此时起算" if by_the_minute else "当天不计"
    if why.span.unit is Unit.WORKING_HOURS:
        begins = "只计营业时间"
    lines = [("从", f"{_date_zh(why.start, years)}{_clock_zh(why.start)}{event}，{begins}（民法典201条）")]
    lines.append(("给", why.span.title_zh + _clipped_zh(why)))
    if why.skipped:
        lines.append(("跳过", "、".join(f"{title}{days}天" for title, days in _skipped_zh(why.skipped))))
    if why.made_up:
        lines.append(("计入", "；".join(_made_up_zh(day, years) for day in why.made_up)))
    moved = why.rolled_from
    if moved and moved.date != why.due.date():
        reason = _short_zh(moved.title)
        lines.append(("顺延", f"期满日{_date_zh(moved.date, years)}是{reason}，顺延到下一个工作日（民法典203条）"))
    lines.append(("到", f"{_date_zh(why.due, years)}（{_weekday_zh(why.due)}）{_until_zh(why)}"))
    if why.provisional:
        lines.append(("暂定", f"{_unpublished_year(why)}年放假安排未公布，先按每周作息计算，公布后重算"))
    return lines


def english(why: Explanation, event: str) -> list[tuple[str, str]]:
    """See `Explanation.sentences_en`."""
    years = why.start.year != why.due.year
    begins = "counted from this minute" if why.span.unit.runs_by_the_minute else "that day does not count"
    if why.span.unit is Unit.WORKING_HOURS:
        begins = "only opening hours count"
    named = f" ({event})" if event else ""
    lines = [("From", f"{_date_en(why.start, years)}, {why.start:%H:%M}{named}; {begins} (Civil Code art. 201)")]
    lines.append(("Allowed", str(why.span) + _clipped_en(why)))
    if why.skipped:
        lines.append(("Skipped", ", ".join(f"{title}: {_days_en(days)}" for title, days in _skipped_en(why.skipped))))
    if why.made_up:
        lines.append(("Counted", "; ".join(_made_up_en(day, years) for day in why.made_up)))
    moved = why.rolled_from
    if moved and moved.date != why.due.date():
        reason = _title_en(moved)
        lines.append(
            ("Moved", f"{_date_en(moved.date, years)} is {reason}; moved to the next workday (Civil Code art. 203)")
        )
    lines.append(("Due", f"{_WEEKDAYS_EN[why.due.weekday()]}, {_date_en(why.due, years)}, {_until_en(why)}"))
    if why.provisional:
        lines.append(
            (
                "Provisional",
                f"the holidays of {_unpublished_year(why)} are not published; computed with plain weeks, to be redone",
            )
        )
    return lines


def _unpublished_year(why: Explanation) -> int:
    """The year to name: the first one after those published, or the start's if it lies before them."""
    if why.due.year > why.last_published_year:
        return max(why.last_published_year + 1, why.start.year)
    return why.start.year


def _date_zh(day: date, with_year: bool) -> str:
    return f"{f'{day.year}年' if with_year else ''}{day.month}月{day.day}日"


def _weekday_zh(day: date) -> str:
    return WEEKDAY_TITLES[day.weekday()]


def _clock_zh(at: datetime) -> str:
    return f"{at.hour}:{at.minute:02}"


def _until_zh(why: Explanation) -> str:
    if why.span.unit.runs_by_the_minute:
        return f"{_clock_zh(why.due)}止"
    return f"{_clock_zh(why.due)}下班止" if why.at_closing else "24:00止"


def _clipped_zh(why: Explanation) -> str:
    last = _clipped_to(why)
    return f"，{last.month}月没有{why.start.day}日，以{last.day}日为准（民法典202条）" if last else ""


def _made_up_zh(day: ExplainedDay, with_year: bool) -> str:
    by = "国务院安排的补班日" if day.day_kind is DayKind.MAKE_UP else f"本单位安排上班（{day.title}）"
    return f"{_date_zh(day.date, with_year)}{_weekday_zh(day.date)}，{by}"


def _short_zh(title: str) -> str:
    return "".join(_SHORT_ZH.get(part, part) for part in title.split("、"))


def _skipped_zh(days: Iterable[ExplainedDay]) -> list[tuple[str, int]]:
    return _counted(days, weekend="周末", title=lambda day: _short_zh(day.title))


def _date_en(day: date, with_year: bool) -> str:
    return f"{day.day} {_MONTHS_EN[day.month - 1]}{f' {day.year}' if with_year else ''}"


def _days_en(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _until_en(why: Explanation) -> str:
    if why.span.unit.runs_by_the_minute:
        return f"{why.due:%H:%M}"
    return f"{why.due:%H:%M}, close of business" if why.at_closing else "midnight at the end of the day"


def _clipped_en(why: Explanation) -> str:
    last = _clipped_to(why)
    if last is None:
        return ""
    return f"; {_MONTHS_EN[last.month - 1]} ends on {last.day} (Civil Code art. 202)"


def _made_up_en(day: ExplainedDay, with_year: bool) -> str:
    by = "make-up working day" if day.day_kind is DayKind.MAKE_UP else f"working day of the organisation ({day.title})"
    return f"{_WEEKDAYS_EN[day.date.weekday()]}, {_date_en(day.date, with_year)}: {by}"


def _title_en(day: ExplainedDay) -> str:
    if day.day_kind is DayKind.WEEKEND:
        return _WEEKDAYS_EN[day.date.weekday()]
    return " and ".join(_ENGLISH.get(part, part) for part in day.title.split("、"))


def _skipped_en(days: Iterable[ExplainedDay]) -> list[tuple[str, int]]:
    return _counted(days, weekend="weekend", title=_title_en)


def _counted(
    days: Iterable[ExplainedDay], *, weekend: str, title: Callable[[ExplainedDay], str]
) -> list[tuple[str, int]]:
    """How many days of each title, in order of appearance; several different weekend days are one entry."""
    days = list(days)
    weekdays = {day.date.weekday() for day in days if day.day_kind is DayKind.WEEKEND}
    together = len(weekdays) > 1
    return list(
        Counter(weekend if together and day.day_kind is DayKind.WEEKEND else title(day) for day in days).items()
    )


def _clipped_to(why: Explanation) -> date | None:
    """The month's last date a limit in months or years was cut to, if it was."""
    counted = why.counted
    if why.span.unit not in (Unit.MONTHS, Unit.YEARS) or not counted:
        return None
    last = counted[-1].date
    return last if last.day != why.start.day else None
