"""The one way in: a command becomes events, or is refused with the rule that forbids it.

`decide` is a pure function of regime, case, command and context. The table at the foot is the index of what can be asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huiyin.regime.model import Regime

from . import acts
from . import commands as cmd
from .clock import recalculate
from .context import Context
from .draft import Draft
from .events import AnswersFilled, Event
from .filing import file_case
from .passing_time import pass_time
from .principles import IN_ORDER, ONE_CASE_ONE_FILING, WHO_MAY
from .questionnaires import checked_answers
from .reactions import settle
from .refusals import Refused
from .standing import may, refuse_the_concerned
from .state import Case
from .tables import ByHand, decide_by_person
from .voting import approve, reject
from .work import choice_of, perform, refuse_state


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
    if isinstance(command, cmd.File) != (case is None):
        raise Refused("not-open-now", cite=ONE_CASE_ONE_FILING)
    draft = Draft(regime, case, context)
    _HANDLERS[type(command)](draft, command)
    settle(draft)
    return Decision(tuple(draft.events), draft.case)


def _decide_table(draft: Draft, command: cmd.DecideTable) -> None:
    """A person decides what the rules could not."""
    refuse_state(draft)
    refuse_the_concerned(draft.case, draft.actor)
    if command.table not in draft.case.undecided or command.table not in ("assessment", "routing"):
        raise Refused("not-open-now", "没有等待人工判断的事项。", cite=IN_ORDER)
    deciders = [role for step in draft.regime.flow.values() if command.table in step.decides for role in step.by] or [
        "first-receiver",
        "handler",
    ]
    if not may(draft.regime, draft.case, draft.actor, deciders, draft.context.directory):
        who = "、".join(draft.regime.role_title(role) for role in deciders)
        raise Refused("not-yours", f"由{who}判断。", cite=WHO_MAY)
    decide_by_person(draft, command.table, ByHand(command.row, command.into, command.text, choice_of(command)))


def _fill(draft: Draft, command: cmd.Fill) -> None:
    """Answer a questionnaire: the one that an open step asks, or after the reply."""
    case = draft.case
    asked = [draft.regime.flow[run.step].asks for run in case.open_runs() if draft.regime.flow[run.step].asks]
    name = command.questionnaire or (asked[0] if asked else "") or _only(draft)
    if name not in draft.regime.questionnaires:
        raise Refused("wrong-value", "没有这份问卷。", cite=IN_ORDER)
    if name not in asked and not case.answered:
        raise Refused("not-open-now", "答复之后才能评价。", cite=IN_ORDER)
    refuse_the_concerned(case, draft.actor)
    answers, satisfied = checked_answers(draft, name, command.answers, cite=())
    if not answers:
        raise Refused("missing-field", "请至少回答一个问题。", cite=IN_ORDER)
    draft.add(AnswersFilled(**draft.stamp, questionnaire=name, answers=answers, satisfied=satisfied))


def _only(draft: Draft) -> str:
    return next(iter(draft.regime.questionnaires), "")


def _pass_time(draft: Draft, _command: cmd.PassTime) -> None:
    pass_time(draft)


def _recalculate(draft: Draft, command: cmd.Recalculate) -> None:
    recalculate(draft, command.reason)


_HANDLERS: dict[type[cmd.Command], Callable[[Draft, Any], None]] = {
    cmd.File: file_case,
    cmd.Perform: perform,
    cmd.DecideTable: _decide_table,
    cmd.Approve: approve,
    cmd.Reject: reject,
    cmd.Fill: _fill,
    cmd.Acknowledge: acts.acknowledge,
    cmd.PassTime: _pass_time,
    cmd.Recalculate: _recalculate,
    cmd.Record: acts.record,
    cmd.AddEvidence: acts.add_evidence,
    cmd.SealEvidence: acts.seal_evidence,
    cmd.AskMore: acts.ask_more,
    cmd.Complete: acts.complete,
    cmd.Transfer: acts.transfer,
    cmd.Return: acts.give_back,
    cmd.Reassign: acts.reassign,
    cmd.AddUnit: acts.add_unit,
    cmd.Extend: acts.extend,
    cmd.Suspend: acts.suspend,
    cmd.Resume: acts.resume,
    cmd.Terminate: acts.terminate,
    cmd.Withdraw: acts.withdraw,
    cmd.Merge: acts.merge,
    cmd.Link: acts.link,
    cmd.Supervise: acts.supervise,
    cmd.AnswerOrder: acts.answer_order,
    cmd.Regrade: acts.regrade,
    cmd.Correct: acts.correct,
    cmd.Recuse: acts.recuse,
    cmd.Sign: acts.sign,
    cmd.Reopen: acts.reopen,
    cmd.Appeal: acts.appeal,
}
