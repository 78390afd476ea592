"""The person concerned is heard before a sanction is confirmed, and may object to it afterwards.

Where a rule says `heard`, nobody confirms before the person has stated their view or the time for it is over. Where it
says `objection`, the person may object within that time; somebody else than who confirmed decides, and an objection that
is upheld takes the sanction back, with counter-entries for what was booked. The person sees the proposal or the decision
about them, never the case (ISO 10002:2018, 4.6 objectivity; GB/T 19012-2019, 附录 for the fair treatment of staff).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.regime.model import AccountabilityRule, Regime
from huiyin.regime.model.accountability import field_against

from .approvals import ask_approval, lapse_from
from .commands import Command, ObjectTo, StateView
from .documents.wording import moment_words
from .draft import Draft
from .due_times import due_time
from .events import ConcernedNamed, SanctionObjected, SanctionUpheld, SanctionWithdrawn, ViewStated
from .people import Actor, Directory
from .principles import COMPLETE_RECORDS, HEARD_FIRST
from .refusals import Refused
from .reversing import take_back
from .state import Booking, Case, Imposed, PendingApproval

_ONE_PERSON = frozenset({"respondent", "handler", "first-receiver"})


def is_one_person(role: str) -> bool:
    """Whether it is one known person in a case; for units, heads and posts the confirmer may name who it was."""
    return role in _ONE_PERSON or bool(field_against(role))


@dataclass(frozen=True, slots=True)
class Concern:
    """A proposal against somebody, or a decision, as the person concerned sees it.

    `key` names it in commands; `measures` are amounts or brackets as proposed or decided, `stands_until` says of those that
    are in force for a time until when. `until`: the last moment to
    state a view (`stage` proposed) or to object (`stage` decided); None where there is no such right.
    """

    key: str
    stage: str
    rule: str
    title: str
    cite: tuple[str, ...]
    measures: dict[str, Any]
    at: datetime
    until: datetime | None = None
    said: str = ""
    settled: str = ""
    stands_until: Mapping[str, str] = field(default_factory=dict)


def is_meant(against: str, actor: Actor, directory: Directory) -> bool:
    """Whether a measure against this person or unit concerns the actor: the person, who heads the unit, or a party outside."""
    if not against:
        return False
    speaks_for_party = actor.kind == "outside" and actor.in_unit(against)
    return actor.person == against or speaks_for_party or actor.person in directory.heads_of(against)


def concerns(regime: Regime, case: Case, actor: Actor, directory: Directory) -> tuple[Concern, ...]:
    """Everything in a case that is proposed or decided against the actor."""
    return (*_proposed(regime, case, actor, directory), *_decided(regime, case, actor, directory))


def _proposed(regime: Regime, case: Case, actor: Actor, directory: Directory) -> Iterator[Concern]:
    for pending in _proposals(case, actor, directory):
        yield Concern(
            key=pending.key,
            stage="proposed",
            rule=pending.subject,
            title=pending.title,
            cite=pending.cite,
            measures=dict(pending.payload["propose"]),
            at=pending.asked_at,
            until=heard_until(pending),
            said=str(pending.payload.get("stated", "")),
        )


def _decided(regime: Regime, case: Case, actor: Actor, directory: Directory) -> Iterator[Concern]:
    for imposed in _impositions(case, actor, directory):
        rule = regime.accountability.rules.get(imposed.rule)
        yield Concern(
            key=str(imposed.number),
            stage="decided",
            rule=imposed.rule,
            title=rule.title if rule else imposed.rule,
            cite=rule.cite if rule else (),
            measures=dict(imposed.measures),
            at=imposed.at,
            until=imposed.objection_until if not imposed.settled and not imposed.objected_at else None,
            said=imposed.objection,
            settled=imposed.settled or ("objected" if imposed.objected_at else ""),
            stands_until=imposed.stands_until if imposed.settled != "withdrawn" else {},
        )


def speaks_for_oneself(case: Case, actor: Actor, directory: Directory, command: Command) -> bool:
    """Whether this command is what somebody may say who must not see the case: about a measure against oneself."""
    if isinstance(command, StateView):
        return any(command.key in ("", each.key) for each in _proposals(case, actor, directory))
    if isinstance(command, ObjectTo):
        return any(command.sanction in (0, each.number) for each in _impositions(case, actor, directory))
    return False


def _proposals(case: Case, actor: Actor, directory: Directory) -> list[PendingApproval]:
    """Measures proposed against the actor."""
    waiting = [each for each in case.approvals.values() if each.kind == "sanction"]
    return [each for each in waiting if is_meant(each.payload["against"], actor, directory)]


def _impositions(case: Case, actor: Actor, directory: Directory) -> list[Imposed]:
    """Measures decided against the actor."""
    return [each for each in case.sanctions.values() if is_meant(each.against, actor, directory)]


def hearing_of(draft: Draft, rule: AccountabilityRule, against: str) -> dict[str, Any]:
    """What a proposal has to remember of the hearing; nothing where nobody need be heard or it is unknown who."""
    if rule.heard is None or not against:
        return {}
    due = due_time(rule.heard, draft.context.now, draft.scope(), draft)
    return {"heard_until": due.at.isoformat()} if due else {}


def name_concerned(draft: Draft, pending: PendingApproval, named: str) -> bool:
    """Hear whom the confirmer names, before anything is confirmed; False where there is nobody new to hear.

    A case does not always tell whom a proposal is about (which head, which of a unit); nobody is punished unheard for that.
    """
    known, rule = pending.payload["against"], draft.regime.accountability.rules[pending.subject]
    if not named or named in (known, draft.actor.person) or (known and is_one_person(pending.payload["against_role"])):
        return False
    until = hearing_of(draft, rule, named)
    if until:
        moment = datetime.fromisoformat(until["heard_until"])
        cite = pending.cite or (HEARD_FIRST.id,)
        lapses_at = lapse_from(draft, pending, pending.stage, moment)
        draft.add(
            ConcernedNamed(
                **draft.stamp, cite=cite, key=pending.key, against=named, heard_until=moment, lapses_at=lapses_at
            )
        )
    return bool(until)


def refuse_unheard(draft: Draft, pending: PendingApproval) -> None:
    """Raise while the person concerned may still state a view and has not."""
    until = heard_until(pending)
    if until is None or pending.payload.get("stated") or draft.context.now > until:
        return
    moment = moment_words(until, draft.context.calendar.zone)
    message = f"当事人还没有陈述意见；{moment}以后仍未陈述的，可以决定。"
    raise Refused("unmet-requirement", message, cite=pending.cite or (HEARD_FIRST.id,))


def heard_until(pending: PendingApproval) -> datetime | None:
    """Until when the person concerned may state a view before anybody confirms; None where nobody need be heard."""
    written = pending.payload.get("heard_until")
    return datetime.fromisoformat(written) if written else None


def state_view(draft: Draft, command: StateView) -> None:
    """The person concerned says what is to be said about a proposal; said again, the latest counts.

    Raises:
        Refused: nothing is proposed against this person any more, several things are, or nothing was said.
    """
    proposals = _proposals(draft.case, draft.actor, draft.context.directory)
    mine = [each for each in proposals if command.key in ("", each.key) and command.rule in ("", each.subject)]
    if not mine:
        raise Refused("not-yours", "没有针对您的处理建议，或者已经决定、撤销。")
    if len(mine) > 1:
        raise Refused("wrong-value", "有几项处理建议，请指明对哪一项陈述。", fields={"key": "请选择"})
    pending = mine[0]
    if not command.text.strip():
        raise Refused("missing-field", "请写下您的陈述。", cite=pending.cite, fields={"text": "请写下您的陈述"})
    draft.add(
        ViewStated(
            **draft.stamp,
            names=("view-stated",),
            cite=pending.cite,
            key=pending.key,
            text=command.text.strip(),
            lapses_at=lapse_from(draft, pending, pending.stage, draft.context.now) if _first_words(draft, pending) else None,
        )
    )


def _first_words(draft: Draft, pending: PendingApproval) -> bool:
    """Whether the time to decide begins only now: the person speaks for the first time, before the time to speak is over."""
    until = heard_until(pending)
    return until is not None and not pending.payload.get("stated") and draft.context.now <= until


def object_to(draft: Draft, command: ObjectTo) -> None:
    """The person concerned objects to a sanction; who decides on objections is asked.

    Raises:
        Refused: there is no such sanction, it concerns somebody else, the regime knows no objection, the time is over,
            it was objected to or settled before, or no reason is given.
    """
    imposed = _meant(draft, command)
    rule = draft.regime.accountability.rules[imposed.rule]
    objection = rule.objection
    cite = (objection.cite if objection else ()) or rule.cite
    if objection is None:
        raise Refused("forbidden-here", "制度没有规定对这项处理可以提出异议。", cite=cite)
    if imposed.objected_at or imposed.settled:
        raise Refused("no-more-rounds", "这项处理已经提过异议。", cite=cite)
    if imposed.objection_until is not None and draft.context.now > imposed.objection_until:
        raise Refused("not-open-now", "提出异议的期限已过。", cite=cite)
    if not command.text.strip():
        raise Refused("missing-field", "请写明异议的理由。", cite=cite, fields={"text": "请写明理由"})
    draft.add(
        SanctionObjected(
            **draft.stamp, names=("objected",), cite=cite, sanction=imposed.number, text=command.text.strip()
        )
    )
    ask_approval(
        draft,
        "objection",
        rule.id,
        objection.approval,
        title=f"异议：{rule.title}",
        payload={
            "sanction": imposed.number,
            "against": imposed.against,
            "confirmed_by": imposed.by,
            "text": command.text.strip(),
        },
        cite=cite,
        always=True,
    )


def _meant(draft: Draft, command: ObjectTo) -> Imposed:
    imposed = _impositions(draft.case, draft.actor, draft.context.directory)
    mine = [each for each in imposed if command.rule in ("", each.rule)]
    if command.sanction:
        mine = [each for each in mine if each.number == command.sanction]
    elif len(mine) > 1:
        mine = [each for each in mine if not each.objected_at and not each.settled]
    if not mine:
        raise Refused("not-yours", "没有针对您的这项处理。")
    if len(mine) > 1:
        raise Refused("wrong-value", "有几项处理，请指明对哪一项有异议。", fields={"sanction": "请选择"})
    return mine[0]


def decide_objection(draft: Draft, pending: PendingApproval, text: str, *, upheld: bool) -> None:
    """The objection was decided: `upheld` takes the sanction back, with everything it booked; else it stands."""
    imposed = draft.case.sanctions[int(pending.payload["sanction"])]
    rule = draft.regime.accountability.rules[imposed.rule]
    if not upheld:
        draft.add(
            SanctionUpheld(
                **draft.stamp, names=("sanction-upheld",), cite=pending.cite, sanction=imposed.number, text=text
            )
        )
        return
    draft.add(
        SanctionWithdrawn(
            **draft.stamp,
            names=("sanction-withdrawn",),
            cite=pending.cite,
            sanction=imposed.number,
            rule=imposed.rule,
            against=imposed.against,
            imposed_at=imposed.at,
            text=text,
        )
    )
    reason = text.strip() or "异议成立，撤销处理"
    for booking in _booked_by(draft.case, imposed):
        take_back(draft, booking, rule.cite or (COMPLETE_RECORDS.id,), reason)


def _booked_by(case: Case, imposed: Imposed) -> list[Booking]:
    """The entries that a sanction made and nobody has taken back: they follow it directly."""
    last = imposed.number + len(imposed.measures)
    return [
        each
        for number, each in case.bookings.items()
        if imposed.number < number <= last and each.rule == imposed.rule and not each.reversed_by and not each.reverses
    ]
