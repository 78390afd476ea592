"""Parties outside the organisation work on a case through a link with a code, without an account.

Whoever handles the case invites a party in a role of the regime's `outside` group (商家, 委托银行, 主管部门). The party then
does the steps of that role, sees what the access policy lets the role see, and nothing of any other case. How a link and
a code open an invitation is not the core's business; here it is who acts, in which role, and until when.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huiyin.regime.model import Act, Regime, RoleGroup, Step

from . import commands as cmd
from .draft import Draft
from .events import InvitationEnded, LinkRenewed, OutsideInvited
from .people import Actor, Holding
from .refusals import Refused
from .state import Case, Invitation

OUTSIDE = "outside:"
"""What the ids of people who came through a link begin with; no member of staff has a colon in the id."""


def invitable(regime: Regime) -> dict[str, str]:
    """The roles a party may be invited in, with their titles: those outside that are not reached on paper alone."""
    return {
        role.id: role.title
        for role in regime.roles.values()
        if role.group is RoleGroup.OUTSIDE and role.reached_by != "paper"
    }


def awaited(regime: Regime, case: Case, step: Step) -> str:
    """The role outside that a step waits for and that nobody was given a link for; empty where there is none."""
    by_link = [role for role in step.by if role in regime.roles and regime.roles[role].reached_by == "link"]
    if not regime.acts["invite"].allowed or not by_link or len(by_link) < len(step.by):
        return ""
    let_in = any(each.ended_at is None and each.role in by_link for each in case.invitations.values())
    return "" if let_in else by_link[0]


def invite(draft: Draft, act: Act, command: cmd.Invite, _fields: Mapping[str, Any]) -> None:
    """Give a party outside a link to this case.

    Raises:
        Refused: the role is none of the regime's outside roles, or is reached on paper; no name; invited already.
    """
    roles = invitable(draft.regime)
    if command.role not in roles:
        known = "、".join(roles.values()) or "（制度没有可以用链接联系的外部单位）"
        message = f"请选择外部单位的角色：{known}。"
        raise Refused("wrong-value", message, cite=act.cite, fields={"role": "请选择"})
    name = command.name.strip()
    if not name:
        raise Refused("missing-field", "请写明是哪一家、哪一位。", cite=act.cite, fields={"name": "请写明名称"})
    if any(each.ended_at is None and each.name == name for each in draft.case.invitations.values()):
        raise Refused("not-open-now", f"已经给“{name}”开通了链接；验证码遗失或过期的，请换发。", cite=act.cite, fields={"name": "已经开通"})
    known_party = draft.case.respondent.unit or draft.case.respondent.party
    role = draft.regime.roles[command.role]
    draft.add(
        OutsideInvited(
            **draft.stamp,
            names=("invite",),
            cite=act.cite,
            key=str(len(draft.case.invitations) + 1),
            role=role.id,
            unit=known_party if role.many else "",
            name=name,
            text=command.text,
            until=link_until(draft, role.id),
        )
    )


def renew_link(draft: Draft, act: Act, command: cmd.RenewLink, _fields: Mapping[str, Any]) -> None:
    """Give a party a new code for its link and new time to use it: the code was lost, or the link has run out.

    Raises:
        Refused: there is no such invitation, or it was ended.
    """
    invitation = running_invitation(draft, act, command.invitation)
    draft.add(
        LinkRenewed(
            **draft.stamp,
            names=("renew-link",),
            cite=act.cite,
            key=invitation.key,
            issue=invitation.issue + 1,
            until=link_until(draft, invitation.role),
            text=command.text,
        )
    )


def uninvite(draft: Draft, act: Act, command: cmd.Uninvite, _fields: Mapping[str, Any]) -> None:
    """End an invitation.

    Raises:
        Refused: there is no such invitation, or it has ended.
    """
    invitation = running_invitation(draft, act, command.invitation)
    draft.add(
        InvitationEnded(**draft.stamp, names=("uninvite",), cite=act.cite, key=invitation.key, text=command.text)
    )


def running_invitation(draft: Draft, act: Act, key: str) -> Invitation:
    """The invitation of this key, whether or not its link has run out. Raises Refused when there is none or it was ended."""
    invitation = draft.case.invitations.get(key)
    if invitation is None or invitation.ended_at is not None:
        raise Refused("wrong-value", "没有这个正在使用的链接。", cite=act.cite, fields={"invitation": "请选择"})
    return invitation


def outside_actor(case: Case, key: str, now: datetime) -> Actor | None:
    """Who acts through an invitation of this case; None where it does not exist, was ended or has run out.

    The role is held for this one case: nothing of it opens another.
    """
    invitation = case.invitations.get(key)
    if invitation is None or not invitation.opens(now):
        return None
    return Actor(OUTSIDE + key, frozenset({Holding(invitation.role, invitation.unit or None)}), "outside")


def came_by_link(actor: Actor) -> bool:
    """Whether the actor has no account and came through a link."""
    return actor.person.startswith(OUTSIDE)


def is_invited(case: Case, actor: Actor) -> bool:
    """Whether the actor came through an invitation of this case that opens it now: only then a role is held through it."""
    invitation = case.invitations.get(actor.person.removeprefix(OUTSIDE)) if came_by_link(actor) else None
    return invitation is not None and invitation.ended_at is None and actor.holds(invitation.role)


def invited_name(case: Case, person: str) -> str:
    """The name of a party that acted through an invitation; empty for everybody else."""
    invitation = case.invitations.get(person.removeprefix(OUTSIDE)) if person.startswith(OUTSIDE) else None
    return invitation.name if invitation else ""


def link_until(draft: Draft, role: str) -> datetime:
    """The last moment of a link that is given now."""
    return draft.context.calendar.due(draft.context.now, draft.regime.roles[role].link_for).at
