"""A figure, wherever it is written: one more, one less."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_IN_CONDITION = re.compile(r"(?:<=|>=|==|!=|<|>)\s*(-?\d+(?:\.\d+)?)(?![\w.])")
_IN_SPAN = re.compile(r"(\d+)\s+(working hour|workday|day|hour|minute|week|month|year)s?\b")
_PERIODS = ("day", "week", "month", "quarter", "half-year", "year")
_SHARE = re.compile(r"(\d+)%\Z")
_BRACKET = re.compile(r"(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)\Z")


def of_number(value: float, *, least: float | None = None) -> Iterator[float]:
    """One more and one less, but not below `least`."""
    yield value + 1
    if least is None or value - 1 >= least:
        yield value - 1


def in_condition(text: str) -> Iterator[str]:
    """The condition with each number that something is compared with changed."""
    for found in _IN_CONDITION.finditer(text):
        yield from _spliced(text, found.start(1), found.end(1), least=None)


def in_span(text: str) -> Iterator[str]:
    """`15 workdays` as 16 and 14 workdays; never none."""
    for found in _IN_SPAN.finditer(text):
        for number in of_number(int(found[1]), least=1):
            span = f"{number} {found[2]}" if number == 1 else f"{number} {found[2]}s"
            yield text[: found.start()] + span + text[found.end() :]


def of_share(text: str) -> Iterator[str]:
    """`10%` as 11% and 9%, within nought and a hundred."""
    found = _SHARE.match(text)
    if found:
        yield from (f"{each:g}%" for each in of_number(int(found[1]), least=0) if each <= 100)


def of_mark(value: Any, *, least: float) -> Iterator[Any]:
    """A mark that something is held against: a number or a share."""
    if isinstance(value, str):
        yield from of_share(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from of_number(value, least=least)


def of_period(text: str) -> Iterator[str]:
    """`month` as the periods next to it."""
    if text in _PERIODS:
        index = _PERIODS.index(text)
        yield from (_PERIODS[each] for each in (index - 1, index + 1) if 0 <= each < len(_PERIODS))


def of_amount(value: Any) -> Iterator[Any]:
    """What is proposed: a number, or the bounds of a bracket."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield from of_number(value)
    elif isinstance(value, str) and (found := _BRACKET.match(value)):
        for group in (1, 2):
            yield from _spliced(value, found.start(group), found.end(group), least=None)


def of_setting(setting: Mapping[str, Any]) -> Iterator[Any]:
    """Other answers than the default of a setting."""
    default, kind = setting["default"], setting.get("type")
    match kind:
        case "yes-no":
            yield not default
        case "choice":
            yield from (name for name in setting.get("choices") or () if name != default)
        case "limit" if isinstance(default, str):
            yield from in_span(default)
        case "share" if isinstance(default, str):
            yield from of_share(default)
        case "number" | "money" if isinstance(default, int | float):
            yield from of_number(default)


def _spliced(text: str, start: int, end: int, *, least: float | None) -> Iterator[str]:
    number = float(text[start:end]) if "." in text[start:end] else int(text[start:end])
    yield from (f"{text[:start]}{each:g}{text[end:]}" for each in of_number(number, least=least))
