"""Bodies decide by vote: how many members have to take part, and what their votes come to.

A body (科务会, 仲裁组) decides once as many of its members have voted as its quorum says; the proposal is accepted when
more of them said yes than no. Members vote one by one, or one of them records a meeting and names who was present and
voted the same way. Members who are concerned by the case, or who made the proposal, do not count and do not vote.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from huiyin.records import replace
from huiyin.regime.model import Regime

from .draft import Draft
from .people import Directory
from .refusals import Refused
from .standing import is_concerned
from .state import Case, PendingApproval


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes of a body so far. `needed`: members that have to take part."""

    yes: int
    no: int
    needed: int

    @property
    def decided(self) -> bool:
        """Whether enough members took part."""
        return self.yes + self.no >= self.needed

    @property
    def accepted(self) -> bool:
        """Whether more said yes than no."""
        return self.yes > self.no


def votes_by_quorum(regime: Regime, case: Case, directory: Directory, role: str, pending: PendingApproval) -> bool:
    """Whether this role is a body that decides by vote. Where none of its members may vote, its substitute decides."""
    known = regime.roles.get(role)
    return known is not None and known.quorum is not None and bool(members(case, directory, role, pending))


def members(case: Case, directory: Directory, role: str, pending: PendingApproval) -> tuple[str, ...]:
    """The members of a body who may vote on a proposal, those who have voted included."""
    against = pending.payload["against"] if pending.kind == "sanction" else ""
    return tuple(
        person
        for person in directory.holders_of(role)
        if not is_concerned(case, person) and person not in (pending.asked_by, against)
    )


def waiting_members(case: Case, directory: Directory, role: str, pending: PendingApproval) -> tuple[str, ...]:
    """Those of them who have not voted yet."""
    stage = pending.stages[pending.stage]
    voted = (*stage.votes, *stage.against)
    return tuple(each for each in members(case, directory, role, pending) if each not in voted)


def tally(draft: Draft, role: str, pending: PendingApproval, present: tuple[str, ...], *, yes: bool) -> Tally:
    """What the votes come to when the actor and those `present` vote now.

    Raises:
        Refused: somebody named is no member, may not vote, or has voted before.
    """
    entitled = members(draft.case, draft.context.directory, role, pending)
    waiting = waiting_members(draft.case, draft.context.directory, role, pending)
    title = draft.regime.role_title(role)
    strangers = [person for person in present if person not in entitled]
    if strangers:
        message = f"{'、'.join(strangers)}不是{title}的成员，或须回避，不能参加表决。"
        raise Refused("wrong-value", message, cite=pending.cite, fields={"present": "请只选有表决权的成员"})
    voters = {draft.actor.person, *present}
    again = sorted(voters - set(waiting))
    if again:
        message = f"{'、'.join(again)}已经表决过。"
        raise Refused("wrong-value", message, cite=pending.cite, fields={"present": "请去掉已经表决的成员"})
    before = standing(draft.regime, draft.case, draft.context.directory, role, pending)
    if yes:
        return replace(before, yes=before.yes + len(voters))
    return replace(before, no=before.no + len(voters))


def standing(regime: Regime, case: Case, directory: Directory, role: str, pending: PendingApproval) -> Tally:
    """What the votes of a body come to so far; votes of members who have stepped back since do not count."""
    stage, entitled = pending.stages[pending.stage], members(case, directory, role, pending)
    return Tally(
        yes=sum(person in entitled for person in stage.votes),
        no=sum(person in entitled for person in stage.against),
        needed=needed(regime, role, len(entitled)),
    )


def needed(regime: Regime, role: str, entitled: int) -> int:
    """How many of the members entitled to vote have to take part: never more than there are, never none."""
    quorum = regime.roles[role].quorum
    wanted = math.ceil(quorum * entitled) if isinstance(quorum, Fraction) else int(quorum or 1)
    return max(1, min(wanted, entitled))
