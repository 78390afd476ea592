"""Roles: without work, without a substitute, checking themselves, missing where they are needed."""

from types import SimpleNamespace
from typing import Any

from huiyin.regime.compiling import Desk
from huiyin.regime.model import Condition, Regime, RoleGroup


def check_people(desk: Desk, regime: Regime) -> None:
    """W3, W4, W5, W9: also who is shut out of what they have to do."""
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
    _shut_out(desk, regime)
    _nobody_registers(desk, regime)


def _shut_out(desk: Desk, regime: Regime) -> None:
    """A party outside has work on cases that a rule of confidentiality closes to it: its page would show nothing.

    Where the rule and the step both have a condition, they are presumed to keep apart.
    """
    for rule in regime.confidentiality.values():
        if not rule.see or (rule.hide and not rule.hidden_from):
            continue
        for step in regime.flow.values():
            if rule.when is not None and step.when is not None:
                continue
            for role in step.by:
                known = regime.roles.get(role)
                outside = known is not None and known.group is RoleGroup.OUTSIDE and known.reached_by != "paper"
                if outside and role not in rule.see:
                    path = ("confidentiality", rule.id, "see")
                    desk.found.add("shut-out", path, role=regime.role_title(role), step=step.title)


def _nobody_registers(desk: Desk, regime: Regime) -> None:
    """What is filed on the portal, or by a body outside itself, has no first receiver: a step of that role alone waits for ever."""
    online = regime.intake.online_channel
    for channel in (*([regime.intake.channels[online]] if online else []), *regime.intake.own_pages):
        for step in regime.flow.values():
            begins = "received" in (*step.after, *step.after_all)
            if begins and step.by == ("first-receiver",) and _may_come_through(step.when, channel.id):
                desk.found.add("nobody-registers", ("flow", step.id, "by"), channel=channel.title, step=step.title)


def _may_come_through(when: Condition | None, channel: str) -> bool:
    """Whether a case of this channel may fulfil the condition; one that also reads other things is presumed to see to it."""
    if when is None or "case.channel" not in when.reads:
        return True
    if set(when.reads) != {"case.channel"} or when.calls:
        return False
    scope: Any = SimpleNamespace(case=SimpleNamespace(channel=channel))
    return bool(when.evaluate(scope))


def _self_check(desk: Desk, regime: Regime) -> None:
    handling = {role for step in regime.flow.values() if "concluded" in step.marks for role in step.by}
    for step in regime.flow.values():
        path = ("flow", step.id, "by")
        left = [role for role in step.by if role not in step.not_by]
        if step.by and not left:
            desk.found.add("kept-from-all", path, step=step.title)
        if "followed-up" in step.marks and not {"handler", "handling-unit"} & set(step.not_by):
            for role in left:
                if role in handling:
                    title = regime.role_title(role)
                    desk.found.add("self-check", path, role=title)
