"""Whether a command has the shape its class declares: values come from outside, and types alone do not hold there.

Only shapes are looked at here; whether a value makes sense under the regime is for `decide`.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from huiyin.calendars import Span

from .commands import Command
from .refusals import Refused
from .values import LONGEST_TEXT

LONGEST_DAYS = 3_660
"""No extension and no waiting time of one command is longer than this many days: ten years."""

MOST_ITEMS = 500  # of a list or mapping in a command

_Check = Callable[[Any], bool]


def refuse_ill_formed(command: Command) -> None:
    """Raise unless every value of the command is of the declared type and of a sane size.

    Raises:
        Refused: wrong-value, with the names of the values that are not.
    """
    kind: Any = type(command)
    wrong = _wrong_parts(command, _parts_of(kind))
    if wrong:
        problems = dict.fromkeys(wrong, "格式不对，或者太长")
        raise Refused("wrong-value", f"{'、'.join(wrong)}：格式不对，或者太长。", fields=problems)


class _Parts(NamedTuple):
    """What a command or record consists of: names, how to get all values at once, what is left out, what must hold."""

    names: tuple[str, ...]
    values: Callable[[Any], tuple[Any, ...]]
    defaults: tuple[Any, ...]
    checks: tuple[_Check, ...]


@cache
def _parts_of(kind: Any) -> _Parts:
    hints, each = get_type_hints(kind), fields(kind)
    names = tuple(part.name for part in each)
    get = attrgetter(*names)
    values = get if len(names) > 1 else lambda value: (get(value),)
    return _Parts(names, values, tuple(part.default for part in each), tuple(_check(hints[name]) for name in names))


def _wrong_parts(value: Any, parts: _Parts) -> list[str]:
    """The names of what does not fit; what was left at its default does, and most is."""
    wrong = []
    for name, part, default, fits in zip(parts.names, parts.values(value), parts.defaults, parts.checks, strict=True):
        if part is not default and not fits(part):
            wrong.append(name)
    return wrong


def _check(hint: Any) -> _Check:
    """The check of a type as it is written in `commands`."""
    origin = get_origin(hint)
    if hint is Any:
        return _is_plain
    if hint is str:
        return _is_text
    if hint is Span:
        return _is_span
    if hint is datetime:
        return _is_moment
    if origin is tuple:
        return _tuple_of(_check(get_args(hint)[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _is_mapping
    if origin is Union or type(hint).__name__ == "UnionType":
        return _any_of([_check(each) for each in get_args(hint)])
    if is_dataclass(hint) and isinstance(hint, type):
        return _record_of(hint)
    if get_args(hint):  # Literal["person", …]
        return lambda value: value in get_args(hint)
    return lambda value: type(value) is hint


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and (value.isascii() or _encodes(value)) and len(value) <= LONGEST_TEXT


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a character
        return False
    return True


def _is_span(value: Any) -> bool:
    if not isinstance(value, Span) or type(value.amount) is not int:
        return False
    per_day = {"minutes": 1440, "hours": 24, "working hours": 24}.get(value.unit.value)
    days = {"weeks": 7, "months": 31, "years": 366}.get(value.unit.value, 1)
    return value.amount > 0 and (value.amount / per_day if per_day else value.amount * days) <= LONGEST_DAYS


def _is_moment(value: Any) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None and 1900 <= value.year < 2200


def _is_plain(value: Any) -> bool:
    """A JSON value, or a date that will become one."""
    if isinstance(value, str):
        return _is_text(value)
    if isinstance(value, list | tuple):
        return len(value) <= MOST_ITEMS and all(_is_plain(each) for each in value)
    return value is None or isinstance(value, bool | int | float) or hasattr(value, "isoformat")


def _is_mapping(value: Any) -> bool:
    """Field values: what the values are is told field by field, where the field is known."""
    return isinstance(value, dict | Mapping) and len(value) <= MOST_ITEMS and all(map(_is_text, value))


def _tuple_of(item: _Check) -> _Check:
    return lambda value: isinstance(value, tuple) and len(value) <= MOST_ITEMS and all(map(item, value))


def _any_of(checks: list[_Check]) -> _Check:
    return lambda value: any(check(value) for check in checks)


def _record_of(kind: Any) -> _Check:
    parts = _parts_of(kind)
    return lambda value: type(value) is kind and not _wrong_parts(value, parts)
