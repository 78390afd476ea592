"""Events and commands to JSON and back, losslessly.

The stored form of an event kind never changes meaning once released.
"""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from .commands import COMMANDS, Command
from .events import EVENT_KINDS, Event
from .normal_json import normal_json


@cache
def _adapter(kind: str) -> TypeAdapter[Event]:
    return TypeAdapter(EVENT_KINDS[kind])


def event_to_text(event: Event) -> str:
    """The body of an event as JSON text in the normal form; the kind is stored beside it (`type(event).__name__`)."""
    # `TypeAdapter.dump_python` asks the same serializer in the end; the way through it costs as much as the work
    serializer = _adapter(type(event).__name__).serializer
    return normal_json(serializer.to_python(event, mode="json", exclude_defaults=True))


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
