"""Limit expressions as they are written (section 4 of the language): "15 workdays", "at matter.appointment", "$reply".

These functions know the grammar only. Whether a field or a setting exists is checked where a regime is compiled.
"""

import re
from datetime import datetime
from typing import Literal, NoReturn

from dateutil.rrule import rrule, rrulestr

from huiyin.calendars import Span, Unit, parse_span

from .model.limits import (
    AtField,
    AtOnce,
    BeforeField,
    FromSetting,
    LimitExpression,
    NextWorkdayStart,
    OnField,
    PeriodEnd,
    Permanent,
    Promptly,
    Rung,
    SameDay,
    SameWorkday,
)

_WORDS: dict[str, LimitExpression] = {
    "at once": AtOnce(),
    "promptly": Promptly(),
    "same day": SameDay(),
    "same workday": SameWorkday(),
    "next workday start": NextWorkdayStart(),
    "before day end": PeriodEnd("day"),
    "before week end": PeriodEnd("week"),
    "before month end": PeriodEnd("month"),
    "before quarter end": PeriodEnd("quarter"),
    "before half-year end": PeriodEnd("half-year"),
    "before year end": PeriodEnd("year"),
    "permanent": Permanent(),
}
_CHINESE_WORDS = {
    "立即": "at once", "即时": "at once", "当场": "at once", "及时": "promptly", "尽快": "promptly", "当天": "same day",
    "当日": "same day", "当个工作日": "same workday",
    "次日上班": "next workday start", "上班即送": "next workday start",
    "月底前": "before month end", "年底前": "before year end", "季末前": "before quarter end", "长期": "permanent",
    "永久": "permanent", "到期": "due",
}  # fmt: skip
_CHINESE_UNITS = {
    "个工作日": "workdays", "工作日": "workdays", "个工作小时": "working hours", "个自然日": "days", "自然日": "days",
    "天": "days", "日": "days", "个小时": "hours", "小时": "hours", "分钟": "minutes", "周": "weeks", "个星期": "weeks",
    "个月": "months", "月": "months", "年": "years",
}  # fmt: skip
_ENGLISH_UNITS = {
    "d": "days", "day": "days", "h": "hours", "hour": "hours", "w": "weeks", "m": "months", "min": "minutes",
    "working days": "workdays", "business days": "workdays", "work days": "workdays", "workday": "workdays",
    "work hours": "working hours", "business hours": "working hours", "wd": "workdays",
}  # fmt: skip
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "五": 5, "七": 7, "十": 10, "十五": 15, "二十": 20, "三十": 30}
_SETTING = re.compile(r"\$([a-z][a-z0-9_]*)\Z")
_FIELD = re.compile(r"(at|on) ([a-z]+\.[a-z][a-z0-9_]*)\Z")
_BEFORE_FIELD = re.compile(r"(.+) before ([a-z]+\.[a-z][a-z0-9_]*)\Z")
_SHARE = re.compile(r"([1-9][0-9]?)% of time\Z")
_RUNG = re.compile(r"(.+) (before|after) due\Z")
_OPEN_FOR = re.compile(r"(.+) after (\S+)\Z")
_EVERY = frozenset({"day", "workday", "week", "month", "quarter", "half-year", "year"})


class LimitWritingError(ValueError):
    """Text that is no limit expression; `hint` is what should probably be written."""

    def __init__(self, text: str, hint: str) -> None:
        self.text = text
        self.hint = hint
        super().__init__(f"时限写法“{text}”不认识；请写 {hint}。")


def parse_limit(text: str) -> LimitExpression:
    """A limit expression; a name of a setting gives `FromSetting`. Raises `LimitWritingError`."""
    plain = " ".join(text.split())
    if plain in _WORDS:
        return _WORDS[plain]
    if setting := _SETTING.match(plain):
        return FromSetting(setting[1])
    if field := _FIELD.match(plain):
        return AtField(field[2]) if field[1] == "at" else OnField(field[2])
    if before := _BEFORE_FIELD.match(plain):
        return BeforeField(_span(before[1], text), before[2])
    return _span(plain, text)


def parse_amount(text: str) -> Span:
    """A plain amount such as "20 workdays". Raises `LimitWritingError`."""
    return _span(" ".join(text.split()), text)


