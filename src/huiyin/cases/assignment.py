"""Who is made responsible, resolved from a routing row and what the chooser named."""

from dataclasses import dataclass

from huiyin.records import made_quickly
from huiyin.regime.expressions import Undecided
from huiyin.regime.model import RoleGroup, RoutingRow

from .draft import Draft
from .events import Assigned, Reason
from .people import known_person, known_unit
from .principles import WHO_MAY
from .refusals import Refused
from .standing import is_concerned


@made_quickly
@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose when assigning: role, unit, handler (a person), co-handling units."""

    to: str = ""
    unit: str = ""
    handler: str = ""
    also: tuple[str, ...] = ()
    text: str = ""


@made_quickly
@dataclass(frozen=True, slots=True)
class Target:
    """The outcome of routing."""

    role: str
    unit: str
    handler_role: str
    handler: str
    also: tuple[str, ...]


def resolve_target(draft: Draft, row: RoutingRow, choice: Choice) -> Target:
    """The unit and handler a row leads to.

    Raises:
        Refused: the chosen role is not among the row's, no unit can be told, or the chosen handler is concerned.
    """
    role, unit = resolve_place(draft, row, choice)
    handler_role, handler = _handler(draft, row, role, unit, choice.handler)
    also = _chosen_also(draft, row, choice.also, unit) or _also(draft, row, unit)
    return Target(role if role in draft.regime.roles else "", unit, handler_role, handler, also)


def resolve_place(draft: Draft, row: RoutingRow, choice: Choice) -> tuple[str, str]:
    """The role a row leads to, and the unit that plays it, empty where the role belongs to none.

    Raises:
        Refused: the chosen role is not among the row's, or no unit can be told.
    """
    role = choice.to or _role_of_unit(draft, row, choice.unit) or row.to[0]
    if role not in row.to:
        titles = "、".join(draft.regime.role_title(each) for each in row.to)
        raise Refused("forbidden-here", f"只能交给：{titles}。", cite=row.cite)
    unit = choice.unit or (_picked(draft, row) if role == row.to[0] else "")
    return role, _unit_of_role(draft, role, unit, row)


def _role_of_unit(draft: Draft, row: RoutingRow, unit: str) -> str:
    """The role among the row's that the chosen unit plays."""
    playing = (role for role in row.to if unit and unit in draft.context.directory.units_of(role))
    return next(playing, "")


def _picked(draft: Draft, row: RoutingRow) -> str:
    """The unit the row's expression names; empty when there is none, so that a person names it."""
    if row.pick is None:
        return ""
    try:
        return str(row.pick.evaluate(draft.scope()) or "")
    except Undecided:
        return ""


def _unit_of_role(draft: Draft, role: str, unit: str, row: RoutingRow) -> str:
    case, directory = draft.case, draft.context.directory
    if role in ("respondent-unit", "respondent-head"):
        unit = unit or case.respondent.unit
    elif role == "handling-unit":
        unit = unit or case.handling_unit or (directory.unit_of(case.first_receiver) or "")
    known = draft.regime.roles.get(role)
    if known is not None and known.group is RoleGroup.UNIT:
        playing = directory.units_of(role)
        if unit and unit not in playing:
            raise Refused(
                "wrong-value", f"“{unit}”不是{known.title}。", cite=row.cite, fields={"unit": "请选择列出的部门"}
            )
        if not unit and case.respondent.unit in playing:
            unit = case.respondent.unit
        if not unit and len(playing) == 1:
            unit = playing[0]
    elif unit and not known_unit(draft.regime, directory, unit):
        raise Refused("wrong-value", f"没有“{unit}”这个部门。", cite=row.cite, fields={"unit": "请选择列出的部门"})
    needs_unit = (known is not None and known.group is RoleGroup.UNIT and known.many) or role == "respondent-unit"
    if needs_unit and not unit:
        title = draft.regime.role_title(role)
        raise Refused("missing-field", f"请选择承办的{title}。", cite=row.cite, fields={"unit": f"请选择{title}"})
    return unit


def _handler(draft: Draft, row: RoutingRow, role: str, unit: str, chosen: str) -> tuple[str, str]:
    case, directory = draft.case, draft.context.directory
    if chosen:
        refuse_handler(draft, chosen)
        return row.handler or "", chosen
    named = row.handler
    if named is None:
        known = draft.regime.roles.get(role)
        named = role if known is not None and known.group is not RoleGroup.UNIT else ""
    if named in ("respondent-head", "handling-head"):
        heads = [person for person in directory.heads_of(unit) if not is_concerned(case, person)]
        if heads:
            return named, heads[0]
        above = directory.parent_of(unit) if unit else None
        higher = [person for person in directory.heads_of(above) if not is_concerned(case, person)] if above else []
        return named, higher[0] if higher else ""
    if named in draft.regime.roles:
        holders = directory.holders_of(named, unit or None) or directory.holders_of(named)
        free = [person for person in holders if not is_concerned(case, person)]
        if holders and not free:
            substitute = draft.regime.roles[named].substitute
            return substitute or "superior", ""
        return named, free[0] if len(free) == 1 else ""
    return named or "", ""


def refuse_handler(draft: Draft, person: str, cite: tuple[str, ...] = ()) -> None:
    """Raise when a person named as handler is concerned, or unknown. An empty name is nobody in particular."""
    if not person:
        return
    if is_concerned(draft.case, person):
        raise Refused("conflict-of-interest", "不能交给被投诉人本人或已回避的人。", fields={"handler": "请另选一人"})
    if not known_person(draft.regime, draft.context.directory, person):
        raise Refused("wrong-value", "没有这个人。", cite=cite, fields={"handler": "请选择人员"})


def _chosen_also(draft: Draft, row: RoutingRow, units: tuple[str, ...], leading: str) -> tuple[str, ...]:
    """The co-handling units a person named, without the leading one."""
    unknown = [unit for unit in units if not known_unit(draft.regime, draft.context.directory, unit)]
    if unknown:
        message = f"没有“{unknown[0]}”这个部门。"
        raise Refused("wrong-value", message, cite=row.cite, fields={"also": "请选择列出的部门"})
    return tuple(dict.fromkeys(unit for unit in units if unit != leading))


def _also(draft: Draft, row: RoutingRow, unit: str) -> tuple[str, ...]:
    """Co-handling units that can be told without asking: those that joined before, single ones, and the respondent's."""
    found: list[str] = list(draft.case.also)
    for role in row.also:
        playing = draft.context.directory.units_of(role) if role in draft.regime.roles else ()
        if len(playing) == 1:
            found.append(playing[0])
        elif draft.case.respondent.unit in playing:
            found.append(draft.case.respondent.unit)
    return tuple(dict.fromkeys(each for each in found if each != unit))


def assign(
    draft: Draft,
    row: str,
    target: Target,
    cite: tuple[str, ...],
    why: Reason,
    text: str,
    names: tuple[str, ...] = (),
) -> None:
    """Make somebody responsible. `names`: what happens by it, where it is not the assignment itself."""
    assigned = ("assigned", "co-assigned") if set(target.also) - set(draft.case.also) else ("assigned",)
    draft.add(
        Assigned(
            **draft.stamp,
            names=names or assigned,
            cite=cite or (WHO_MAY.id,),
            why=why,
            row=row,
            role=target.role,
            unit=target.unit,
            handler_role=target.handler_role,
            handler=target.handler,
            also=target.also,
            text=text,
        )
    )
