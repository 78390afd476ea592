"""What conditions see of a case: the names documented in docs/regime-language.md, section 3."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from huiyin.records import replace
from huiyin.regime.affairs import MEASURE
from huiyin.regime.expressions import Undecided
from huiyin.regime.model import Condition, Regime

from .people import known_person
from .recalled import is_void
from .samples.agreeing import are_intact, do_agree, of_kind, results_in
from .state import Case, Evidence

if TYPE_CHECKING:
    from .context import Context


class _Names:
    """A bag of attributes such as `case.kind`; made once per evaluation, so kept bare."""

    def __init__(self, **names: Any) -> None:
        self.__dict__.update(names)


class _CaseNames:
    """`case.*`: read one by one, for a condition asks for one or two of them. Numbers are decimals, as in conditions."""

    __slots__ = ("_case", "_scope", "_units")

    def __init__(self, case: Case, units: int | None, scope: "CaseScope") -> None:
        self._case = case
        self._units = units
        self._scope = scope

    kind = property(lambda self: self._case.kind)
    channel = property(lambda self: self._case.channel)
    category = property(lambda self: self._case.category)
    severity = property(lambda self: self._case.severity)
    received_at = property(lambda self: self._case.received_at)
    off_hours = property(lambda self: self._case.off_hours)
    anonymous = property(lambda self: self._case.complainant.anonymous)
    reachable = property(lambda self: self._case.complainant.reachable)
    from_role = property(lambda self: self._case.passed_on_by)
    points = property(lambda self: float(len(self._case.points)))
    touched_at = property(lambda self: self._case.touched_at or self._case.filed_at)
    term_over = property(lambda self: self._scope.term_over)
    handler_gone = property(lambda self: self._scope.handler_gone)

    @property
    def round(self) -> float:
        """The round now running."""
        return float(max((run.round for run in self._case.steps.values()), default=1))

    @property
    def units(self) -> float:
        """How many units handle, or would by the routing that is being decided."""
        return float(len(self._case.units) if self._units is None else self._units)


class CaseScope:
    """A `huiyin.regime.expressions` scope over a case.

    `units` overrides the number of handling units while routing is being decided; `person`/`unit` are set for
    accountability rules only; `piece` is the piece of evidence being judged, which then speaks for its kind.
    """

    def __init__(
        self,
        regime: Regime,
        case: Case,
        context: "Context",
        *,
        person: str = "",
        units: int | None = None,
        piece: Evidence | None = None,
    ) -> None:
        self.regime = regime
        self._case = case
        self._context = context
        self._units = units
        self._judging: set[str] = set()
        self._about = person
        self._piece = piece
        self.matter: Mapping[str, Any] = case.matter
        self.facts: Mapping[str, Any] = case.facts
        self.answers: Mapping[str, Any] = case.answers
        self.settings: Mapping[str, Any] = regime.answers
        self.now = context.now

    # -- variables -------------------------------------------------------------------------------------------------

    @property
    def case(self) -> "_CaseNames":
        """`case.*`"""
        return _CaseNames(self._case, self._units, self)

    @property
    def handler_gone(self) -> bool:
        """Whether the case is in the hands of somebody who holds no post any more."""
        who = self._case.handler
        return bool(who) and not known_person(self.regime, self._context.directory, who)

    @property
    def term_over(self) -> bool:
        """Whether a measure that is carried out for some time has lasted that long; true of everything that does not last."""
        occasion = self._case.occasion
        lasts = occasion.end if occasion and self._case.kind == MEASURE else None
        return lasts is None or self.now >= lasts

    @property
    def occasion(self) -> Mapping[str, Any]:
        """`occasion.*`: the period of an affair, for its limit."""
        occasion = self._case.occasion
        return {"due": occasion.due} if occasion else {}

    @property
    def complainant(self) -> _Names:
        """`complainant.*`"""
        who = self._case.complainant
        return _Names(is_staff=who.is_staff, is_organisation=who.is_organisation, people=float(who.people))

    @property
    def respondent(self) -> _Names:
        """`respondent.*`"""
        who, case = self._case.respondent, self._case
        heads = self._context.directory.heads_of(who.unit) if who.unit else ()
        return _Names(
            kind=who.kind,
            unit=who.unit or None,  # not known is not given, and no unit of that name
            is_self=who.kind == "organisation" or (who.kind == "unit" and bool(who.unit)),
            is_head=bool(who.person) and who.person in heads,
            is_handler=bool(who.person) and who.person == case.handler,
        )

    @property
    def person(self) -> _Names:
        """`person.*`: whom an accountability rule is about."""
        directory = self._context.directory
        unit = directory.unit_of(self._about) if self._about else None
        is_head = unit is not None and self._about in directory.heads_of(unit)
        roles = [role for role in self.regime.roles if self._about in directory.holders_of(role)]
        return _Names(role=roles[0] if roles else "", is_head=is_head)

    @property
    def unit(self) -> _Names:
        """`unit.*`"""
        return _Names(id=self._about)

    @property
    def evidence(self) -> Mapping[str, Any]:
        """`evidence('receipt').amount`, as `receipt.amount`: of the piece being judged, else the last one that says it."""
        pieces = (*self._case.evidence, *((self._piece,) if self._piece else ()))
        said = {f"{item.kind}.{name}": value for item in pieces for name, value in item.data.items()}
        if self._piece is not None:
            own = f"{self._piece.kind}."
            said = {path: value for path, value in said.items() if not path.startswith(own)}
            said |= {own + name: value for name, value in self._piece.data.items()}
        return said

    # -- helpers of the core ---------------------------------------------------------------------------------------

    def with_values(self, section: str, values: Mapping[str, Any]) -> "CaseScope":
        """The same scope with these values laid over `matter`, `facts` or `answers`, or as data of the `evidence` piece."""
        scope = object.__new__(CaseScope)
        scope.__dict__ = {**self.__dict__, "_judging": set()}
        if section == "evidence":
            assert self._piece is not None
            scope._piece = replace(self._piece, data=values)
            return scope
        setattr(scope, section, {**getattr(self, section), **values})
        return scope

    def holds(self, condition: Condition | None, undecided: bool = False) -> bool:
        """Whether it holds; `undecided` is the answer where a fact is missing and caution has a side to take."""
        if condition is None:
            return True
        try:
            return bool(condition.evaluate(self))
        except Undecided:
            return undecided

    # -- functions -------------------------------------------------------------------------------------------------

    def earlier(self, relation: str, state: str = "any", period: str | None = None) -> int:
        """Number of earlier cases in this relation."""
        return self._context.history.earlier(self._case, relation, state, period)

    def happened(self, name: str) -> bool:
        """Whether the event has happened."""
        return name in self._case.signals

    def times(self, name: str) -> int:
        """How often the event has happened."""
        signal = self._case.signals.get(name)
        return signal.count if signal else 0

    def at(self, name: str) -> datetime | None:
        """When it happened last."""
        signal = self._case.signals.get(name)
        return signal.last if signal else None

    def days(self, start: Any, end: Any) -> int:
        """Whole days between two times."""
        return self._context.calendar.days_between(self.moment(start), self.moment(end))

    def workdays(self, start: Any, end: Any) -> int:
        """Whole working days between two times."""
        return self._context.calendar.workdays_between(self.moment(start), self.moment(end))

    def hours(self, start: Any, end: Any) -> int:
        """Whole hours between two times."""
        return self._context.calendar.hours_between(self.moment(start), self.moment(end))

    def months(self, start: Any, end: Any) -> int:
        """Whole months between two times."""
        return self._context.calendar.months_between(self.moment(start), self.moment(end))

    def workday(self, moment: Any) -> bool:
        """Whether that is a working day."""
        return self._context.calendar.is_workday(self.moment(moment).astimezone(self._context.calendar.zone).date())

    def working_time(self, moment: Any) -> bool:
        """Whether that is within opening hours."""
        return self._context.calendar.works_at(self.moment(moment))

    def hour(self, moment: Any) -> int:
        """The hour in the organisation's time zone."""
        return self.moment(moment).astimezone(self._context.calendar.zone).hour

    def month(self, moment: Any) -> int:
        """The month in the organisation's time zone."""
        return self.moment(moment).astimezone(self._context.calendar.zone).month

    def lookup(self, table: str, key: str, column: str) -> str | None:
        """A cell of an organisation's table; None when there is no such row, so that a person decides."""
        value = self._context.tables.get(table, {}).get(str(key), {}).get(column)
        return None if value in (None, "") else str(value)

    def lookup_number(self, table: str, key: str, column: str) -> float | None:
        """A cell that holds a number; None when there is no such row."""
        value = self.lookup(table, key, column)
        return None if value is None else float(value)

    def in_table(self, table: str, key: str) -> bool:
        """Whether the table has such a row."""
        return str(key) in self._context.tables.get(table, {})

    def under(self, category: str) -> bool:
        """Whether the case's category is this one or below it."""
        return self.regime.is_under(self._case.category, category)

    def level(self, severity: str) -> int:
        """Rank of a severity, 1 is lowest."""
        return self.regime.severity.rank(severity)

    def has_evidence(self, kind: str) -> bool:
        """Whether evidence of this kind is in the file and counts; what cannot be told yet counts until it can."""
        if not self._counting(kind):
            return False
        known = self.regime.intake.evidence.get(kind)
        if known is None or known.admissible is None or kind in self._judging:
            return True
        self._judging.add(kind)  # a condition that asks for the very kind it is about asks whether it is there at all
        try:
            return self.holds(known.admissible, undecided=True)
        finally:
            self._judging.discard(kind)

    def evidence_count(self, kind: str) -> int:
        """How many pieces of this kind count; none where the kind does not."""
        return len(self._counting(kind)) if self.has_evidence(kind) else 0

    def sealed(self, kind: str) -> bool:
        """Whether there is evidence of this kind and all of it is sealed."""
        pieces = [item for item in self._case.evidence if item.kind == kind]
        return bool(pieces) and all(item.sealed for item in pieces)

    def _counting(self, kind: str) -> list[Evidence]:
        """Pieces of the kind, those left out that were found to have no force."""
        levels = self.regime.intake.force
        return [
            item
            for item in self._case.evidence
            if item.kind == kind and (item.force not in levels or levels[item.force].counts)
        ]

    def samples(self, kind: str) -> int:
        """How many samples of the kind were taken."""
        return len(of_kind(self._case, kind))

    def intact(self, kind: str) -> bool | None:
        """Whether seals and custody of all samples of the kind are whole."""
        return are_intact(self._case, kind)

    def results(self, kind: str) -> int:
        """How many independent results are in."""
        return results_in(self._case, self.regime.samples[kind])

    def agree(self, kind: str) -> bool | None:
        """Whether the independent results agree."""
        return do_agree(self._case, self.regime.samples[kind])

    def voided(self, paper: str) -> bool:
        """Whether a paper is void: by its number, or the latest document of the form of that id."""
        return is_void(self._case, paper)

    def offences(self, rule: str, period: str) -> int:
        """Confirmed sanctions under the rule against the person concerned."""
        return self._context.history.offences(rule, self._about or self._case.respondent.person, period)

    def balance(self, ledger: str) -> float:
        """Balance of the person concerned."""
        return self._context.history.balance(ledger, self._about or self._case.respondent.person)

    def stands(self, measure: str, who: str | None = None) -> bool | None:
        """Whether the measure is in force for the person concerned, or for whoever is named; None where that is not known."""
        against = who or self._about or self._case.respondent.person
        known = self._context.history.standing(against) if against else {}
        return None if known is None else measure in known

    def standing(self, against: str) -> Mapping[str, datetime]:
        """Measures that are in force for a person or unit → until when."""
        return (self._context.history.standing(against) if against else None) or {}

    def count(self, items: Any) -> int:
        """Length of a list."""
        return len(items)

    def moment(self, value: Any) -> datetime:
        """A stored date or datetime as an aware datetime; a bare date is its midnight in the organisation's zone."""
        zone = self._context.calendar.zone
        if isinstance(value, str):
            value = datetime.fromisoformat(value)  # a bare date reads as its midnight
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time())
        moment: datetime = value
        return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
