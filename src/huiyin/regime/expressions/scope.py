"""What a condition is evaluated against: the case as it stands now, seen through names and functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, Protocol

from huiyin.regime.expressions.fixed_names import FIXED_NAMES

Moment = date | datetime


class Scope(Protocol):
    """The values and answers that one evaluation may ask for.

    `case`, `complainant`, `respondent`, `person` and `unit` are objects with one attribute per fixed name (see
    `fixed_names`; `case.from` is the attribute `from_role`). `matter`, `facts`, `answers`, `settings` are mappings by
    field id. **None, or a key that is not there, means empty**: whoever builds the scope turns blank input into None.
    Values: text str; number int, float or Decimal; yes-no bool; choices a sequence of str; date and datetime as in
    Python, datetimes aware.

    A function may return None when it has no answer (an event that never happened, a row that is not in the table);
    the condition is then undecided unless something else decides it. A function is never called with an empty argument.
    """

    @property
    def case(self) -> Any: ...
    @property
    def complainant(self) -> Any: ...
    @property
    def respondent(self) -> Any: ...
    @property
    def person(self) -> Any: ...
    @property
    def unit(self) -> Any: ...
    @property
    def matter(self) -> Mapping[str, Any]: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...
    @property
    def answers(self) -> Mapping[str, Any]: ...
    @property
    def settings(self) -> Mapping[str, Any]: ...
    @property
    def evidence(self) -> Mapping[str, Any]:
        """What was said about the last piece of a kind, by kind and field: `receipt.amount`."""

    @property
    def now(self) -> datetime | None: ...

    def earlier(self, relation: str, state: str, period: str | None) -> int | None:
        """How many earlier cases stand in that relation; state is open, closed or any; period as `90 days`."""

    def happened(self, event: str) -> bool | None:
        """Whether the event has happened in this case."""

    def times(self, event: str) -> int | None:
        """How often the event has happened."""

    def at(self, event: str) -> datetime | None:
        """When the event last happened."""

    def days(self, first: Moment, second: Moment) -> int | None:
        """Whole days from first to second; negative when second is earlier. Likewise the next three."""

    def workdays(self, first: Moment, second: Moment) -> int | None: ...
    def hours(self, first: Moment, second: Moment) -> int | None: ...
    def months(self, first: Moment, second: Moment) -> int | None: ...

    def workday(self, moment: Moment) -> bool | None:
        """Whether it falls on a working day of the organisation."""

    def working_time(self, moment: Moment) -> bool | None:
        """Whether it falls in opening hours."""

    def hour(self, moment: Moment) -> int | None:
        """The hour, 0 to 23, in the organisation's time zone."""

    def month(self, moment: Moment) -> int | None:
        """The month, 1 to 12, in the organisation's time zone."""

    def lookup(self, table: str, key: str, column: str) -> str | None:
        """The text in a row of one of the organisation's tables."""

    def lookup_number(self, table: str, key: str, column: str) -> float | None:
        """The number in a row of one of the organisation's tables."""

    def in_table(self, table: str, key: str) -> bool | None:
        """Whether the table has a row with that key."""

    def under(self, category: str) -> bool | None:
        """Whether the case's category is that one or one below it."""

    def level(self, severity: str) -> int | None:
        """The rank of a severity; 1 is the lowest."""

    def has_evidence(self, kind: str) -> bool | None:
        """Whether evidence of that kind is on file."""

    def evidence_count(self, kind: str) -> int | None:
        """How many pieces of evidence of that kind are on file and count."""

    def sealed(self, kind: str) -> bool | None:
        """Whether there is evidence of that kind and all of it is sealed."""

    def samples(self, kind: str) -> int | None:
        """How many samples of that kind were taken."""

    def intact(self, kind: str) -> bool | None:
        """Whether seals and custody of all samples of that kind are whole; no answer while there is none."""

    def results(self, kind: str) -> int | None:
        """How many independent results of the round now running are in, of the sample that has fewest."""

    def agree(self, kind: str) -> bool | None:
        """Whether the independent results agree; no answer until all are in."""

    def voided(self, paper: str) -> bool | None:
        """Whether the paper of that number, or the latest document of that form, is void."""

    def offences(self, rule: str, period: str) -> int | None:
        """How often the person was sanctioned under the rule within the period."""

    def balance(self, ledger: str) -> float | None:
        """What stands in the person's (or unit's) ledger."""

    def stands(self, measure: str, who: str | None = None) -> bool | None:
        """Whether the measure is in force for the person concerned, or for the person or unit that is named."""


