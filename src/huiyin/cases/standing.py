"""Who may act on a case: roles of the regime and people of the case, resolved to persons and units."""

from collections.abc import Iterable
from typing import Protocol

from huiyin.regime.model import Regime, Role, RoleGroup, Step

from .order import Order
from .people import Actor, Assignee, Directory
from .principles import NOT_ONES_OWN_CASE
from .refusals import Refused
from .state import Case


def is_concerned(case: Case, person: str) -> bool:
    """Whether this person is complained about, or has stepped back from the case."""
    return bool(person) and (person == case.respondent.person or person in case.recused)


def refuse_the_concerned(case: Case, actor: Actor, cite: tuple[str, ...] = ()) -> None:
    """Raise `Refused` when the actor is the respondent or recused."""
    if is_concerned(case, actor.person):
        raise Refused("conflict-of-interest", "您是本案的被投诉人或已回避，不能办理。", cite=cite or NOT_ONES_OWN_CASE)


def may(regime: Regime, case: Case, actor: Actor, roles: Iterable[str], directory: Directory) -> bool:
    """Whether the actor is any of these roles in this case. Says nothing about conflicts of interest."""
    for role in roles:  # noqa: SIM110 - asked many times in a decision, and `any` would make a generator each time
        if _is(regime, case, actor, role, directory):
            return True
    return False


def _is(regime: Regime, case: Case, actor: Actor, role: str, directory: Directory) -> bool:
    if role == "system":
        return actor.kind == "system"
    if role == "complainant":
        return actor.kind == "complainant"
    if role == "public":
        return True
    if role == "all-staff":
        return actor.kind == "staff"
    if role in regime.roles and regime.roles[role].group is not RoleGroup.NAMED:
        if actor.holds(role, _units_for(regime, case, role, directory)):
            return True
        stand_in = _stand_in(regime, case, role, directory)
        if stand_in in regime.roles:
            return actor.holds(stand_in)
        return any(_matches(actor, assignee) for assignee in _superiors(case, directory)) if stand_in else False
    return any(_matches(actor, assignee) for assignee in assignees(regime, case, (role,), directory))


def _matches(actor: Actor, assignee: Assignee) -> bool:
    if assignee.person:
        return actor.person == assignee.person
    if assignee.role:
        return actor.holds(assignee.role, frozenset({assignee.unit}) if assignee.unit else None)
    return actor.in_unit(assignee.unit)


def _units_for(regime: Regime, case: Case, role: str, directory: Directory) -> frozenset[str] | None:
    """For a role with many holders: the units of this case that play it, or None for all of them."""
    known = regime.roles[role]
    if not known.many:
        return None
    if known.group is RoleGroup.OUTSIDE:  # only the merchant complained about or that filed itself, not every merchant
        return frozenset({case.respondent.unit, case.respondent.party, case.source} - {""})
    unit_role = role if known.group is RoleGroup.UNIT else known.of
    if unit_role is None:
        return None
    involved = {case.handling_unit, case.respondent.unit, *case.also} & set(directory.units_of(unit_role))
    return frozenset(involved) or None


def _stand_in(regime: Regime, case: Case, role: str, directory: Directory) -> str:
    """Who acts for a role none of whose holders in this case can: its `substitute`, else the superior; or nobody.

    The substitute acts for holders who are concerned or missing; the superior only where all of them are concerned.
    """
    known = regime.roles[role]
    if known.substitute is None and not case.respondent.person and not case.recused:
        return ""
    units = _units_for(regime, case, role, directory)
    places: Iterable[str | None] = (None,) if units is None else sorted(units)
    holders = [person for unit in places for person in directory.holders_of(role, unit)]
    if any(not is_concerned(case, person) for person in holders):
        return ""
    return known.substitute or ("superior" if holders else "")


def _superiors(case: Case, directory: Directory) -> list[Assignee]:
    """The heads of the unit above the one that handles, or, before there is one, above the respondent's."""
    unit = case.handling_unit or case.respondent.unit
    above = directory.parent_of(unit) if unit else None
    return _heads(directory, above) if above else []


def assignees(regime: Regime, case: Case, roles: Iterable[str], directory: Directory) -> tuple[Assignee, ...]:
    """Whose turn it is when these roles are named; never a person who is concerned."""
    found: list[Assignee] = []
    for role in roles:
        for item in _resolve(regime, case, role, directory):
            if item not in found and not is_concerned(case, item.person):
                found.append(item)
    return tuple(found)


def doers(regime: Regime, case: Case, step: Step, directory: Directory) -> tuple[Assignee, ...]:
    """Whose turn a step is: those of `by`, without the units and persons that `not_by` keeps from it in this case."""
    found = assignees(regime, case, step.by, directory)
    if not step.not_by:
        return found
    kept = assignees(regime, case, step.not_by, directory)
    units, persons = {each.unit for each in kept if not each.person} - {""}, {each.person for each in kept} - {""}
    return tuple(each for each in found if each.unit not in units and each.person not in persons)


def _resolve(regime: Regime, case: Case, role: str, directory: Directory) -> list[Assignee]:
    known = regime.roles.get(role)
    if known is not None and known.group is RoleGroup.NAMED:
        return _named(case, known)
    if known is not None:
        stand_in = _stand_in(regime, case, role, directory)
        if stand_in:
            return [Assignee(stand_in)] if stand_in in regime.roles else _superiors(case, directory)
        units = _units_for(regime, case, role, directory)
        if units is None:
            own = directory.units_of(role) if known.group is RoleGroup.UNIT and not known.many else ()
            return [Assignee(role, own[0] if len(own) == 1 else "")]
        return [Assignee(role, unit) for unit in sorted(units)]
    return _of_the_case(regime, case, role, directory)


