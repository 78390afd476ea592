"""Roles: without work, without a substitute, checking themselves."""

from huiyin.regime.compiling import Desk
from huiyin.regime.model import Regime, RoleGroup


def check_people(desk: Desk, regime: Regime) -> None:
    """W3, W4, W5."""
    used = desk.used.roles | {role.of for role in regime.roles.values() if role.of}
    by_form = {role for form in regime.forms.values() for role in form.signed_by}
    doing = {role for row in regime.routing for role in (row.handler, *row.to) if role}
    doing |= {role for step in regime.flow.values() for role in step.by}
    doing |= {role for each in regime.approvals.values() for stage in each.stages for role in stage.by}
    for role in regime.roles.values():
        path = ("roles", role.group.value, role.id)
        if role.id not in used | by_form and not role.duties:
            desk.found.add("idle-role", path, at_key=True, role=role.title)
        if role.group == RoleGroup.POST and role.many and role.id in doing and role.substitute is None:
            desk.found.add("no-substitute", path, at_key=True, role=role.title)
    _self_check(desk, regime)


def _self_check(desk: Desk, regime: Regime) -> None:
    handling = {role for step in regime.flow.values() if "concluded" in step.marks for role in step.by}
    for step in regime.flow.values():
        if "followed-up" in step.marks:
            for role in step.by:
                if role in handling:
                    title = regime.role_title(role)
                    desk.found.add("self-check", ("flow", step.id, "by"), role=title)
