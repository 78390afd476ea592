"""The one way in: a command becomes events, or is refused with the rule that forbids it.

`decide` is a pure function of regime, case, command and context. The table at the foot says
where each command is decided.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huiyin.records import made_quickly
from huiyin.regime.model import Regime

from . import commands as cmd
from .acts import do_act
from .advice import refuse_insisted
from .affairs import call_off, hear, miss, open_affair
from .changing_version import move_to_version
from .confirming import acknowledge, sign
from .context import Context
from .draft import Draft
from .events import Event
from .evidence import accompany
from .extending import extend
from .filing import file_case
from .hearing import object_to, state_view
from .passing_time import pass_time
from .principles import LIMITS_HOLD, ONE_CASE_ONE_FILING
from .questionnaires import asked_now, checked_answers, fill
from .reactions import settle
from .recalculating import recalculate
from .refusals import Refused
from .renewing import renew_code
from .reversing import reverse_booking
from .standing import may, refuse_the_concerned
from .state import Case
from .steps import perform
from .tables import ByHand, decide_by_person, deciders
from .voting import approve, reject
from .wellformed import refuse_ill_formed
from .work import choice_of, refuse_state


@made_quickly
@dataclass(frozen=True, slots=True)
class Decision:
    """What a command brought about: the events to append, and the case after them."""

    events: tuple[Event, ...]
    case: Case


def decide(regime: Regime, case: Case | None, command: cmd.Command, context: Context) -> Decision:
    """Decide a command.

    Args:
        regime: the version the case was filed under.
        case: its present state; None for `File`.
        command: what is wanted.
        context: now, the actor, the calendar, the organisation, earlier cases.

    Raises:
        Refused: the command is not permitted; it says why, citing a rule. Nothing has changed.
    """
    refuse_ill_formed(command)
    if isinstance(command, cmd.File | cmd.OpenAffair) != (case is None):
        raise Refused("not-open-now", cite=ONE_CASE_ONE_FILING)
    draft = Draft(regime, case, context)
    if case is not None and regime.guidance:
        refuse_insisted(draft, command)
    _HANDLERS.get(type(command), do_act)(draft, command)
    settle(draft)
    return Decision(tuple(draft.events), draft.case)


def _decide_table(draft: Draft, command: cmd.DecideTable) -> None:
    """A person decides what the rules could not."""
    refuse_state(draft)
    refuse_the_concerned(draft.case, draft.actor)
    if command.table not in draft.case.undecided or command.table not in ("assessment", "routing"):
        raise Refused("not-open-now", "没有等待人工判断的事项。")
    roles = deciders(draft.regime, draft.case, command.table)
    if not may(draft.regime, draft.case, draft.actor, roles, draft.context.directory):
        who = "、".join(draft.regime.role_title(role) for role in roles)
        raise Refused("not-yours", f"由{who}判断。")
    if any(item.kind == command.table for item in draft.case.approvals.values()):
        raise Refused("not-approved", "已提出意见，等待审批。")
    decide_by_person(draft, command.table, ByHand(command.row, command.into, command.text, command.body, choice_of(command)))


def _fill(draft: Draft, command: cmd.Fill) -> None:
    """Answer a questionnaire, the complainant or, for what was said on the phone, staff who ask.

    Raises:
        Refused: there is none, it is not asked now, it is not this person's to answer, nothing was answered.
    """
    case, flow = draft.case, draft.regime.flow
    name = command.questionnaire or next(iter(asked_now(draft)), "") or _only(draft)
    if name not in draft.regime.questionnaires:
        raise Refused("wrong-value", "没有这份问卷。", fields={"questionnaire": "请选择"})
    if name not in asked_now(draft) and not case.answered:
        raise Refused("not-open-now", "答复之后才能评价。")
    refuse_the_concerned(case, draft.actor)
    steps = [step for step in flow.values() if step.asks == name]
    roles = ("complainant", *(role for step in steps for role in step.by))
    behalf = command.on_behalf and draft.actor.kind == "staff"
    if not behalf and not may(draft.regime, case, draft.actor, roles, draft.context.directory):
        raise Refused("not-yours", "问卷由投诉人填写，或由回访的人代填。")
    cite = next((step.cite for step in steps), ())
    answers, satisfied = checked_answers(draft, name, command.answers, cite=cite)
    if not answers:
        raise Refused("missing-field", "请至少回答一个问题。", cite=cite)
    fill(draft, name, answers, satisfied, cite=cite, on_behalf=behalf)


def _only(draft: Draft) -> str:
    return next(iter(draft.regime.questionnaires), "")


def _pass_time(draft: Draft, _command: cmd.PassTime) -> None:
    pass_time(draft)


def _recalculate(draft: Draft, command: cmd.Recalculate) -> None:
    if draft.actor.kind != "system":
        raise Refused("not-yours", "到期日由系统在放假安排公布后重新计算。", cite=LIMITS_HOLD)
    recalculate(draft, command.reason, command.as_of or draft.context.now)


_HANDLERS: dict[type[cmd.Command], Callable[[Draft, Any], None]] = {
    cmd.File: file_case,
    cmd.OpenAffair: open_affair,
    cmd.Hear: hear,
    cmd.Miss: miss,
    cmd.CallOff: call_off,
    cmd.Perform: perform,
    cmd.DecideTable: _decide_table,
    cmd.Approve: approve,
    cmd.Reject: reject,
    cmd.Fill: _fill,
    cmd.Acknowledge: acknowledge,
    cmd.StateView: state_view,
    cmd.ObjectTo: object_to,
    cmd.PassTime: _pass_time,
    cmd.Recalculate: _recalculate,
    cmd.MoveToVersion: move_to_version,
    cmd.ReverseBooking: reverse_booking,
    cmd.RenewCode: renew_code,
    cmd.Extend: extend,
    cmd.Sign: sign,
    cmd.Accompany: accompany,
}
"""What each command does; those that are missing here are core acts, which `acts.HANDLERS` lists."""
