"""People, units and roles as chips."""

from django.utils.translation import gettext as _

from huiyin.application.world import World
from huiyin.cases.people import Assignee
from huiyin.regime.model import Regime
from huiyin.site.components import Who


def person_chip(person: str, world: World, me: str, role: str = "") -> Who | None:
    """A person by id; None for nobody."""
    if not person:
        return None
    if person in ("system", "complainant"):
        return Who({"system": _("系统"), "complainant": _("投诉人")}[person], role, kind="sealed")
    return Who(world.people.name_of(person), role, me=person == me)


def assignee_chip(assignee: Assignee, regime: Regime, world: World, me: str) -> Who:
    """Whose turn it is: a person, a unit, or whoever holds a role."""
    if assignee.person:
        return Who(world.people.name_of(assignee.person), me=assignee.person == me)
    if assignee.role == "complainant":
        return Who(_("投诉人"), kind="sealed")
    title = regime.role_title(assignee.role) if assignee.role else ""
    if assignee.unit:
        unit = world.people.unit_title(assignee.unit)
        return Who(unit, "" if title == unit else title, kind="unit")
    holders = world.directory(regime.id).holders_of(assignee.role)
    if len(holders) == 1:
        return Who(world.people.name_of(holders[0]), title, me=holders[0] == me)
    return Who(title or _("尚无人负责"), kind="unit")


def person_name(person: str, world: World) -> str:
    """The name of whoever did something, as stories say it."""
    names = {"system": _("系统"), "complainant": _("投诉人"), "": ""}
    return names[person] if person in names else world.people.name_of(person)
