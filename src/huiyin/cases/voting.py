"""Yes or no to a proposal, and what follows from it."""

from typing import Any

from .accountability import confirm
from .approvals import next_lapse, stands_still
from .bodies import Tally, tally, votes_by_quorum, waiting_members
from .carrying_out import carry_out, forms_of
from .closing import cancel_runs
from .commands import Approve, Reject
from .draft import Draft
from .events import ApprovalRejected, ApprovalVoted, ExtensionRefused
from .flow import decide_again
from .hearing import decide_objection, name_concerned
from .principles import FOUR_EYES, TIME_STANDS_STILL
from .producing import signing_roles
from .refusals import Refused
from .standing import may, refuse_the_concerned
from .state import PendingApproval


def decidable(draft: Draft) -> list[PendingApproval]:
    """The proposals that wait for the actor."""
    return [item for item in draft.case.approvals.values() if _open_roles(draft, item)]


def _open_roles(draft: Draft, pending: PendingApproval) -> list[str]:
    """The roles of the present stage in which the actor may still vote."""
    stage = pending.stages[pending.stage]
    roles = stage.all_of or stage.by
    return [
        role
        for role in roles
        if role not in stage.voted_roles
        and may(draft.regime, draft.case, draft.actor, (role,), draft.context.directory)
        and not _has_voted(draft, role, pending)
    ]


def fellow_voters(draft: Draft, pending: PendingApproval) -> tuple[str, ...]:
    """The other members of the body in which the actor votes now who have not voted yet; nobody outside a body."""
    role = next(iter(_open_roles(draft, pending)), "")
    if not _by_vote(draft, role, pending):
        return ()
    waiting = waiting_members(draft.case, draft.context.directory, role, pending)
    return tuple(person for person in waiting if person != draft.actor.person)


def _has_voted(draft: Draft, role: str, pending: PendingApproval) -> bool:
    """Whether the actor voted as a member of this body before. One's own proposal is refused with its own reason."""
    if not _by_vote(draft, role, pending) or refusal_of_own(pending, draft.actor.person) is not None:
        return False
    return draft.actor.person not in waiting_members(draft.case, draft.context.directory, role, pending)


def _by_vote(draft: Draft, role: str, pending: PendingApproval) -> bool:
    return votes_by_quorum(draft.regime, draft.case, draft.context.directory, role, pending)


def _find(draft: Draft, key: str, rule: str) -> PendingApproval:
    """The proposal meant.

    Raises:
        Refused: there is none, it is not this person's to decide, or it is one's own.
    """
    waiting = list(draft.case.approvals.values())
    if key:
        waiting = [item for item in waiting if item.key == key]
    if rule:
        waiting = [item for item in waiting if item.subject == rule]
    if not waiting:
        raise Refused("not-open-now", "没有等待审批的事项，可能已由他人决定。")
    refuse_the_concerned(draft.case, draft.actor, waiting[0].cite)
    others = [item for item in waiting if not _is_against(item, draft.actor.person)]
    mine = [item for item in others or waiting if _open_roles(draft, item) or not others]
    if not mine:
        stage = waiting[0].stages[waiting[0].stage]
        who = "、".join(draft.regime.role_title(role) for role in stage.all_of or stage.by)
        message, rule = f"“{waiting[0].title}”由{who}审批。", f"approvals.{waiting[0].approval}.stages"
        raise Refused("not-yours", message, cite=waiting[0].cite, rule=rule)
    free = [item for item in mine if refusal_of_own(item, draft.actor.person) is None]
    if not free:
        raise refusal_of_own(mine[0], draft.actor.person) or AssertionError(mine[0].key)
    if len(free) > 1:
        titles = "、".join(item.title for item in free)
        raise Refused("wrong-value", f"有多项等待您审批（{titles}），请指明一项。")
    if stands_still(draft.case, free[0]):
        raise Refused("not-open-now", "案件中止或等待补正期间不能审批。", cite=TIME_STANDS_STILL)
    return free[0]


def _is_against(pending: PendingApproval, person: str) -> bool:
    return pending.kind in ("sanction", "objection") and pending.payload["against"] == person


def refusal_of_own(pending: PendingApproval, person: str) -> Refused | None:
    """Why this person must leave the decision to others, or None: it is about the person, or the person asked for it."""
    if _is_against(pending, person):
        return Refused("conflict-of-interest", "不能审批针对本人的处理建议。", cite=pending.cite)
    if pending.kind == "objection" and pending.payload["confirmed_by"] == person:
        return Refused("conflict-of-interest", "异议由作出决定以外的人处理。", cite=FOUR_EYES)
    if pending.asked_by == person:
        return Refused("conflict-of-interest", "不能审批自己提出的事项。", cite=FOUR_EYES)
    return None


