"""A small invented organisation for stories: one person for each role, one unit for each unit role."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from huiyin.calendars import Calendar, china
from huiyin.cases.context import Context
from huiyin.cases.events import BookingReversed, LedgerBooked, SanctionConfirmed, SanctionWithdrawn
from huiyin.cases.inviting import OUTSIDE, outside_actor
from huiyin.cases.numbering import write_number
from huiyin.cases.people import SYSTEM, Actor, Holding
from huiyin.cases.scope import CaseScope
from huiyin.cases.state import Case
from huiyin.regime.model import PEOPLE_OF_A_CASE, Regime, Role, RoleGroup

from .standing_in import StandingIn

CHINA = china()


@dataclass
class World:
    """Directory and history of a story. `staff`: name → role or {role, unit}; `units`: unit role → names of units.

    Deputies (`standing_in`) have what those hold for whom they act; while a turn of a roster runs, its role is theirs alone.
    """

    regime: Regime
    calendar: Calendar = CHINA
    staff: dict[str, Any] = field(default_factory=dict)
    units: dict[str, list[str]] = field(default_factory=dict)
    earlier_cases: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, Any] = field(default_factory=dict)
    booked: list[LedgerBooked | BookingReversed] = field(default_factory=list)
    sanctioned: list[SanctionConfirmed | SanctionWithdrawn] = field(default_factory=list)
    now: datetime | None = None
    numbered: dict[str, int] = field(default_factory=dict)
    standing_in: StandingIn = field(default_factory=StandingIn)
    case_of: Callable[[str], Case | None] = lambda _id: None

    # -- directory -------------------------------------------------------------------------------------------------

    def units_of(self, role: str) -> tuple[str, ...]:
        """One unit named like the role, unless the story names its own."""
        known = self.regime.roles.get(role)
        if known is None or known.group is not RoleGroup.UNIT:
            return tuple(self.units.get(role, ()))
        return tuple(self.units.get(role, (role,)))

    def heads_of(self, unit: str) -> tuple[str, ...]:
        """The named head, or the post that sits in the unit, or a head invented for it."""
        named = [name for name, held in self.staff.items() if _role(held) == "head" and _unit(held) == unit]
        if named:
            return (*named, *self.standing_in.deputies_of(named, self.local_now))
        for role in self.regime.roles.values():
            if role.group is RoleGroup.POST and role.of and unit in self.units_of(role.of):
                holders = self.holders_of(role.id, unit)
                if holders:
                    return holders[:1]
        return (f"{unit}-head",)

    def holders_of(self, role: str, unit: str | None = None) -> tuple[str, ...]:
        """Named staff in the role, or the person invented for it."""
        named = [
            name
            for name, held in self.staff.items()
            if _role(held) == role and (unit is None or _unit(held) in ("", unit))
        ]
        on_duty = self.standing_in.on_duty(role, self.local_now)
        if on_duty:
            return on_duty
        named = named or [self._invented(role, unit)]
        return (*named, *self.standing_in.deputies_of(named, self.local_now))

    @property
    def local_now(self) -> datetime | None:
        """The time of the story, local."""
        return None if self.now is None else self.now.astimezone(self.calendar.zone)

    def unit_of(self, person: str) -> str | None:
        """The unit of a person."""
        held = self.staff.get(person)
        if held is not None and _unit(held):
            return _unit(held)
        actor = self.actor(person)
        return next((holding.unit for holding in actor.holdings if holding.unit), None)

    def parent_of(self, unit: str) -> str | None:
        """Everything stands under one top unit."""
        return None if unit == "top" else "top"

    def _invented(self, role: str, unit: str | None) -> str:
        known = self.regime.roles.get(role)
        single = known is None or not known.many or not unit or unit in (role, known.of)
        return role if single else f"{role}@{unit}"

    # -- people ----------------------------------------------------------------------------------------------------

    def actor(self, name: str) -> Actor:
        """The person of this name, role or role@unit."""
        if name == "system":
            return SYSTEM
        if name == "complainant":
            return Actor("complainant", kind="complainant")
        own = self._by_oneself(name)
        others = [self._by_oneself(each) for each in self.standing_in.represented_by(name, self.local_now)]
        held = (holding for each in (own, *others) for holding in each.holdings)
        return replace(own, holdings=frozenset(each for each in held if self._has_the_turn(each.role, name)))

    def _has_the_turn(self, role: str, name: str) -> bool:
        on_duty = self.standing_in.on_duty(role, self.local_now)
        return not on_duty or name in on_duty

    def _by_oneself(self, name: str) -> Actor:
        held = self.staff.get(name)
        role = _role(held) if held is not None else name.partition("@")[0]
        unit = _unit(held) if held is not None else name.partition("@")[2]
        if role in PEOPLE_OF_A_CASE or role == "head" or role not in self.regime.roles:
            return Actor(name, self._head_holdings(name, unit))
        return Actor(name, self._holdings(role, unit), kind=self._kind(role))

    def outside_role(self, name: str) -> Role | None:
        """The role outside that a name of the story stands for; None for everybody of the house."""
        held = self.staff.get(name)
        role = self.regime.roles.get(_role(held) if held is not None else name.partition("@")[0])
        return role if role is not None and role.group is RoleGroup.OUTSIDE else None

    def through_link(self, case: Case, name: str, now: datetime | None) -> Actor:
        """A party that can only come in by a link: in the role of an invitation that opens the case now, or as a stranger.

        The invitation is that of the same name where the party has one, else the first in its role.
        """
        role = self.outside_role(name)
        mine = [each for each in case.invitations.values() if role is not None and each.role == role.id]
        named = [each for each in mine if each.name == name] or mine
        opening = (outside_actor(case, each.key, now or case.filed_at) for each in named)
        return next((actor for actor in opening if actor), Actor(OUTSIDE, kind="outside"))

    def _kind(self, role: str) -> Any:
        return "outside" if self.regime.roles[role].group is RoleGroup.OUTSIDE else "staff"

    def _holdings(self, role: str, unit: str) -> frozenset[Holding]:
        known = self.regime.roles[role]
        unit_role = role if known.group is RoleGroup.UNIT else known.of
        if unit_role is None:
            return frozenset({Holding(role)})
        where = unit or self.units_of(unit_role)[0]
        return frozenset({Holding(role, where), Holding(unit_role, where)})

    def _head_holdings(self, name: str, unit: str) -> frozenset[Holding]:
        """A head invented for a unit belongs to it."""
        where = unit or (name.removesuffix("-head") if name.endswith("-head") else "")
        return frozenset(Holding(role, where) for role in self.regime.roles if where and where in self.units_of(role))

    # -- history ---------------------------------------------------------------------------------------------------

    def earlier(self, case: Case, relation: str, state: str, period: str | None) -> int:
        """Earlier cases as the story gives them; a `closed` date before the period does not count."""
        return sum(
            int(item.get("count", 1))
            for item in self.earlier_cases
            if item.get("relation") == relation
            and state in ("any", item.get("state", "closed"))
            and self._in(item, period)
        )

    def _in(self, item: dict[str, Any], period: str | None) -> bool:
        closed = item.get("closed")
        if not period or not isinstance(closed, date) or self.now is None:
            return True
        start = period_start(self.now.astimezone(self.calendar.zone).date(), period)
        return closed >= start

    def earlier_case(self, case: Case, relation: str, state: str) -> str:
        """A name for such a case."""
        return "earlier-case" if self.earlier(case, relation, state, None) else ""

    def offences(self, rule: str, person: str, period: str) -> int:
        """Offences the story gives, and those confirmed in it."""
        given = sum(
            int((item.get("offences") or {}).get(rule, 0)) for item in self.earlier_cases if self._in(item, period)
        )
        booked = [event for event in self.sanctioned if event.rule == rule and event.against == person]
        return given + sum(1 if isinstance(event, SanctionConfirmed) else -1 for event in booked)

    def balance(self, ledger: str, account: str) -> float:
        """What the ledger opens with and what was booked."""
        opens = self.regime.accountability.ledgers[ledger].opens_with
        return opens + sum(e.amount for e in self.booked if e.ledger == ledger and e.account == account)

    def cases(self, ids: tuple[str, ...]) -> tuple[Case, ...]:
        """Cases and affairs of the story."""
        return tuple(case for case in map(self.case_of, ids) if case is not None)

    def standing(self, against: str) -> dict[str, datetime]:
        """Measures confirmed in the story that are in force → until when."""
        confirmed = [each for each in self.sanctioned if isinstance(each, SanctionConfirmed) and each.against == against]
        gone = {(each.rule, each.imposed_at) for each in self.sanctioned if isinstance(each, SanctionWithdrawn)}
        untils = [
            (name, datetime.fromisoformat(until))
            for each in confirmed
            if (each.rule, each.at) not in gone
            for name, until in each.stands_until.items()
        ]
        return {name: until for name, until in sorted(untils, key=lambda each: each[1]) if self.now is None or until >= self.now}

    def scope(self, case: Case, now: datetime | None) -> CaseScope:
        """What conditions see of a case when nobody acts on it."""
        return CaseScope(self.regime, case, self.context(SYSTEM, now or case.filed_at))

    def context(self, actor: Actor, now: datetime, case_id: str = "story") -> Context:
        """The world for one command."""
        self.now = now
        return Context(
            now=now,
            actor=actor,
            calendar=self.calendar,
            directory=self,
            history=self,
            tables=self.tables,
            case_id=case_id,
            organisation="story",
            number=f"{now.year}-0001",
            numbering=self,
        )

    def number(self, pattern: str, day: date) -> str:
        """The next number of a register of documents; a story has registers of its own."""
        self.numbered[pattern] = self.numbered.get(pattern, 0) + 1
        return write_number(pattern, day, self.numbered[pattern])

    def blind_code(self, pattern: str, day: date) -> str:
        """The next code; a story's are in order, so that it can name them."""
        return self.number(pattern.replace("{code:", "{serial:"), day)


def period_start(today: date, period: str) -> date:
    """The first day of a period that ends today: '90 days', '12 months', 'calendar year'."""
    words = period.split()
    if words[0] == "calendar":
        return date(today.year, 1, 1) if words[1] == "year" else date(today.year, today.month, 1)
    number, unit = int(words[0]), words[1].rstrip("s")
    if unit in ("month", "year"):
        months = number * (12 if unit == "year" else 1)
        index = today.year * 12 + today.month - 1 - months
        day = min(today.day, 28)
        return date(index // 12, index % 12 + 1, day)
    days = {"day": 1, "week": 7, "workday": 1}[unit] * number
    return date.fromordinal(today.toordinal() - days)


def _role(held: Any) -> str:
    return str(held.get("role", "")) if isinstance(held, dict) else str(held or "")


def _unit(held: Any) -> str:
    return str(held.get("unit", "")) if isinstance(held, dict) else ""
