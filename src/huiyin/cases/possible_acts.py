"""The acts and questionnaires that can be done now."""

from collections.abc import Callable, Mapping

from huiyin.regime.model import (
    Act,
    RoleGroup,
)

from .commands import COMMANDS, RECORD_ACTS
from .draft import Draft
from .evidence import pieces_for
from .flow import members_of
from .order import Order
from .own_acts import ALWAYS_THE_COMPLAINANTS, open_until, refuse_act, welcome_besides
from .possible import Possible, approvers, open_outcomes, sure_approval, to_choose_from
from .questionnaires import asked_now
from .recalled import recallable
from .refusals import Refused
from .reporting import ABOUT_ORDERS, asked_of, orders_at_hand
from .samples.asking import Asked, asked
from .sources import is_source
from .standing import may
from .standing_still import lapsed_completion
from .state import Case
from .taking_up import APPEALED, is_under_way
from .transferring import bodies_to_send_to, makes_sense_now
from .work import papers_to_read

NOT_BUTTONS = frozenset({"extend", "sign"})
"""Acts offered in a place of their own."""


def acts_possible(draft: Draft) -> list[Possible]:
    """Core acts and the regime's own that the actor may do in the state the case is in; those offered elsewhere left out."""
    found = []
    for act in draft.regime.acts.values():
        if act.id in NOT_BUTTONS or not act.allowed or not makes_sense_now(draft, act) or not _makes_sense(draft, act):
            continue
        behalf = _in_whose_name(draft, act)
        sampled = None if behalf is None or (act.outcomes and not open_outcomes(draft, act)) else _of_samples(draft, act)
        if behalf is None or sampled is None:
            continue
        if act.id in ABOUT_ORDERS:
            found += [_about(draft, act, order) for order in orders_at_hand(draft, act)]
            continue
        found += [
            Possible(
                command=_command_of(act),
                work=act.id,
                title=f"代投诉人{act.title}" if behalf else act.title,
                cite=act.cite,
                expected=act.id in ("send-transfer", "confirm-transfer") or (act.id == "complete" and not behalf),
                member=member,
                on_behalf=behalf,
                fields={**sampled.fields, **act.fields},
                required=act.required,
                outcomes=to_choose_from(draft, act),
                questionnaire=draft.regime.questionnaires.get(act.asks or ""),
                present=tuple(dict.fromkeys((*act.together_with, *sampled.present))),
                samples=tuple(sample.key for sample in sampled.samples),
                bodies=bodies_to_send_to(draft) if act.id == "send-transfer" else {},
                approvers=approvers(draft, act.approval),
                sure_approval=sure_approval(draft, act.approval),
                produces=act.produces,
                via=act.via,
                reads=tuple(document.key for document in papers_to_read(draft.case, act)),
                until=open_until(draft, act),
                gives=draft.regime.orders.get(act.orders or ""),
            )
            for member in members_of(draft, act.per)
        ]
    return found


def _of_samples(draft: Draft, act: Act) -> Asked | None:
    """What the act asks of samples; None where there is none to do it with, or not by this person."""
    try:
        return asked(draft, act)
    except Refused:
        return None


def _about(draft: Draft, act: Act, order: Order) -> Possible:
    """An act on one order: to report on it, to accept the report or send it back, to take the order back."""
    asked, kind = asked_of(draft, act, order), draft.regime.orders.get(order.kind)
    verb = {"answer-order": "报告", "accept-report": "认可报告：", "return-report": "退回报告：", "recall-order": "收回",
            "amend-report": "更正报告：", "withdraw-report": "撤回报告："}[act.id]  # fmt: skip
    return Possible(
        command=act.id,
        work=act.id,
        title=f"{verb}{order.name}" if kind else act.title,
        cite=asked.cite,
        member=order.key,
        expected=act.id in ("answer-order", "accept-report") and bool(kind),
        fields=asked.fields,
        required=asked.required,
        outcomes=open_outcomes(draft, asked),
        present=asked.together_with,
        approvers=approvers(draft, asked.approval),
        sure_approval=sure_approval(draft, asked.approval),
        produces=asked.produces,
    )


