"""Acts that leave a record: notes, contacts, progress told, instructions, remedies; evidence; links."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Act

from . import commands as cmd
from .draft import Draft
from .events import ActDone, EvidenceAdded, EvidenceSealed, Linked
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


def record(draft: Draft, act: Act, command: cmd.Record, fields: Mapping[str, Any]) -> None:
    """note, contact, tell-progress, press, instruct, flag-risk, remedy; words are needed where no field was filled."""
    draft.add(
        ActDone(
            **draft.stamp,
            names=(act.id, cmd.RECORD_ACTS[act.id]),
            cite=act.cite,
            act=act.id,
            text=command.text if fields else reason_of(command.text, act),
            to=command.to,
            fields=fields,
            on_behalf=command.on_behalf,
            present=confirmed(act, command.present),
        )
    )


def add_evidence(draft: Draft, act: Act, command: cmd.AddEvidence, _fields: Mapping[str, Any]) -> None:
    """Add evidence of the kinds the regime knows, or of none."""
    if not command.evidence:
        raise Refused("missing-field", "请选择要补充的材料。", cite=act.cite, fields={"evidence": "请选择材料"})
    kinds = draft.regime.intake.evidence
    unknown = next((item.kind for item in command.evidence if item.kind and item.kind not in kinds), "")
    if unknown:
        raise Refused("wrong-value", f"没有“{unknown}”这类材料。", cite=act.cite, fields={"evidence": "请选择材料种类"})
    names = ("add-evidence", "evidence-added")
    draft.add(EvidenceAdded(**draft.stamp, names=names, cite=act.cite, evidence=command.evidence))


def seal_evidence(draft: Draft, act: Act, command: cmd.SealEvidence, _fields: Mapping[str, Any]) -> None:
    """Seal a piece of evidence that is not sealed yet."""
    if command.evidence not in {item.key for item in draft.case.evidence if not item.sealed}:
        raise Refused("wrong-value", "没有这件可以封存的材料。", cite=act.cite, fields={"evidence": "请选择材料"})
    draft.add(
        EvidenceSealed(
            **draft.stamp,
            names=("seal-evidence", "sealed"),
            cite=act.cite,
            evidence=command.evidence,
            present=command.present,
            text=command.text,
        )
    )


def link(draft: Draft, act: Act, command: cmd.Link, _fields: Mapping[str, Any]) -> None:
    """Link another case."""
    if command.other in ("", draft.case.id):
        raise Refused("wrong-value", "请选择关联哪一件。", cite=act.cite, fields={"other": "请选择另一件案件"})
    draft.add(Linked(**draft.stamp, names=("link",), cite=act.cite, other=command.other, text=command.text))
