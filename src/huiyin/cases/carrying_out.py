"""What was proposed and approved takes effect."""

from .acts import carry_out_approved
from .assignment import Target, assign
from .draft import Draft
from .events import Reason
from .extending import extend_now
from .hearing import decide_objection
from .own_acts import finish_act
from .state import PendingApproval, run_key
from .steps import finish_step
from .tables import assess
from .work import Signatures, proposed_command


def forms_of(draft: Draft, pending: PendingApproval) -> tuple[str, ...]:
    """The forms that the work produces which waits for this approval."""
    if pending.kind == "extension":
        return draft.regime.acts["extend"].produces
    if pending.kind != "work":
        return ()
    work = pending.subject.partition("#")[0]
    return (draft.regime.flow.get(work) or draft.regime.acts[work]).produces


def carry_out(draft: Draft, pending: PendingApproval, signs: tuple[str, ...], text: str) -> None:
    """What was proposed takes effect; the last voter signs in the places `signs` and says `text`."""
    payload = pending.payload
    if pending.kind == "work":
        _finish_work(draft, pending, signs)
    elif pending.kind == "extension":
        extend_now(draft, pending, _signatures(draft, pending, signs))
    elif pending.kind == "objection":
        decide_objection(draft, pending, text, upheld=True)
    elif pending.kind == "assessment":
        row = next(each for each in draft.regime.assessment if each.id == pending.subject)
        assess(draft, row, into=payload["into"], text=payload["text"], body=payload.get("body", ""), why=Reason(f"assessment.{row.id}"))
    elif pending.kind == "routing":
        target = Target(
            payload["role"], payload["unit"], payload["handler_role"], payload["handler"], tuple(payload["also"])
        )
        assign(draft, payload["row"], target, pending.cite, Reason(f"routing.{payload['row']}"), payload["text"])


def _signatures(draft: Draft, pending: PendingApproval, signs: tuple[str, ...]) -> Signatures:
    """Who has signed the forms by handing in, by approving on the way, and by the last vote."""
    return [
        *((role, pending.asked_by) for role in pending.payload.get("signs", ())),
        *((role, person) for role, person in pending.payload.get("signed", ())),
        *(signed for stage in pending.stages for signed in stage.signed),
        *((role, draft.actor.person) for role in signs),
    ]


def _finish_work(draft: Draft, pending: PendingApproval, signs: tuple[str, ...]) -> None:
    payload = pending.payload
    work, _, member = pending.subject.partition("#")
    by, outcome, fields = pending.asked_by, payload["outcome"], payload["fields"]
    signatures = _signatures(draft, pending, signs)
    step = draft.regime.flow.get(work)
    if step is not None:
        command = proposed_command(work, member, payload)
        finish_step(draft, step, run_key(work, member), outcome, fields, command, by=by, signatures=signatures)
        return
    act = draft.regime.acts[work]
    if act.core:
        carry_out_approved(draft, act, pending, signatures)
    else:
        command = proposed_command(work, member, payload)
        finish_act(draft, act, outcome, fields, command, by=by, signatures=signatures)
