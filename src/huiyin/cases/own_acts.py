"""Acts: who may do one now, and doing the regime's own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from huiyin.records import replace
from huiyin.regime.model import Act, Regime

from .approvals import ask_approval
from .booking import book
from .commands import Command, Perform
from .draft import Draft
from .events import WorkDone
from .flow import members_of
from .inviting import invitable
from .ordering import give, orders_of
from .principles import IN_ORDER
from .producing import produce
from .questionnaires import answers_given, fill
from .refusals import Refused
from .samples.entering import read_entry, record_entry
from .standing import may, refuse_the_concerned
from .work import Signatures, checked_work, outcome_of, proposed, refuse_state, refuse_unmet, refuse_unread

STILL_ALLOWED_WHEN_CLOSED = frozenset(
    {"note", "contact", "link", "reopen", "appeal", "sign", "answer-order", "accept-report", "return-report",
     "recall-order", "remedy", "uninvite", "open-evidence", "ask-back", "tell-outside", "renew-link", "recall"}
)  # fmt: skip


STILL_ALLOWED_WHEN_WAITING = frozenset(
    {"note", "contact", "add-evidence", "seal-evidence", "open-evidence", "weigh-evidence", "complete", "resume",
     "terminate", "withdraw", "link", "press", "instruct", "flag-risk", "correct", "recuse", "tell-progress", "sign",
     "supervise", "answer-order", "accept-report", "return-report", "amend-report",
     "withdraw-report", "recall-order", "invite", "uninvite", "renew-link",
     "ask-back", "tell-outside"}
)  # fmt: skip
"""Core acts that a closed case, or one that stands still, still takes."""


ALWAYS_THE_COMPLAINANTS = frozenset({"withdraw", "complete"})
"""Acts that are the complainant's by nature: staff who do them do so for the complainant."""

AnyAct = TypeVar("AnyAct", bound=Command)


def as_spoken(draft: Draft, act: Act, command: AnyAct) -> AnyAct:
    """The command with `on_behalf` as it is: only staff speak for the complainant, and of some acts always."""
    behalf = draft.actor.kind == "staff" and (command.on_behalf or act.id in ALWAYS_THE_COMPLAINANTS)
    return command if behalf == command.on_behalf else replace(command, on_behalf=behalf)


def welcome_besides(regime: Regime, act: Act) -> tuple[str, ...]:
    """Roles that may do an act besides those the regime names.

    Everybody it asks something of may add evidence, and a party outside may ask back; whom evidence comes in sealed for
    may open it; whoever an order charges reports on it, and whoever the regime has accept the report does.
    A body outside confirms or gives back a transfer, and completes what it filed; that it is its own, the act itself sees to.
    """
    match act.id:
        case "open-evidence":
            return tuple(role for kind in regime.intake.evidence.values() for role in kind.sealed_for)
        case "add-evidence":
            return ("complainant", *invitable(regime))
        case "ask-back" | "confirm-transfer" | "return-transfer" | "complete":
            return tuple(invitable(regime))
        case "answer-order" | "amend-report" | "withdraw-report":
            return ("addressee",)
        case "accept-report" | "return-report":
            return tuple(dict.fromkeys(role for kind in regime.orders.values() for role in kind.accepted_by))
        case _:
            return ()


def refuse_act(draft: Draft, act: Act, *, on_behalf: bool = False, also_by: tuple[str, ...] = ()) -> None:
    """Raise unless the actor may do this act now. `also_by`: roles that may besides those the regime names.

    Raises:
        Refused: forbidden by the regime, not this person's, at its most, out of its time, waiting for approval, or not
            in this state of the case.
    """
    refuse_forbidden(draft, act)
    roles = (*act.by, *also_by)
    behalf = on_behalf and "complainant" in roles and draft.actor.kind == "staff"
    if not behalf and not may(draft.regime, draft.case, draft.actor, roles, draft.context.directory):
        who = "、".join(draft.regime.role_title(role) for role in act.by)
        raise Refused("not-yours", f"“{act.title}”由{who}提出。", cite=act.cite, rule=f"acts.{act.id}.by")
    if act.when is not None and not draft.scope().holds(act.when, undecided=True):
        message = f"现在不具备“{act.title}”的条件。"
        raise Refused("unmet-requirement", message, cite=act.cite, rule=f"acts.{act.id}.when")
    _refuse_out_of_time(draft, act)
    refuse_unread(draft, act)
    if any(item.kind == "work" and item.subject == act.id for item in draft.case.approvals.values()):
        message = f"“{act.title}”已提交，等待审批。"
        raise Refused("not-approved", message, cite=act.cite, rule=f"acts.{act.id}.approval")
    refuse_act_in_state(draft, act)


