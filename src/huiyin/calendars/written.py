"""Read a span as people write it in a regime or on the command line."""

from __future__ import annotations

import re

from huiyin.calendars.units import Span, Unit

_FORM = re.compile(r"\s*(\d{1,6})\s+([a-z]+(?:\s+[a-z]+)?)\s*", re.IGNORECASE | re.ASCII)
_CHINESE_FORM = re.compile(r"\s*(\d{1,6})\s*个?\s*(\D+?)\s*", re.ASCII)
_UNIT_OF_WORD = {word: unit for unit in Unit for word in (unit.value, unit.singular)}
_UNIT_OF_CHINESE = {
    "分钟": Unit.MINUTES,
    "分": Unit.MINUTES,
    "小时": Unit.HOURS,
    "钟头": Unit.HOURS,
    "工作小时": Unit.WORKING_HOURS,
    "天": Unit.DAYS,
    "日": Unit.DAYS,
    "自然日": Unit.DAYS,
    "工作日": Unit.WORKDAYS,
    "周": Unit.WEEKS,
    "星期": Unit.WEEKS,
    "月": Unit.MONTHS,
    "年": Unit.YEARS,
}
_ALL_UNITS = "、".join(unit.value for unit in Unit)


class UnreadableSpanError(ValueError):
    """A text that is no span. `zh` and `en` say what is wrong and how to mend it; `str()` gives both."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


def parse_span(text: str) -> Span:
    """Turn "15 workdays" (or "1 workday") into a `Span`; anything else raises `UnreadableSpanError`, a ValueError."""
    match = _FORM.fullmatch(text)
    unit = _UNIT_OF_WORD.get(" ".join(match[2].lower().split())) if match else None
    if match is None or unit is None:
        raise _unreadable(text)
    amount = int(match[1])
    if amount == 0:
        raise UnreadableSpanError(
            f"时限“{text}”须大于 0；当天办结请写 same day，当时办理请写 at once。",
            f'The span "{text}" must be more than 0; write "same day" or "at once".',
        )
    return Span(amount, unit)


_AS_SPOKEN = {"立即": "at once", "当日": "same day", "当日内": "same day", "当个工作日内": "same workday"}


def as_written(text: str) -> str:
    """What people say, `15个工作日` or 立即, as regimes write it, `15 workdays` or `at once`; anything else as it stands."""
    said = text.strip()
    spoken = _CHINESE_FORM.fullmatch(said)
    if spoken and spoken[2] in _UNIT_OF_CHINESE and int(spoken[1]):
        return str(Span(int(spoken[1]), _UNIT_OF_CHINESE[spoken[2]]))
    return _AS_SPOKEN.get(said, said)


def as_said(text: str) -> str:
    """`15 workdays` or `at once` as people say it; anything else as it stands. `as_written` gives it back."""
    try:
        return parse_span(text).title_zh
    except UnreadableSpanError:
        return next((said for said, written in _AS_SPOKEN.items() if written == text.strip()), text)


def _unreadable(text: str) -> UnreadableSpanError:
    example = Span(15, Unit.WORKDAYS)
    chinese = _CHINESE_FORM.fullmatch(text)
    if chinese and chinese[2] in _UNIT_OF_CHINESE:
        example = Span(int(chinese[1]), _UNIT_OF_CHINESE[chinese[2]])
    return UnreadableSpanError(
        f"时限写法“{text}”不认识；请写数字、空格和单位，例如 {example}。单位有 {_ALL_UNITS}。",
        f'"{text}" is not a span; write a number, a space and a unit, such as "{example}". '
        f"Units: {', '.join(unit.value for unit in Unit)}.",
    )
