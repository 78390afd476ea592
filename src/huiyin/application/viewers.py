"""What somebody can see of lists, as conditions a database can apply. The policy itself is `huiyin.cases.access`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from huiyin.cases.access import managing_roles
from huiyin.cases.people import Actor
from huiyin.regime.affairs import affair_id
from huiyin.regime.model import Regime, RoleGroup
from huiyin.store.models import AudienceRow
from huiyin.store.subjects import EVERYBODY, audience_subject, subjects_for

from .world import World


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody looking at lists: the subjects that mean this person, and the regimes looked after with which roles.

    `by_regime` has the subjects under each regime.
    """

    person: str
    by_regime: tuple[tuple[str, tuple[str, ...]], ...]
    manages: tuple[tuple[str, tuple[str, ...]], ...]
    units: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """All subjects that mean this person, under whatever regime."""
        return tuple(sorted({subject for _, subjects in self.by_regime for subject in subjects}))

    def audience(self, regime: str = "", *, managed: bool | None = None) -> list[str]:
        """The subjects that audience rows may name, of one regime if given; `managed` picks regimes (not) looked after.

        Nobody is let into a case merely for being on the staff.
        """
        mine = dict(self.manages)
        return [
            audience_subject(each, subject)
            for each, subjects in self.by_regime
            if regime in ("", each) and (managed is None or (each in mine) == managed)
            for subject in subjects
            if f"/{EVERYBODY}@" not in subject
        ]

    def not_barred(self) -> Q:
        """Rows of cases this person is not kept from as the accused or recused. For tables with `barred`."""
        return ~Q(barred__contains=f"|{self.person}|")

    def managed(self, regime: str) -> Q | None:
        """Rows of a regime this person looks after; None when it is not one. For tables with `regime`, `closed_to`."""
        roles = dict(self.manages).get(regime)
        if roles is None:
            return None
        open_to_me = reduce(or_, (~Q(closed_to__contains=f"|{role}|") for role in roles))
        return Q(regime=regime) & (Q(closed_to="") | open_to_me)

    def affairs(self) -> Q:
        """Rows of affairs this person may see: of the regimes looked after, and those this person is tied to."""
        subjects = [
            audience_subject(affair_id(regime, "all"), subject)
            for regime, mine in self.by_regime
            for subject in mine
            if f"/{EVERYBODY}@" not in subject
        ]
        conditions = [_tied(subjects, "id")]
        for regime, roles in self.manages:
            open_to_me = reduce(or_, (~Q(closed_to__contains=f"|{role}|") for role in roles))
            conditions.append(Q(regime__startswith=affair_id(regime, "")) & (Q(closed_to="") | open_to_me))
        return reduce(or_, conditions) & self.not_barred()

    def visible(self, *, case: str = "id") -> Q:
        """Rows this person may see at all, for narrowing a small set; `case` is the column of the case id."""
        conditions = [_tied(self.audience(), case)]
        conditions += [managed for regime, _ in self.manages if (managed := self.managed(regime)) is not None]
        return reduce(or_, conditions) & self.not_barred()


def _tied(subjects: Iterable[str], case: str) -> Q:
    """Rows whose case one of the subjects may see, looked up for each row.

    Two bounds say that the case is the same: of an equality PostgreSQL makes a list of all cases the subjects see, first.
    """
    same = {"organisation_id": OuterRef("organisation_id"), "case_id__gte": OuterRef(case), "case_id__lte": OuterRef(case)}
    return Q(Exists(AudienceRow.objects.filter(subject__in=list(subjects), **same)))


def viewer_of(world: World, who: Actor) -> Viewer:
    """The person as a viewer, over all regimes the organisation ever published."""
    known = world.viewers.get(who)
    if known is None:
        known = world.viewers[who] = _viewer(world, who)
    return known


def _viewer(world: World, who: Actor) -> Viewer:
    by_regime: list[tuple[str, tuple[str, ...]]] = []
    manages: list[tuple[str, tuple[str, ...]]] = []
    units: set[str] = set()
    for regime in latest_regimes(world):
        actor = world.actor(who, regime.id)
        subjects = subjects_for(regime.id, actor, _units_of_roles(world, regime))
        by_regime.append((regime.id, tuple(sorted(subjects))))
        units |= {holding.unit for holding in actor.holdings if holding.unit}
        roles = tuple(role for role in managing_roles(regime) if actor.holds(role))
        if roles and actor.kind == "staff":
            manages.append((regime.id, roles))
    return Viewer(who.person, tuple(by_regime), tuple(manages), tuple(sorted(units)))


def latest_regimes(world: World) -> list[Regime]:
    """Every regime the organisation has, each in the version that took effect last."""
    last = {each.regime: each.version for each in world.published}
    return [world.regime(regime, version) for regime, version in sorted(last.items())]


def _units_of_roles(world: World, regime: Regime) -> Iterable[tuple[str, str]]:
    directory = world.directory(regime.id)
    for role in regime.roles.values():
        unit_role = role.id if role.group is RoleGroup.UNIT else role.of
        if role.many and unit_role:
            for unit in directory.units_of(unit_role):
                yield role.id, unit
