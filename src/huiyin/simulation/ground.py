"""What past cases are looked at with: calendar, people and lists of the organisation, and what is known of other cases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from huiyin.calendars import Calendar
from huiyin.cases.context import Context, History
from huiyin.cases.draft import Draft
from huiyin.cases.events import Event, LeftUndecided
from huiyin.cases.people import SYSTEM, Actor, Directory
from huiyin.cases.state import Case
from huiyin.regime.model import Regime


class NobodyKnows:
    """A history that is not known: every rule that asks for other cases is left undecided."""

    def earlier(self, case: Case, relation: str, state: str, period: str | None) -> Any:
        """Nothing: the condition that asks is undecided."""
        return None

    def earlier_case(self, case: Case, relation: str, state: str) -> str:
        """No case."""
        return ""

    def offences(self, rule: str, person: str, period: str) -> Any:
        """Nothing, as `earlier`."""
        return None

    def balance(self, ledger: str, account: str) -> Any:
        """Nothing, as `earlier`."""
        return None

    def standing(self, against: str) -> Any:
        """Nothing, as `earlier`."""
        return None

    def cases(self, ids: tuple[str, ...]) -> tuple[Case, ...]:
        """No case: only papers tell of others, and none is made."""
        return ()


_UNKNOWN = NobodyKnows()
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
OTHER_CASES = ("earlier(", "offences(", "balance(", "stands(")
"""How functions that ask for other cases begin in what a condition misses."""


def _nothing_known(_at: datetime) -> History:
    return _UNKNOWN


@dataclass(frozen=True, slots=True)
class Ground:
    """The organisation as a regime sees it today: units and lists of the past are not kept.

    `history` gives what is known of other cases as of a moment.
    """

    calendar: Calendar
    directory: Directory
    tables: Mapping[str, Mapping[str, Mapping[str, object]]]
    history: Callable[[datetime], History] = _nothing_known

    def context(self, at: datetime, case_id: str, organisation: str, actor: Actor = SYSTEM) -> Context:
        """What a decision at that moment may look at."""
        return Context(
            at, actor, self.calendar, self.directory, self.history(at), self.tables, case_id=case_id, organisation=organisation
        )


class Looking(Draft):
    """A draft that looks at a case as it was at a moment: rules are asked, nothing is folded.

    `left`: rule → what it lacked, gathered while looking; `contexts`: the moments of this case that were looked at, which two
    drafts on one ground may share.
    """

    def __init__(self, regime: Regime, ground: Ground) -> None:
        self.ground = ground
        self.contexts: dict[datetime, Context] = {}
        self.left: dict[str, tuple[str, ...]] = {}
        super().__init__(regime, None, ground.context(_BEFORE_ALL, "", ""))

    def look(self, case: Case, at: datetime, severity: str) -> None:
        """Turn to a case as it was, graded as this regime grades it."""
        case.severity = severity
        if self._case is not case or self.context.now != at:
            self._case, self._scope = case, None    # what conditions see is kept until the next case or moment
            known = self.contexts.get(at)
            if known is None:
                known = self.contexts[at] = self.ground.context(at, case.id, case.organisation)
            self.context = known

    def add(self, event: Event) -> None:
        """Take note of what a rule lacks."""
        if isinstance(event, LeftUndecided):
            self.left[event.table] = event.missing