def parse_every(text: str) -> str:
    """A rhythm, given back in its normal form. Raises `LimitWritingError`."""
    plain = " ".join(text.split())
    if plain in _EVERY or _SETTING.match(plain):
        return plain
    if plain.startswith("RRULE:"):
        return _recurrence(plain, text)
    try:
        span = parse_span(plain)
    except ValueError:
        raise LimitWritingError(text, _EVERY_HINT) from None
    if span.unit not in _WHOLE_DAYS:
        raise LimitWritingError(text, _EVERY_HINT)
    return str(span)


_EVERY_HINT = "day、workday、week、month、quarter、half-year、year、2 weeks、RRULE:FREQ=MONTHLY;BYMONTHDAY=10 或 $设置名"
_WHOLE_DAYS = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS)
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_FIRST_DAY, _LAST_DAY = datetime(2024, 1, 1), datetime(2052, 1, 1)  # noqa: DTZ001 - days of a calendar: 28 years have them all
_NOT_OF_A_DUTY = frozenset({"COUNT", "UNTIL", "BYHOUR", "BYMINUTE", "BYSECOND", "DTSTART"})


def _recurrence(plain: str, text: str) -> str:
    """A recurrence rule (RFC 5545, 3.3.10) of whole days, without end: what is owed ends with the regime."""
    parts = dict(part.partition("=")[::2] for part in plain.removeprefix("RRULE:").upper().split(";"))
    if parts.get("FREQ") not in _FREQUENCIES or _NOT_OF_A_DUTY & set(parts):
        raise LimitWritingError(text, "RRULE:FREQ=MONTHLY;BYMONTHDAY=10")
    try:
        rule = rrulestr(plain.upper(), dtstart=_FIRST_DAY)
        assert isinstance(rule, rrule)
        comes = next(iter(rule.replace(until=_LAST_DAY)), None) is not None
    except (ValueError, TypeError):
        comes = False
    if not comes:  # 31 February is written easily, and nobody would ever be asked
        raise LimitWritingError(text, "RRULE:FREQ=MONTHLY;BYMONTHDAY=10")
    return plain.upper()


def parse_rung(text: str) -> Rung:
    """Where a rung stands, with nobody on it yet: "due", "50% of time", "1 workday before due", "$late after due"."""
    plain = " ".join(text.split())
    if plain == "due":
        return Rung(None, "at")
    if part := _SHARE.match(plain):
        return Rung(None, "share", share=int(part[1]))
    found = _RUNG.match(plain)
    if found is None:
        raise LimitWritingError(text, "due、50% of time、1 workday before due 或 2 workdays after due")
    side: Literal["before", "after"] = "before" if found[2] == "before" else "after"
    if setting := _SETTING.match(found[1]):
        return Rung(FromSetting(setting[1]), side)
    return Rung(_span(found[1], text), side)


def parse_open_for(text: str) -> tuple[Span, str]:
    """How long an act stays open: "10 days after replied" gives the span and the event."""
    found = _OPEN_FOR.match(" ".join(text.split()))
    if found is None:
        raise LimitWritingError(text, "10 days after replied")
    return _span(found[1], text), found[2]


def _span(words: str, text: str) -> Span:
    try:
        return parse_span(words)
    except ValueError:
        _refuse(text)


def _refuse(text: str) -> NoReturn:
    raise LimitWritingError(text, suggestion(text))


def suggestion(text: str) -> str:
    """What the writer of `text` probably meant, in the words of the language."""
    bare = text.strip().removesuffix("内").removesuffix("以内")
    if bare in _CHINESE_WORDS:
        return _CHINESE_WORDS[bare]
    found = re.match(r"([0-9]+|[一二两三五七十]+)\s*(.+)\Z", bare)
    if found:
        amount = int(found[1]) if found[1].isdigit() and len(found[1]) < 7 else _NUMERALS.get(found[1])
        unit = _CHINESE_UNITS.get(found[2].strip()) or _ENGLISH_UNITS.get(found[2].strip().lower())
        if amount and unit:
            return f"{amount} {unit}"
    return "15 workdays、24 hours、at once、promptly、same day、on matter.字段 或 $设置名"
