"""Who does what in the demo: planned posts first, then somebody for every role a pack has and nobody holds yet."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from huiyin.organisations.demo.tree import BranchPlan, PersonPlan, plan
from huiyin.organisations.models import Holding, Organisation, Staff, Unit, UnitKind, UnitRole
from huiyin.organisations.stamps import people_changed

if TYPE_CHECKING:
    from huiyin.regime.model import Regime, Role

_SEATS_OF_A_BODY = 3


def give_posts(organisation: Organisation, branch: BranchPlan, regime: "Regime") -> None:
    """Let units play the regime's unit roles and people hold its posts, so that no role is without people."""
    _Posts(organisation, branch, regime).give()
    people_changed(organisation.pk)


def _names() -> Iterator[str]:
    """Invented names without end: the reserve, then its surnames with its given names, ever more of them."""
    reserve = plan().reserve
    yield from reserve
    surnames = [name[:-2] for name in reserve]
    given = [name[-2:] for name in reserve]
    for shift in range(1, len(reserve)):
        yield from (surname + given[(number + shift) % len(given)] for number, surname in enumerate(surnames))
    yield from (f"{surname}{one}{other[-1]}" for surname in surnames for one in given for other in given)


class _Posts:
    """The work of `give_posts`, with what it looks up once."""

    def __init__(self, organisation: Organisation, branch: BranchPlan, regime: "Regime") -> None:
        self.organisation = organisation
        self.branch = branch
        self.regime = regime
        self.units = {unit.key: unit for unit in Unit.objects.filter(organisation=organisation)}
        self.staff = {one.person: one for one in Staff.objects.filter(organisation=organisation).select_related("unit")}
        self.house = self.units[branch.key]
        self.playing: dict[str, list[Unit]] = {}
        self.held: set[str] = set()

    def give(self) -> None:
        from huiyin.regime.model import RoleGroup

        bodies = [role for role in self.regime.roles.values() if role.group is RoleGroup.BODY]
        for role in bodies:
            self._play(self._unit(role.id, role.title, UnitKind.BODY), role.id)
        for unit in self.branch.units:
            for role_id in unit.roles:
                if role_id in self.regime.roles:
                    self._play(self.units[unit.key], role_id)
            for person in unit.people:
                for role_id in person.posts:
                    if role_id in self.regime.roles:
                        self._hold(self.staff[person.person], self.regime.roles[role_id])
        self._fill_units()
        self._fill_posts()
        for role in bodies:
            if role.id not in self.held:
                for member in self._members():
                    self._hold(member, role)

    def _members(self) -> list[Staff]:
        """Who sits in a body nobody was planned for: the heads of the branch's units, or else people of its house."""
        heads = [self.staff[unit.people[0].person] for unit in self.branch.units]
        own = [one for one in self.staff.values() if one.unit.parent_id == self.house.pk]
        return (heads or own or [self._newcomer(self.house, "成员")])[:_SEATS_OF_A_BODY]

    def _fill_units(self) -> None:
        """A unit role or an outside party that nobody plays gets a unit of its own; two when there are many."""
        from huiyin.regime.model import RoleGroup

        for role in self.regime.roles.values():
            if role.group in (RoleGroup.UNIT, RoleGroup.OUTSIDE) and role.id not in self.playing:
                kind = UnitKind.OUTSIDE if role.group is RoleGroup.OUTSIDE else UnitKind.DEPARTMENT
                for number in ("一", "二") if role.many else ("",):
                    unit = self._unit(f"{role.id}{'-2' * (number == '二')}", role.title + number, kind)
                    unit.heads.add(self._newcomer(unit, role.title))
                    self._play(unit, role.id)

    def _fill_posts(self) -> None:
        """A post that nobody holds goes to the heads of the units it belongs to, or to somebody new."""
        from huiyin.regime.model import RoleGroup

        for role in self.regime.roles.values():
            if role.group is not RoleGroup.POST or role.id in self.held:
                continue
            heads = [head for unit in self.playing.get(role.of or "", ()) for head in unit.heads.all()]
            for holder in heads or [self._newcomer(self._unit("posts", f"{self.house.title}其他岗位"), role.title)]:
                self._hold(holder, role)

    def _play(self, unit: Unit, role_id: str) -> None:
        UnitRole.objects.get_or_create(unit=unit, regime=self.regime.id, role=role_id)
        self.playing.setdefault(role_id, []).append(unit)

    def _hold(self, staff: Staff, role: "Role") -> None:
        """A post of which there are many, or that belongs to a unit, sits where its holder works."""
        from huiyin.regime.model import RoleGroup

        unit = self.playing[role.id][0] if role.group is RoleGroup.BODY else None
        if role.many or role.of:
            unit = staff.unit
        Holding.objects.get_or_create(staff=staff, regime=self.regime.id, role=role.id, unit=unit)
        self.held.add(role.id)

    def _unit(self, name: str, title: str, kind: str = UnitKind.DEPARTMENT) -> Unit:
        key = f"{self.branch.key}-{name}"
        if key not in self.units:
            self.units[key] = Unit.objects.create(
                organisation=self.organisation, key=key, title=title, kind=kind,
                parent=None if kind == UnitKind.OUTSIDE else self.house,
            )
        return self.units[key]

    def _newcomer(self, unit: Unit, title: str) -> Staff:
        """Somebody new from the reserve of names."""
        from huiyin.organisations.demo.install import add_people

        taken = {one.name for one in self.staff.values()}
        name = next(name for name in _names() if name not in taken)
        number = sum(one.person.startswith(f"{self.branch.key}-") for one in self.staff.values()) + 1
        person = PersonPlan(f"{self.branch.key}-{number}", name, title, (), administrator=False, show=False)
        prefix = "yl-" if self.organisation.rehearsal else ""
        added = add_people(self.organisation, [(unit, person)], prefix)[person.person]
        self.staff[person.person] = added
        return added
