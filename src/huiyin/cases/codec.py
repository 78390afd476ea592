"""Events and commands to JSON and back, losslessly.

The stored form of an event kind never changes meaning once released.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime, tzinfo
from functools import cache, lru_cache
from itertools import compress
from operator import attrgetter, ne
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

from .commands import COMMANDS, Command
from .events import EVENT_KINDS, Event
from .normal_json import writer


@cache
def _adapter(kind: str) -> TypeAdapter[Event]:
    return TypeAdapter(EVENT_KINDS[kind])


def event_to_text(event: Event) -> str:
    """The body of an event as JSON text in the normal form; the kind is stored beside it (`type(event).__name__`).

    What pydantic would dump without defaults, and reads again, written in one go: events are written far more often than
    anything else.
    """
    return _text(_said(event))


def _said(record: Any) -> dict[str, Any]:
    """The fields of an event, or of a record in it, that say something: those left at their defaults are read as such."""
    names, read, defaults = _parts(type(record))
    values = read(record)
    return dict(compress(zip(names, values, strict=True), map(ne, values, defaults)))


@cache
def _parts(kind: type[Any]) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[Any, ...]]:
    """(names of the fields, what reads them all, their defaults)."""
    names = tuple(each.name for each in fields(kind))
    read = attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)
    return names, read, tuple(_default(each) for each in fields(kind))


def _default(field: "Field[Any]") -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _as_json(value: Any) -> Any:
    """What stands in JSON for a value inside an event that JSON does not know."""
    if isinstance(value, datetime):
        return _moment(value, value.tzinfo, value.fold)
    return _said(value) if is_dataclass(value) else to_jsonable_python(value)


@lru_cache(maxsize=1024)
def _moment(at: datetime, _zone: tzinfo | None, _fold: int) -> str:
    """Written once for all events of a decision. Zone and fold, since one instant is written in each zone in its own way."""
    text: str = to_jsonable_python(at)
    return text


_text = writer(_as_json)


def event_from_text(kind: str, body: str) -> Event:
    """The event again.

    Raises:
        KeyError: the kind is unknown.
        pydantic.ValidationError: the body does not fit the kind.
    """
    return _adapter(kind).validate_json(body)


@cache
def _command_adapter(name: str) -> TypeAdapter[Command]:
    return TypeAdapter(COMMANDS[name])


def command_to_json(command: Command) -> dict[str, Any]:
    """A command that waits for an approval, as JSON values with its name among `COMMANDS`."""
    name = next(each for each, kind in COMMANDS.items() if kind is type(command))
    body: dict[str, Any] = _command_adapter(name).dump_python(command, mode="json", exclude_defaults=True)
    return {"kind": name, "body": body}


def command_from_json(stored: dict[str, Any]) -> Command:
    """The command again.

    Raises:
        KeyError: the kind is unknown.
        pydantic.ValidationError: the body does not fit the kind.
    """
    return _command_adapter(stored["kind"]).validate_python(stored["body"])
