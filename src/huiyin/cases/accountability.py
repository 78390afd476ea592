"""Sanctions and rewards: proposed by rule, confirmed by a person (design.md section 3, regime-language 2.7)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huiyin.regime.model import AccountabilityRule
from huiyin.regime.model.accountability import field_against

from .approvals import ask_approval
from .calling import call_for
from .commands import Approve
from .draft import Draft
from .due_times import due_time
from .events import LedgerBooked, SanctionConfirmed
from .hearing import hearing_of, is_one_person, refuse_unheard
from .measures_in_force import refuse_barred, stands_until
from .principles import COMPLETE_RECORDS
from .refusals import Refused
from .standing import assignees
from .state import PendingApproval
from .values import PRIVATE, is_empty


def propose(draft: Draft, rule: AccountabilityRule) -> None:
    """Put a rule's measures before whoever confirms them. Where a fact is missing the person who confirms sees to it."""
    for role in rule.against:
        for person in concerned(draft, role):
            if not draft.holds(rule.when, f"accountability.{rule.id}", undecided=True, person=person):
                continue
            if _pending(draft, rule.id, person):
                continue
            hearing = hearing_of(draft, rule, person)
            ask_approval(
                draft,
                "sanction",
                rule.id,
                rule.approval,
                title=rule.title or "、".join(rule.conduct.values()),
                payload={
                    "rule": rule.id,
                    "against_role": role,
                    "against": person,
                    "propose": {name: _plain(amount) for name, amount in rule.propose.items()},
                    "conduct": dict(rule.conduct),
                    **hearing,
                },
                cite=rule.cite,
                asked_by="system",
                names=("sanction-proposed",),
                always=True,
                not_before=datetime.fromisoformat(hearing["heard_until"]) if hearing else None,
                why=draft.reason(f"accountability.{rule.id}", rule.when, person=person),
            )


def _plain(amount: Any) -> Any:
    return list(amount) if isinstance(amount, tuple) else amount


def concerned(draft: Draft, role: str) -> list[str]:
    """Persons or units of the case in this role; an empty id where it is not known yet who it is."""
    case, directory = draft.case, draft.context.directory
    if found_in := field_against(role):
        named = case.facts.get(found_in)
        return ["" if is_empty(named) or named == PRIVATE else str(named)]
    if role == "respondent":
        return [case.respondent.person]
    if role == "first-receiver":
        return [case.first_receiver] if case.first_receiver else []
    if role == "handler":
        return [case.handler or _last_handler(draft)]
    if role == "handling-unit":
        return [case.handling_unit]
    if role == "respondent-unit":
        return [case.respondent.unit]
    if role == "respondent-head":
        return list(directory.heads_of(case.respondent.unit)) or [""]
    found = assignees(draft.regime, case, (role,), directory)
    return [item.person or item.unit for item in found][:1] or [""]


def _last_handler(draft: Draft) -> str:
    """Who did the handler's work last, where nobody in particular was named to do it."""
    flow = draft.regime.flow
    done = [run for run in draft.case.steps.values() if run.done_by and run.step in flow]
    runs = [run for run in done if "handler" in flow[run.step].by]
    return max(runs, key=lambda run: run.done_at or run.opened_at).done_by if runs else ""


def _pending(draft: Draft, rule: str, person: str) -> bool:
    return any(
        item.kind == "sanction" and item.subject == rule and item.payload["against"] == person
        for item in draft.case.approvals.values()
    )


def confirm(draft: Draft, pending: PendingApproval, command: Approve) -> None:
    """Impose what was proposed, with amounts inside their brackets, and book it.

    Raises:
        Refused: the person has not been heard, a measure in force bars it, an amount is missing or outside its bracket, a
            measure was not proposed, no conduct is ticked, it is unknown who is meant, or it is somebody else than was
            proposed, or the confirmer.
    """
    payload = pending.payload
    refuse_unheard(draft, pending)
    rule = draft.regime.accountability.rules[pending.subject]
    against = command.person or payload["against"]
    problems: dict[str, str] = {}
    if not against:
        problems["person"] = "请写明对谁作出"
    elif payload["against"] and against != payload["against"] and is_one_person(payload["against_role"]):
        problems["person"] = "建议是针对另一人的，不能改换；不同意的请退回"
    elif against == draft.actor.person:
        raise Refused("conflict-of-interest", "不能对本人作出处理决定。", cite=pending.cite)
    for name in command.measures:
        if name not in payload["propose"]:
            problems[name] = "没有建议这项措施"
    if payload["conduct"] and not command.conduct:
        problems["conduct"] = "请勾选查实的情形：" + "、".join(payload["conduct"].values())
    unknown = [name for name in command.conduct if name not in payload["conduct"]]
    if unknown:
        problems["conduct"] = "没有这一情形"
    refuse_barred(draft, pending, against)
    measures = {
        name: _amount(draft, name, offer, command.measures, problems) for name, offer in payload["propose"].items()
    }
    if problems:
        raise Refused("missing-field", "；".join(problems.values()) + "。", cite=pending.cite, fields=problems)
    _impose(draft, pending, rule, against, measures, command)


def _impose(
    draft: Draft,
    pending: PendingApproval,
    rule: AccountabilityRule,
    against: str,
    measures: Mapping[str, Any],
    command: Approve,
) -> None:
    """Record the decision, and book what a ledger keeps."""
    declared = draft.regime.accountability.measures
    reward = all(declared[name].reward for name in measures)
    draft.add(
        SanctionConfirmed(
            **draft.stamp,
            names=("reward-confirmed" if reward else "sanction-confirmed",),
            cite=rule.cite or (COMPLETE_RECORDS.id,),
            why=draft.reason(f"accountability.{rule.id}"),
            rule=rule.id,
            against_role=pending.payload["against_role"],
            against=against,
            measures=measures,
            conduct=command.conduct,
            text=command.text,
            objection_until=_objection_until(draft, rule, reward=reward),
            stands_until=stands_until(draft, measures),
        )
    )
    number = draft.case.version
    for name, amount in measures.items():
        ledger = declared[name].ledger
        if ledger and not isinstance(amount, bool):
            draft.add(
                LedgerBooked(
                    **draft.stamp,
                    cite=rule.cite,
                    ledger=ledger,
                    account=against,
                    amount=float(amount),
                    measure=name,
                    rule=rule.id,
                )
            )
    for name in measures:
        call_for(draft, declared[name], number, against)


def _objection_until(draft: Draft, rule: AccountabilityRule, *, reward: bool) -> datetime | None:
    """The last moment to object; nobody objects to a reward."""
    if rule.objection is None or reward:
        return None
    due = due_time(rule.objection.within, draft.context.now, draft.scope(), draft)
    return due.at if due else None


def _amount(draft: Draft, name: str, offer: Any, given: Mapping[str, Any], problems: dict[str, str]) -> Any:
    title = draft.regime.accountability.measures[name].title
    if offer is True:
        return True
    low, high = (offer[0], offer[1]) if isinstance(offer, list) else (offer, offer)
    if isinstance(offer, list) and name not in given:
        problems[name] = f"请确定“{title}”，{low:g}至{high:g}"
        return None
    try:
        amount = float(given.get(name, low))
    except (TypeError, ValueError):
        problems[name] = f"“{title}”请填写数字"
        return None
    if not low <= amount <= high:
        problems[name] = f"“{title}”应在{low:g}至{high:g}之间"
    return amount
