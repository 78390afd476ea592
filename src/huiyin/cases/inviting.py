"""Parties outside the organisation work on a case through a link with a code, without an account.

Whoever handles the case invites a party in a role of the regime's `outside` group (商家, 委托银行, 主管部门). The party then
does the steps of that role, sees what the access policy lets the role see, and nothing of any other case. How a link and
a code open an invitation is not the core's business; here it is who acts, in which role, and until when.
"""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Act, Regime, RoleGroup

from . import commands as cmd
from .draft import Draft
from .events import InvitationEnded, OutsideInvited
from .people import Actor, Holding
from .refusals import Refused
from .state import Case

OUTSIDE = "outside:"
"""What the ids of people who came through a link begin with; no member of staff has a colon in the id."""


def invitable(regime: Regime) -> dict[str, str]:
    """The roles a party may be invited in, with their titles: those outside that are not reached on paper alone."""
    return {
        role.id: role.title
        for role in regime.roles.values()
        if role.group is RoleGroup.OUTSIDE and role.reached_by != "paper"
    }


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
    if any(_is_running(draft.case, key) and each.name == name for key, each in draft.case.invitations.items()):
        raise Refused("not-open-now", f"已经给“{name}”开通了链接。", cite=act.cite, fields={"name": "已经开通"})
    known_party = draft.case.respondent.unit or draft.case.respondent.party
    draft.add(
        OutsideInvited(
            **draft.stamp,
            names=("invite",),
            cite=act.cite,
            key=str(len(draft.case.invitations) + 1),
            role=command.role,
            unit=known_party if draft.regime.roles[command.role].many else "",
            name=name,
            text=command.text,
        )
    )


def uninvite(draft: Draft, act: Act, command: cmd.Uninvite, _fields: Mapping[str, Any]) -> None:
    """End an invitation.

    Raises:
        Refused: there is no such invitation, or it has ended.
    """
    if not _is_running(draft.case, command.invitation):
        raise Refused("wrong-value", "没有这个正在使用的链接。", cite=act.cite, fields={"invitation": "请选择"})
    draft.add(
        InvitationEnded(**draft.stamp, names=("uninvite",), cite=act.cite, key=command.invitation, text=command.text)
    )


def outside_actor(case: Case, key: str) -> Actor | None:
    """Who acts through an invitation of this case; None where it does not exist or has ended.

    The role is held for this one case: nothing of it opens another.
    """
    if not _is_running(case, key):
        return None
    invitation = case.invitations[key]
    return Actor(OUTSIDE + key, frozenset({Holding(invitation.role, invitation.unit or None)}), "outside")


def came_by_link(actor: Actor) -> bool:
    """Whether the actor has no account and came through a link."""
    return actor.person.startswith(OUTSIDE)


def is_invited(case: Case, actor: Actor) -> bool:
    """Whether the actor came through an invitation of this case that has not ended."""
    return came_by_link(actor) and _is_running(case, actor.person.removeprefix(OUTSIDE))


def invited_name(case: Case, person: str) -> str:
    """The name of a party that acted through an invitation; empty for everybody else."""
    invitation = case.invitations.get(person.removeprefix(OUTSIDE)) if person.startswith(OUTSIDE) else None
    return invitation.name if invitation else ""


def _is_running(case: Case, key: str) -> bool:
    invitation = case.invitations.get(key)
    return invitation is not None and invitation.ended_at is None