def _empty_objects() -> dict[str, SimpleNamespace]:
    objects: dict[str, SimpleNamespace] = {}
    for fixed in FIXED_NAMES:
        root, _, key = fixed.path.rpartition(".")
        if root:
            setattr(objects.setdefault(root, SimpleNamespace()), fixed.attribute or key, None)
    return objects


@dataclass
class PlainScope:
    """A scope over plain dictionaries: for tests, examples and for trying a condition out.

    `values` maps dotted paths to values (`{"matter.harm": True, "now": …}`). `functions` maps the name of a function to
    a mapping from its arguments to its answer, or to a callable; what is not listed has no answer. A function of one
    argument is keyed by that argument, others by the tuple of all of them (`earlier` always has three).
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    functions: Mapping[str, Mapping[Any, Any] | Callable[..., Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        objects = _empty_objects()
        attributes = {fixed.path: fixed.attribute for fixed in FIXED_NAMES if fixed.attribute}
        self.case, self.complainant, self.respondent = objects["case"], objects["complainant"], objects["respondent"]
        self.person, self.unit = objects["person"], objects["unit"]
        self.matter: dict[str, Any] = {}
        self.facts: dict[str, Any] = {}
        self.answers: dict[str, Any] = {}
        self.settings: dict[str, Any] = {}
        self.evidence: dict[str, Any] = {}
        self.now: datetime | None = self.values.get("now")
        for path, value in self.values.items():
            root, _, key = path.partition(".")
            if root in objects:
                setattr(objects[root], attributes.get(path, key), value)
            elif key:
                getattr(self, root)[key] = value

    def _answer(self, function: str, *arguments: Any) -> Any:
        known = self.functions.get(function)
        if callable(known):
            return known(*arguments)
        return known.get(arguments[0] if len(arguments) == 1 else arguments) if known else None

    def earlier(self, relation: str, state: str, period: str | None) -> Any:
        return self._answer("earlier", relation, state, period)

    def happened(self, event: str) -> Any:
        return self._answer("happened", event)

    def times(self, event: str) -> Any:
        return self._answer("times", event)

    def at(self, event: str) -> Any:
        return self._answer("at", event)

    def days(self, first: Moment, second: Moment) -> Any:
        return self._answer("days", first, second)

    def workdays(self, first: Moment, second: Moment) -> Any:
        return self._answer("workdays", first, second)

    def hours(self, first: Moment, second: Moment) -> Any:
        return self._answer("hours", first, second)

    def months(self, first: Moment, second: Moment) -> Any:
        return self._answer("months", first, second)

    def workday(self, moment: Moment) -> Any:
        return self._answer("workday", moment)

    def working_time(self, moment: Moment) -> Any:
        return self._answer("working_time", moment)

    def hour(self, moment: Moment) -> Any:
        return self._answer("hour", moment)

    def month(self, moment: Moment) -> Any:
        return self._answer("month", moment)

    def lookup(self, table: str, key: str, column: str) -> Any:
        return self._answer("lookup", table, key, column)

    def lookup_number(self, table: str, key: str, column: str) -> Any:
        return self._answer("lookup_number", table, key, column)

    def in_table(self, table: str, key: str) -> Any:
        return self._answer("in_table", table, key)

    def under(self, category: str) -> Any:
        return self._answer("under", category)

    def level(self, severity: str) -> Any:
        return self._answer("level", severity)

    def has_evidence(self, kind: str) -> Any:
        return self._answer("has_evidence", kind)

    def evidence_count(self, kind: str) -> Any:
        return self._answer("evidence_count", kind)

    def sealed(self, kind: str) -> Any:
        return self._answer("sealed", kind)

    def samples(self, kind: str) -> Any:
        return self._answer("samples", kind)

    def intact(self, kind: str) -> Any:
        return self._answer("intact", kind)

    def results(self, kind: str) -> Any:
        return self._answer("results", kind)

    def agree(self, kind: str) -> Any:
        return self._answer("agree", kind)

    def voided(self, paper: str) -> Any:
        return self._answer("voided", paper)

    def offences(self, rule: str, period: str) -> Any:
        return self._answer("offences", rule, period)

    def balance(self, ledger: str) -> Any:
        return self._answer("balance", ledger)

    def stands(self, measure: str, who: str | None = None) -> Any:
        return self._answer("stands", measure, who)