def _in_whose_name(draft: Draft, act: Act) -> bool | None:
    """True: the actor may do the act for the complainant; False: as somebody whose own it is; None: not at all."""
    staff = draft.actor.kind == "staff"
    besides = welcome_besides(draft.regime, act)
    for behalf in (False, True) if staff and "complainant" in (*act.by, *besides) else (False,):
        try:
            refuse_act(draft, act, on_behalf=behalf, also_by=besides)
        except Refused:
            continue
        return behalf or (staff and act.id in ALWAYS_THE_COMPLAINANTS)
    return None


def ratings_possible(draft: Draft) -> list[Possible]:
    """Questionnaires of the complainant that staff may fill in for a complainant who answers by phone."""
    case, regime = draft.case, draft.regime
    if draft.actor.kind != "staff":
        return []
    waits = [name for name in asked_now(draft) if not _asks_it_oneself(draft, name)]
    later = [name for name in _unasked(draft) if case.answered and not case.answers]
    return [
        Possible(
            "fill",
            name,
            f"代投诉人填写：{regime.questionnaires[name].title}",
            (),
            on_behalf=True,
            questionnaire=regime.questionnaires[name],
        )
        for name in (*waits, *later)
    ]


def _asks_it_oneself(draft: Draft, questionnaire: str) -> bool:
    """Whether the actor may do an open step that asks it, and so needs no other way."""
    steps = (draft.regime.flow[run.step] for run in draft.case.open_runs())
    asking = [step for step in steps if step.asks == questionnaire]
    return any(may(draft.regime, draft.case, draft.actor, step.by, draft.context.directory) for step in asking)


def _unasked(draft: Draft) -> list[str]:
    """Questionnaires no step or act of the regime asks: they are the complainant's to answer after the reply."""
    works = (*draft.regime.flow.values(), *draft.regime.acts.values())
    asked = {work.asks for work in works}
    return [name for name in draft.regime.questionnaires if name not in asked]


def _command_of(act: Act) -> str:
    if act.id in RECORD_ACTS:
        return "record"
    return act.id if act.core and act.id in COMMANDS else "perform"


def _makes_sense(draft: Draft, act: Act) -> bool:
    """Whether the state of the case gives the act something to work on."""
    case = draft.case
    something = _SOMETHING_LEFT.get(act.id)
    if something is not None:
        return something(case)
    match act.id:
        case "complete":
            mine = draft.actor.kind == "staff" or is_source(case, draft.actor)  # the complainant has a page for it
            return case.state == "waiting" and mine
        case "appeal":
            return case.answered and not is_under_way(draft, APPEALED)
        case _ if act.id in ABOUT_ORDERS:
            return bool(orders_at_hand(draft, act))
        case "invite":
            return any(role.group is RoleGroup.OUTSIDE for role in draft.regime.roles.values())
        case "recall":
            return bool(recallable(draft.regime, case))
        case "seal-evidence" | "open-evidence" | "weigh-evidence":
            return bool(pieces_for(draft, act.id))
        case _:
            return True


def _is_open(case: Case) -> bool:
    return case.state == "open"


def _is_handled(case: Case) -> bool:
    return bool(case.handling_role or case.handling_unit)


def _has_guests(case: Case) -> bool:
    return any(item.ended_at is None for item in case.invitations.values())


_SOMETHING_LEFT: Mapping[str, Callable[[Case], bool]] = {
    **dict.fromkeys(("suspend", "terminate", "ask-more"), _is_open),
    **dict.fromkeys(("return", "reassign", "add-unit"), _is_handled),
    "resume": lambda case: case.state == "suspended" or lapsed_completion(case) is not None,
    "reopen": lambda case: case.state == "closed",
    "answer-order": lambda case: any(order.answered_at is None for order in case.orders.values()),
    **dict.fromkeys(("uninvite", "renew-link", "tell-outside"), _has_guests),
    "reissue": lambda case: any(not document.replaced_by for document in case.documents.values()),
}
"""Act → whether the case has something left to do it with."""
