"""The core acts: what they have in common, whatever they do.

An act is allowed at any time unless the regime narrows or forbids it. The regime may ask of it what it asks of steps:
fields, requirements, who takes part, an approval, forms to produce. The table at the foot says who does each.
"""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.regime.model import Act

from . import commands as cmd
from . import (
    correcting,
    corresponding,
    ending,
    evidence,
    handing_over,
    inviting,
    own_reports,
    recording,
    reporting,
    standing_still,
    supervising,
    transferring,
)
from .approvals import ask_approval
from .asking_besides import asked_besides
from .booking import book
from .codec import command_from_json, command_to_json
from .draft import Draft
from .events import ActDone
from .ordering import give, orders_of
from .own_acts import as_spoken, refuse_act, welcome_besides
from .producing import produce, reissue, signing_roles
from .recalling import recall
from .refusals import Refused
from .state import Case, Evidence, PendingApproval
from .taking_up import appeal, reopen
from .work import Signatures, confirmed

Handler = Callable[[Draft, Act, Any, Mapping[str, Any]], None]
"""Carries out an act that is permitted: draft, act, command, checked fields. Raises Refused for what makes no sense."""


def act_of(command: cmd.CoreAct) -> str:
    """The id of the act a command asks for."""
    return command.kind_of_act if isinstance(command, cmd.Record) else command.act


def do_act(draft: Draft, command: cmd.CoreAct) -> None:
    """Do a core act, or ask for the approval the regime wants for it.

    Raises:
        Refused: there is no such act, it is not allowed now or not to this person, something is missing or wrong …
    """
    act = draft.regime.acts.get(act_of(command))
    if act is None or act.id not in HANDLERS:
        raise Refused("wrong-value", f"没有“{act_of(command)}”这一动作。")
    refuse_act(draft, act, on_behalf=command.on_behalf, also_by=welcome_besides(draft.regime, act))
    act = reporting.as_asked(draft, act, command)
    command = as_spoken(draft, act, command)
    fields, outcome = asked_besides(draft, act, command, act.fields, act.required, cite=act.cite)
    orders_of(draft, act, command.orders, _words_of(command), fields)
    if act.approval and _ask(draft, act, command, fields, outcome):
        return
    _carry_out(draft, act, command, fields, outcome)


def _ask(draft: Draft, act: Act, command: cmd.CoreAct, fields: Mapping[str, Any], outcome: str) -> bool:
    """Put the act before whoever approves it. What could not be carried out is not asked for."""
    HANDLERS[act.id](Draft(draft.regime, draft.case, draft.context), act, command, fields)
    return ask_approval(
        draft,
        "work",
        act.id,
        act.approval or "",
        title=act.title,
        payload={
            "command": command_to_json(command),
            "fields": dict(fields),
            "outcome": outcome,
            "text": getattr(command, "text", ""),
            "signs": signing_roles(draft, act.produces),
        },
        cite=act.cite,
        names=(f"{act.id}.submitted", "submitted"),
    )


def carry_out_approved(draft: Draft, act: Act, pending: PendingApproval, signatures: Signatures) -> None:
    """An act that was approved takes effect as the act of the person who asked for it.

    Raises:
        Refused: it makes no sense any more, because the case has moved on.
    """
    draft.acting_for = pending.asked_by
    try:
        command = command_from_json(pending.payload["command"])
        assert isinstance(command, cmd.CoreAct), pending.key
        payload = pending.payload
        _carry_out(draft, act, command, payload["fields"], payload["outcome"], signatures, approved=True)
    finally:
        draft.acting_for = ""


def evidence_waiting(case: Case) -> tuple[Evidence, ...]:
    """Evidence that is to be added once an approval says yes."""
    found: list[Evidence] = []
    for pending in case.approvals.values():
        if pending.kind == "work" and pending.subject == "add-evidence":
            command = command_from_json(pending.payload["command"])
            assert isinstance(command, cmd.AddEvidence), pending.key
            found += command.evidence
    return tuple(found)


def _carry_out(
    draft: Draft,
    act: Act,
    command: cmd.CoreAct,
    fields: Mapping[str, Any],
    outcome: str,
    signatures: Signatures = (),
    *,
    approved: bool = False,
) -> None:
    names = (*((f"{act.id}:{outcome}",) if outcome else ()), *((f"{act.id}.approved",) if approved else ()))
    if not approved:  # the doer signs as what he was before the act, which may hand the case to somebody else
        signatures = [(role, draft.doer) for role in signing_roles(draft, act.produces)]
    if isinstance(command, cmd.Record):
        recording.record(draft, act, command, fields, names)
    else:
        _record_what_was_asked(draft, act, command, {} if act.id in _KEEP_THEIR_FIELDS else fields, names)
        HANDLERS[act.id](draft, act, command, fields)
    if act.id != "supervise":  # which gives its own
        give(draft, orders_of(draft, act, command.orders, _words_of(command), fields), act.id)
    produce(draft, act.produces, act.id, by=draft.doer, member=command.member, signatures=signatures)
    book(draft, act, fields, by=draft.doer)


def _words_of(command: cmd.CoreAct) -> str:
    return str(getattr(command, "text", ""))


def _record_what_was_asked(
    draft: Draft, act: Act, command: cmd.CoreAct, fields: Mapping[str, Any], names: tuple[str, ...]
) -> None:
    """What the regime asks besides, on record before the act itself: fields, who took part, the outcome, the copy."""
    present = confirmed(act, command.present)
    if names or fields or present or command.member or command.via:
        draft.add(
            ActDone(
                **draft.stamp,
                names=names,
                cite=act.cite,
                act=act.id,
                text="",
                fields=fields,
                present=present,
                on_behalf=command.on_behalf,
                member=command.member,
                via=command.via,
            )
        )


_KEEP_THEIR_FIELDS = frozenset({"suspend", "terminate", "amend-report"})
"""Acts whose own event carries the fields."""

HANDLERS: Mapping[str, Handler] = {
    **dict.fromkeys(cmd.RECORD_ACTS, recording.record),
    "add-evidence": evidence.add_evidence,
    "seal-evidence": evidence.seal_evidence,
    "open-evidence": evidence.open_evidence,
    "weigh-evidence": evidence.weigh_evidence,
    "link": recording.link,
    "ask-more": standing_still.ask_more,
    "complete": standing_still.complete,
    "suspend": standing_still.suspend,
    "resume": standing_still.resume,
    "transfer": handing_over.transfer,
    "send-transfer": transferring.send,
    "confirm-transfer": transferring.confirm,
    "return-transfer": transferring.give_back,
    "return": handing_over.give_back,
    "reassign": handing_over.reassign,
    "add-unit": handing_over.add_unit,
    "recuse": handing_over.recuse,
    "merge": ending.merge,
    "terminate": ending.terminate,
    "withdraw": ending.withdraw,
    "supervise": supervising.supervise,
    "answer-order": reporting.answer_order,
    "accept-report": reporting.accept_report,
    "return-report": reporting.return_report,
    "recall-order": reporting.recall_order,
    "amend-report": own_reports.amend_report,
    "withdraw-report": own_reports.withdraw_report,
    "invite": inviting.invite,
    "uninvite": inviting.uninvite,
    "renew-link": inviting.renew_link,
    "ask-back": corresponding.ask_back,
    "tell-outside": corresponding.tell_outside,
    "regrade": correcting.regrade,
    "correct": correcting.correct,
    "reopen": reopen,
    "appeal": appeal,
    "reissue": reissue,
    "recall": recall,
}
"""Core act → what it does. `extend` and `sign` have permissions of their own and stand apart."""
