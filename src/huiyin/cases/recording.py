"""Acts that leave a record: notes, contacts, progress told, instructions, remedies; links."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Act

from . import commands as cmd
from .draft import Draft
from .events import ActDone, Linked
from .refusals import Refused
from .work import confirmed


def reason_of(text: str, act: Act) -> str:
    """The text, which this act cannot do without.

    Raises:
        Refused: missing-field, when nothing was written.
    """
    if not text.strip():
        raise Refused("missing-field", f"请写明“{act.title}”的理由。", cite=act.cite, fields={"text": "请写明理由"})
    return text.strip()


def record(
    draft: Draft, act: Act, command: cmd.Record, fields: Mapping[str, Any], names: tuple[str, ...] = ()
) -> None:
    """note, contact, tell-progress, press, instruct, flag-risk, remedy; words are needed where no field was filled.

    `names`: what else happens by it, its outcome and its approval.
    """
    draft.add(
        ActDone(
            **draft.stamp,
            names=(act.id, cmd.RECORD_ACTS[act.id], *names),
            cite=act.cite,
            act=act.id,
            text=command.text if fields else reason_of(command.text, act),
            to=command.to,
            fields=fields,
            on_behalf=command.on_behalf,
            present=confirmed(act, command.present),
            member=command.member,
            via=command.via,
        )
    )


def link(draft: Draft, act: Act, command: cmd.Link, _fields: Mapping[str, Any]) -> None:
    """Link another case."""
    if command.other in ("", draft.case.id):
        raise Refused("wrong-value", "请选择关联哪一件。", cite=act.cite, fields={"other": "请选择另一件案件"})
    draft.add(Linked(**draft.stamp, names=("link",), cite=act.cite, other=command.other, text=command.text))
