"""Acts that change who is responsible: transfer, return, reassignment, co-handling, stepping back."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Act, RoleGroup

from . import commands as cmd
from .assignment import Target, assign, refuse_handler
from .bodies_outside import outside_body, refuse_second_transfer
from .closing import cancel_open, cancel_runs, is_away
from .draft import Draft
from .events import Assessed, Assigned, Reason, Recused
from .flow import decide_again
from .people import known_person, known_unit
from .principles import WHO_MAY
from .recording import reason_of
from .refusals import Refused
from .standing import may
from .transferring import set_aside


def transfer(draft: Draft, act: Act, command: cmd.Transfer, _fields: Mapping[str, Any]) -> None:
    """Hand over: to an outside body the case leaves us, to one of our own roles it is reassigned."""
    role = draft.regime.roles.get(command.to)
    if act.to and command.to not in act.to:
        message, wrong = f"只能移交{_titles(draft, act.to)}。", {"to": "请选择"}
        raise Refused("forbidden-here", message, cite=act.cite, fields=wrong, rule="acts.transfer.to")
    if role is None or role.group is not RoleGroup.OUTSIDE:
        _reassign(draft, act, command.to, command.unit, "", command.text, names=("transfer", "reassigned"))
        return
    refuse_second_transfer(draft)
    if is_away(draft):
        raise Refused("not-open-now", f"案件正在移送：{is_away(draft)}。", cite=act.cite)
    stays = draft.regime.transfers is not None
    draft.add(
        Assessed(
            **draft.stamp,
            names=("transfer", "transferred"),
            cite=act.cite or (WHO_MAY.id,),
            row="",
            outcome="transfer",
            to=command.to,
            text=reason_of(command.text, act),
            body=outside_body(draft, command.to, command.unit),
            to_send=stays,
        )
    )
    if stays:
        set_aside(draft)
    else:
        cancel_open(draft, "transferred")


def _titles(draft: Draft, roles: tuple[str, ...]) -> str:
    return "、".join(draft.regime.role_title(role) for role in roles)


def give_back(draft: Draft, act: Act, command: cmd.Return, fields: Mapping[str, Any]) -> None:
    """Return the case to where it came from: what is open ends undone, and it is assigned anew.

    Without `to` it goes to the first role the regime names, else to whoever assigns cases.
    """
    assigning = [role for step in draft.regime.flow.values() if "routing" in step.decides for role in step.by]
    targets = act.to or tuple(role for role in assigning if role in draft.regime.roles)
    to = command.to or next(iter(targets), "first-receiver")
    if command.to and to not in (targets or ("first-receiver",)):
        message, wrong = f"只能退回{_titles(draft, targets)}。", {"to": "请选择"}
        raise Refused("forbidden-here", message, cite=act.cite, fields=wrong, rule="acts.return.to")
    text = command.text if fields else reason_of(command.text, act)
    cancel_runs(draft, [run.key for run in draft.case.open_runs()], "returned")
    role = to if to in draft.regime.roles else ""
    units = draft.context.directory.units_of(role) if role else ()
    draft.add(
        Assigned(
            **draft.stamp,
            names=("return", "returned"),
            cite=act.cite or (WHO_MAY.id,),
            row="",
            role=role,
            unit=units[0] if len(units) == 1 else "",
            handler_role="",
            handler="",
            also=(),
            text=text,
        )
    )
    if not any(draft.regime.on(name).opens or draft.regime.on(name).joins for name in ("return", "returned")):
        decide_again(draft, "routing")


def reassign(draft: Draft, act: Act, command: cmd.Reassign, _fields: Mapping[str, Any]) -> None:
    """Make somebody else responsible; co-handling units stay."""
    names = ("reassign", "reassigned")
    _reassign(draft, act, command.to, command.unit, command.handler, command.text, names=names)


def _reassign(draft: Draft, act: Act, to: str, unit: str, handler: str, text: str, *, names: tuple[str, ...]) -> None:
    case, directory, cite = draft.case, draft.context.directory, act.cite or (WHO_MAY.id,)
    role = to or case.handling_role
    if role not in draft.regime.roles:
        raise Refused("wrong-value", "请选择交给谁。", cite=cite, fields={"to": "请选择"})
    refuse_handler(draft, handler, cite)
    units = directory.units_of(role)
    unit = unit or (units[0] if len(units) == 1 else "")
    if unit and (unit not in units if units else not known_unit(draft.regime, directory, unit)):
        raise Refused("wrong-value", "请选择列出的部门。", cite=cite, fields={"unit": "请选择"})
    if units and not unit:
        raise Refused("missing-field", "请选择部门。", cite=cite, fields={"unit": "请选择部门"})
    draft.add(
        Assigned(
            **draft.stamp,
            names=names,
            cite=cite,
            row="",
            role=role,
            unit=unit,
            handler_role="" if handler else role,
            handler=handler,
            also=tuple(each for each in case.also if each != unit),
            text=reason_of(text, act),
        )
    )


def add_unit(draft: Draft, act: Act, command: cmd.AddUnit, _fields: Mapping[str, Any]) -> None:
    """Add a co-handling unit; who leads stays the same."""
    case = draft.case
    if command.unit in case.units or not known_unit(draft.regime, draft.context.directory, command.unit):
        raise Refused("wrong-value", "请选择尚未参加办理的部门。", cite=act.cite, fields={"unit": "请选择"})
    target = Target(case.handling_role, case.handling_unit, case.handler_role, case.handler, (*case.also, command.unit))
    row, cite = draft.case.decided.get("routing", ""), act.cite or (WHO_MAY.id,)
    assign(draft, row, target, cite, Reason("acts.add-unit"), command.text, names=("add-unit", "co-assigned"))


def recuse(draft: Draft, act: Act, command: cmd.Recuse, _fields: Mapping[str, Any]) -> None:
    """Step back; those who assign or supervise cases may keep somebody else from one."""
    person = command.person or draft.doer
    if person != draft.doer and not draft.acting_for:
        acts = draft.regime.acts
        managing = (*acts["reassign"].by, *acts["supervise"].by)
        if not may(draft.regime, draft.case, draft.actor, managing, draft.context.directory):
            raise Refused("not-yours", "要求他人回避，由负责分派或督办的人决定。", cite=act.cite)
    if not known_person(draft.regime, draft.context.directory, person):
        raise Refused("wrong-value", "没有这个人。", cite=act.cite, fields={"person": "请选择人员"})
    if person in draft.case.recused:
        raise Refused("not-open-now", "此人已经回避。", cite=act.cite)
    names = ("recuse", "recused")
    draft.add(Recused(**draft.stamp, names=names, cite=act.cite, person=person, text=reason_of(command.text, act)))
