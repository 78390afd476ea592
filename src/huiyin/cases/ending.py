"""Acts that end a case before its steps do: termination, withdrawal, merging.

What is open ends with it. A step that the regime has for what comes then still opens; without one the case closes.
"""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Act

from . import commands as cmd
from .closing import cancel_open
from .draft import Draft
from .events import Assessed, Terminated, Withdrawn
from .recording import reason_of
from .refusals import Refused


def terminate(draft: Draft, act: Act, command: cmd.Terminate, fields: Mapping[str, Any]) -> None:
    """End the case; the complainant is told why."""
    text = command.text if fields else reason_of(command.text, act)
    draft.add(Terminated(**draft.stamp, names=("terminate", "terminated"), cite=act.cite, text=text, fields=fields))
    cancel_open(draft, "terminated")


def withdraw(draft: Draft, act: Act, command: cmd.Withdraw, _fields: Mapping[str, Any]) -> None:
    """The complainant takes the complaint back."""
    draft.add(Withdrawn(**draft.stamp, names=("withdraw", "withdrawn"), cite=act.cite, text=command.text,
                        on_behalf=command.on_behalf))
    cancel_open(draft, "withdrawn")


def merge(draft: Draft, act: Act, command: cmd.Merge, _fields: Mapping[str, Any]) -> None:
    """Join this case to another that is handled already."""
    if not command.into or command.into == draft.case.id:
        raise Refused("wrong-value", "请选择并入哪一件。", cite=act.cite, fields={"into": "请选择另一件案件"})
    draft.add(
        Assessed(
            **draft.stamp,
            names=("merge", "merged"),
            cite=act.cite,
            row="",
            outcome="merge",
            into=command.into,
            text=command.text,
        )
    )
    cancel_open(draft, "merged")
