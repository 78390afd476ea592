"""Acts that leave a record: notes, contacts, progress told, instructions, remedies; evidence; links."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Act

from . import commands as cmd
from .draft import Draft
from .events import ActDone, EvidenceAdded, EvidenceSealed, Linked
from .own_acts import refuse_act_in_state, refuse_forbidden
from .refusals import Refused
from .state import Evidence
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
        )
    )


def add_evidence(draft: Draft, act: Act, command: cmd.AddEvidence, _fields: Mapping[str, Any]) -> None:
    """Add evidence of the kinds the regime knows, or of none."""
    _add(draft, act, command.evidence, on_behalf=command.on_behalf)


def accompany(draft: Draft, command: cmd.Accompany) -> None:
    """Take what comes along with another command into the file.

    Who may give that command may send something with it: what the regime asks of `add-evidence` (fields, who takes
    part, an approval …) it asks of that act alone.

    Raises:
        Refused: the regime takes no evidence, the case is closed, the actor is concerned, the kind is unknown.
    """
    act = draft.regime.acts["add-evidence"]
    refuse_forbidden(draft, act)
    refuse_act_in_state(draft, act)
    _add(draft, act, command.evidence, on_behalf=command.on_behalf)


def _add(draft: Draft, act: Act, evidence: tuple[Evidence, ...], *, on_behalf: bool) -> None:
    if not evidence:
        raise Refused("missing-field", "请选择要补充的材料。", cite=act.cite, fields={"evidence": "请选择材料"})
    kinds = draft.regime.intake.evidence
    unknown = next((item.kind for item in evidence if item.kind and item.kind not in kinds), "")
    if unknown:
        raise Refused("wrong-value", f"没有“{unknown}”这类材料。", cite=act.cite, fields={"evidence": "请选择材料种类"})
    names = ("add-evidence", "evidence-added")
    draft.add(EvidenceAdded(**draft.stamp, names=names, cite=act.cite, evidence=evidence, on_behalf=on_behalf))


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