def _named(case: Case, role: Role) -> list[Assignee]:
    """Whoever the case names to the role now."""
    person = case.facts.get(role.field)
    return [Assignee(role.id, person=str(person))] if person else []


def _of_the_case(regime: Regime, case: Case, role: str, directory: Directory) -> list[Assignee]:
    """Who `handler`, `respondent-head` and the other people of a case are in this one."""
    match role:
        case "first-receiver":
            return [Assignee("first-receiver", person=case.first_receiver)] if case.first_receiver else []
        case "handler":
            return _handler(regime, case, directory)
        case "handling-unit":
            return _handling_units(case, directory) or _handler(regime, case, directory)
        case "handling-head":
            return _heads(directory, case.handling_unit) if case.handling_unit else []
        case "superior":
            return _superiors(case, directory)
        case "respondent":
            return [Assignee("respondent", case.respondent.unit, case.respondent.person)]
        case "respondent-unit":
            return [Assignee("", case.respondent.unit)] if case.respondent.unit else []
        case "respondent-head":
            return _heads(directory, case.respondent.unit) if case.respondent.unit else []
        case "supervisor":
            return _supervisors(regime, case, directory)
        case _:
            return _of_the_orders(regime, case, role, directory)


def _of_the_orders(regime: Regime, case: Case, role: str, directory: Directory) -> list[Assignee]:
    """`addressee` and `giver` of the open orders, or of one: `addressee:order-1`; any other name stands for itself."""
    who, _mark, key = role.partition(":")
    if who not in ("addressee", "giver"):
        return [Assignee(role)]
    find = addressed if who == "addressee" else _giver
    meant = [case.orders[key]] if key in case.orders else [order for order in case.orders.values() if order.is_open]
    return [each for order in meant for each in find(regime, case, order, directory)]


class Addressed(Protocol):
    """An order, or what is about to become one: who is meant."""

    @property
    def to(self) -> str:
        """A role."""
        ...

    @property
    def unit(self) -> str:
        """A unit, where the role has many."""
        ...

    @property
    def person(self) -> str:
        """A person."""
        ...


def addressed(regime: Regime, case: Case, order: Addressed, directory: Directory) -> list[Assignee]:
    """Whom an order charges, none of them concerned; whoever handles the case where it names nobody."""
    if order.person:
        found = [Assignee(order.to if order.to in regime.roles else "", order.unit, order.person)]
    elif order.unit:
        found = [Assignee(order.to, order.unit)]
    elif order.to:
        found = _resolve(regime, case, order.to, directory)
    else:
        found = list(assignees(regime, case, ("handler", "first-receiver"), directory)[:1])
    return [each for each in found if not is_concerned(case, each.person)]


def _giver(regime: Regime, case: Case, order: Order, directory: Directory) -> list[Assignee]:
    """Whoever gave an order, or the role in whose name it came of itself."""
    return _resolve(regime, case, order.role, directory) if order.role else [Assignee("giver", person=order.by)]


def of_order(case: Case, obligation: str, roles: Iterable[str]) -> tuple[str, ...]:
    """The roles with addressee and giver meant of the one order that this obligation is for."""
    key = next((order.key for order in case.orders.values() if order.obligation == obligation), "")
    return tuple(f"{role}:{key}" if key and role in ("addressee", "giver") else role for role in roles)


def _handling_units(case: Case, directory: Directory) -> list[Assignee]:
    """The units that handle; one that helps may be of another kind than the one that leads."""
    alike = {case.handling_unit, *directory.units_of(case.handling_role)}
    return [Assignee(case.handling_role if unit in alike else "", unit) for unit in case.units]


def _handler(regime: Regime, case: Case, directory: Directory) -> list[Assignee]:
    if case.handler:
        return [Assignee(case.handler_role or case.handling_role, case.handling_unit, case.handler)]
    known = regime.roles.get(case.handler_role)
    if known is not None:
        stand_in = _stand_in(regime, case, known.id, directory)
        if stand_in:
            return [Assignee(stand_in)] if stand_in in regime.roles else _superiors(case, directory)
        if known.of is not None and not known.many:  # the single post of another unit, such as a stand-in's
            in_unit = case.handling_unit in directory.units_of(known.of)
        else:
            in_unit = known.many or known.group is RoleGroup.UNIT  # a single post of no unit stands above them all
        return [Assignee(known.id, case.handling_unit if in_unit else "")]
    if case.handler_role:
        return _resolve(regime, case, case.handler_role, directory)
    if case.handling_role or case.handling_unit:
        return [Assignee(case.handling_role, case.handling_unit)]
    return [Assignee("first-receiver", person=case.first_receiver)] if case.first_receiver else []


def _supervisors(regime: Regime, case: Case, directory: Directory) -> list[Assignee]:
    """The person who supervises, and the roles in whose name orders were issued."""
    person = [Assignee("supervisor", person=case.supervisor)] if case.supervisor else []
    roles = dict.fromkeys(order.role for order in case.orders.values() if order.role)
    return person + [each for role in roles for each in _resolve(regime, case, role, directory)]


def _heads(directory: Directory, unit: str) -> list[Assignee]:
    return [Assignee("", unit, person) for person in directory.heads_of(unit)] or [Assignee("", unit)]