def approve(draft: Draft, command: Approve) -> None:
    """Vote yes; when this was the last vote needed, the proposal takes effect.

    Where the person concerned is named only now, that person is heard first and nothing is decided yet. In a body with a
    quorum the proposal waits for more votes, or is turned down when those against it are not fewer.

    Raises:
        Refused: not this person's to decide, one's own proposal, an amount outside its bracket, somebody `present` who
            may not vote.
    """
    pending = _find(draft, command.key, command.rule)
    if pending.kind == "sanction" and name_concerned(draft, pending, command.person):
        return
    role = _open_roles(draft, pending)[0]
    if not _by_vote(draft, role, pending):
        _accept(draft, pending, role, command)
        return
    if pending.kind == "sanction":
        confirm(Draft(draft.regime, draft.case, draft.context), pending, command)  # refused before the vote counts
    _count(draft, pending, role, command, tally(draft, role, pending, command.present, yes=True))


def _count(draft: Draft, pending: PendingApproval, role: str, vote: Approve | Reject, votes: Tally) -> None:
    """A vote in a body: kept until enough members took part, then the proposal is accepted or turned down."""
    if not votes.decided:
        _keep(draft, pending, role, vote)
    elif votes.accepted:
        _accept(draft, pending, role, vote)
    else:
        _turn_down(draft, pending, vote)


def _keep(draft: Draft, pending: PendingApproval, role: str, vote: Approve | Reject) -> None:
    in_favour = isinstance(vote, Approve)
    draft.add(
        ApprovalVoted(
            **draft.stamp,
            cite=pending.cite,
            key=pending.key,
            role=role,
            text=vote.text,
            stage_done=False,
            last=False,
            signs=tuple(signing_roles(draft, forms_of(draft, pending))) if in_favour else (),
            against=not in_favour,
            present=vote.present,
            role_done=False,
            choice=_choice(vote) if isinstance(vote, Approve) else {},
        )
    )


def _choice(vote: Approve) -> dict[str, Any]:
    """What a vote for a sanction fixes, as it is kept until the body has decided."""
    chosen = {"measures": dict(vote.measures), "conduct": list(vote.conduct), "person": vote.person}
    return chosen if any(chosen.values()) else {}


def _accept(draft: Draft, pending: PendingApproval, role: str, vote: Approve | Reject) -> None:
    """The stage is decided in favour for this role; after the last one the proposal takes effect."""
    stage = pending.stages[pending.stage]
    stage_done = not stage.all_of or set(stage.all_of) <= {*stage.voted_roles, role}
    last = stage_done and pending.stage == len(pending.stages) - 1
    if last and pending.kind == "sanction":
        confirm(draft, pending, vote if isinstance(vote, Approve) else _as_chosen(pending, vote.text))
    signs = tuple(signing_roles(draft, forms_of(draft, pending))) if isinstance(vote, Approve) else ()
    draft.add(
        ApprovalVoted(
            **draft.stamp,
            names=("approved",) if last else (),
            cite=pending.cite,
            key=pending.key,
            role=role,
            text=vote.text,
            stage_done=stage_done,
            last=last,
            next_lapses_at=next_lapse(draft, pending) if stage_done and not last else None,
            signs=signs,
            against=isinstance(vote, Reject),
            present=vote.present,
        )
    )
    if last:
        carry_out(draft, pending, signs, vote.text)


def _as_chosen(pending: PendingApproval, text: str) -> Approve:
    """The sanction as those who voted for it fixed it, when the deciding vote was one against it."""
    chosen = pending.payload.get("choice", {})
    return Approve(
        text=text,
        measures=chosen.get("measures", {}),
        conduct=tuple(chosen.get("conduct", ())),
        person=chosen.get("person", ""),
    )


def reject(draft: Draft, command: Reject) -> None:
    """Vote no: the work goes back to its doer, or, where the regime says so, the proposal ends and the step with it.

    In a body with a quorum this is one vote among others.

    Raises:
        Refused: no reason is given, or as `approve`.
    """
    if not command.text.strip():
        raise Refused("missing-field", "请写明不同意的理由。", fields={"text": "请写明理由"})
    pending = _find(draft, command.key, command.rule)
    role = _open_roles(draft, pending)[0]
    if _by_vote(draft, role, pending):
        _count(draft, pending, role, command, tally(draft, role, pending, command.present, yes=False))
    else:
        _turn_down(draft, pending, command)


def _turn_down(draft: Draft, pending: PendingApproval, vote: Approve | Reject) -> None:
    """The proposal is rejected, with the reason that the last vote gives."""
    text = vote.text.strip() or "表决未获通过"
    work = pending.subject.partition("#")[0]
    names = ("rejected", f"{work}.rejected") if pending.kind == "work" else ("rejected",)
    draft.add(
        ApprovalRejected(
            **draft.stamp,
            names=names,
            cite=pending.cite,
            key=pending.key,
            text=text,
            work=work,
            present=vote.present,
        )
    )
    if pending.kind == "extension":
        draft.add(
            ExtensionRefused(
                **draft.stamp, names=("extension-refused",), cite=pending.cite, key=pending.subject, text=text
            )
        )
    if pending.kind == "work" and pending.rejected == "end" and pending.subject in draft.case.steps:
        cancel_runs(draft, [pending.subject], "rejected")
    if pending.kind == "objection":
        decide_objection(draft, pending, text, upheld=False)
    if pending.kind in ("assessment", "routing"):
        decide_again(draft, pending.kind)