def refuse_forbidden(draft: Draft, act: Act) -> None:
    """Raise where the regime does not have the act at all, or the case is about the actor."""
    if not act.allowed:
        raise Refused("forbidden-here", f"制度不允许“{act.title}”。", cite=act.cite, rule=f"acts.{act.id}.allowed")
    refuse_the_concerned(draft.case, draft.actor)


def _refuse_out_of_time(draft: Draft, act: Act) -> None:
    """Raise when the act was done as often as it may be, or when its time has not begun or is over."""
    done = draft.case.signals.get(act.id)
    if act.at_most is not None and done is not None and done.count >= act.at_most:
        message = f"“{act.title}”只能进行{act.at_most}次。"
        raise Refused("no-more-rounds", message, cite=act.cite, rule=f"acts.{act.id}.at_most")
    if act.open_for is not None and act.open_after is not None:
        until, rule = open_until(draft, act), f"acts.{act.id}.open_for"
        if until is None:
            raise Refused("not-open-now", f"现在还不能“{act.title}”。", cite=act.cite, rule=rule)
        if draft.context.now > until:
            message = f"“{act.title}”的期限（{act.open_for.title_zh}）已过。"
            raise Refused("not-open-now", message, cite=act.cite, rule=rule)


def open_until(draft: Draft, act: Act) -> datetime | None:
    """The last moment of an act that is open for some time after an event; None: it is not, or that has not happened yet."""
    since = draft.case.signals.get(act.open_after or "")
    return draft.context.calendar.due(since.last, act.open_for).at if since is not None and act.open_for is not None else None


def refuse_act_in_state(draft: Draft, act: Act) -> None:
    """Raise where the act does not fit a case that is closed or stands still."""
    state = draft.case.state
    if state == "closed" and act.id not in STILL_ALLOWED_WHEN_CLOSED:
        refuse_state(draft)
    if state in ("suspended", "waiting") and act.id not in STILL_ALLOWED_WHEN_WAITING:
        refuse_state(draft)


def perform_act(draft: Draft, act: Act, command: Perform) -> None:
    """Do an act of the regime's own, or hand it in where it needs approval. Raises Refused like `refuse_act`."""
    if act.core:
        raise Refused("wrong-value", f"“{act.title}”有自己的做法，不能当作环节办理。", cite=act.cite)
    refuse_act(draft, act, on_behalf=command.on_behalf)
    command = as_spoken(draft, act, command)
    refuse_no_member(draft, act, command.member)
    entry, command = read_entry(draft, act, command)
    fields = checked_work(draft, act, command)
    answers, satisfied = answers_given(draft, act, command.answers)
    outcome = outcome_of(draft, act, command.outcome, fields, satisfied)
    refuse_unmet(draft, act, fields, answers)
    orders_of(draft, act, command.orders, command.text, fields)
    if answers:
        fill(draft, act.asks or "", answers, satisfied, cite=act.cite, on_behalf=command.on_behalf)
    if act.approval:
        payload = proposed(draft, act, outcome, fields, command)
        asked = ask_approval(
            draft,
            "work",
            act.id,
            act.approval,
            title=act.title,
            payload=payload,
            cite=act.cite,
            names=(f"{act.id}.submitted", "submitted"),
        )
        if asked:
            return
    complete, kept = record_entry(draft, act, entry, fields, by=draft.actor.person)
    if not complete:
        return
    finish_act(draft, act, outcome, kept, command, by=draft.actor.person)


def refuse_no_member(draft: Draft, act: Act, member: str) -> None:
    """Raise unless the copy of the act that is done is one of its members'; without copies there is none to name."""
    members = members_of(draft, act.per)
    if member not in members:
        message = f"“{act.title}”是分份办理的，请指明是哪一份。" if act.per else f"“{act.title}”没有分份。"
        raise Refused("wrong-value", message, cite=act.cite, fields={"member": "请选择"})


def finish_act(
    draft: Draft,
    act: Act,
    outcome: str,
    fields: Mapping[str, Any],
    command: Perform,
    *,
    by: str,
    signatures: Signatures = (),
) -> None:
    """The act is done and on record; `by` and `signatures` as in `finish_step`."""
    names = [act.id]
    if outcome:
        names.append(f"{act.id}:{outcome}")
    if act.approval:
        names.append(f"{act.id}.approved")
    draft.add(
        WorkDone(
            at=draft.context.now,
            by=by,
            names=tuple(names),
            cite=act.cite or (IN_ORDER.id,),
            work=act.id,
            member=command.member,
            outcome=outcome,
            fields=fields,
            is_step=False,
            complete=True,
            present=command.present,
            text=command.text,
            via=command.via,
            on_behalf=command.on_behalf,
        )
    )
    give(draft, orders_of(draft, act, command.orders, command.text, fields), act.id)
    produce(draft, act.produces, act.id, by=by, member=command.member, signatures=signatures)
    book(draft, act, fields, by=by)
