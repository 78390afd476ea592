"""Everything a decision may look at that is not in the case or the regime."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from huiyin.calendars import Calendar
from huiyin.records import made_quickly

from .people import Actor, Directory
from .state import Case

Tables = Mapping[str, Mapping[str, Mapping[str, object]]]
"""The organisation's lists: table → key → column → value."""


class History(Protocol):
    """What other cases say. Periods are written as in the regime language ('90 days', 'calendar year')."""

    def earlier(self, case: Case, relation: str, state: str, period: str | None) -> int:
        """Number of earlier cases in this relation (same-matter, same-respondent …) and state (open, closed, any)."""
        ...

    def earlier_case(self, case: Case, relation: str, state: str) -> str:
        """The id of the latest such case, or an empty string."""
        ...

    def offences(self, rule: str, person: str, period: str) -> int:
        """Confirmed sanctions under this rule against the person in the period, this case included."""
        ...

    def balance(self, ledger: str, account: str) -> float:
        """The present balance of an account of a ledger."""
        ...

    def cases(self, ids: tuple[str, ...]) -> tuple[Case, ...]:
        """Cases and affairs of the organisation as they stand, in the order of their ids; without what is not there."""
        ...

    def standing(self, against: str) -> Mapping[str, datetime] | None:
        """Measures of the regime in force for a person or unit → until when (`FOREVER` without an end); None: not known."""
        ...


class Numbering(Protocol):
    """Numbers of documents: gapless in each register, used up only when the command is carried out."""

    def number(self, pattern: str, day: date) -> str:
        """The next number of the register of this pattern, e.g. `督〔2026〕0001` for `督〔{year}〕{serial:04}`."""
        ...

    def blind_code(self, pattern: str, day: date) -> str:
        """A code in this pattern (`B{code:5}`) that nobody can guess and that nothing else of the organisation has."""
        ...


@made_quickly
@dataclass(frozen=True, slots=True)
class Context:
    """The world at the moment of a command.

    `now` is timezone-aware and comes from outside; `number` is the register number to use if this command files a case;
    `numbering` gives documents theirs (None: numbers within the case);
    `tables` are the organisation's lists as they are now.
    """

    now: datetime
    actor: Actor
    calendar: Calendar
    directory: Directory
    history: History
    tables: Tables
    case_id: str = ""
    organisation: str = ""
    number: str = ""
    numbering: Numbering | None = None
