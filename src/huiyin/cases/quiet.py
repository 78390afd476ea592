"""A scope for looking at a case when nobody acts: no earlier cases, no tables, no clock but the case's own."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from huiyin.calendars import Calendar, china
from huiyin.regime.model import Regime

from .context import Context, History
from .people import SYSTEM, Directory
from .scope import CaseScope
from .state import Case


class _Nobody:
    """A directory of nobody and a history of nothing."""

    def units_of(self, role: str) -> tuple[str, ...]:
        return ()

    def heads_of(self, unit: str) -> tuple[str, ...]:
        return ()

    def holders_of(self, role: str, unit: str | None = None) -> tuple[str, ...]:
        return ()

    def unit_of(self, person: str) -> str | None:
        return None

    def parent_of(self, unit: str) -> str | None:
        return None

    def earlier(self, case: Case, relation: str, state: str, period: str | None) -> int:
        return 0

    def earlier_case(self, case: Case, relation: str, state: str) -> str:
        return ""

    def offences(self, rule: str, person: str, period: str) -> int:
        return 0

    def balance(self, ledger: str, account: str) -> float:
        return 0.0

    def cases(self, ids: tuple[str, ...]) -> tuple[Case, ...]:
        return ()

    def standing(self, against: str) -> Mapping[str, datetime]:
        return {}


_NOBODY = _Nobody()
NO_HISTORY: History = _NOBODY
"""No earlier cases at all: for forecasts to people who may not know of any."""

_NO_TABLES: Mapping[str, Mapping[str, Mapping[str, object]]] = {}


@cache
def _calendar() -> Calendar:
    return china()


def quiet_scope(regime: Regime, case: Case, directory: Directory = _NOBODY) -> CaseScope:
    """What conditions may see of a case by itself, or with the organisation's people around it."""
    context = Context(case.filed_at, SYSTEM, _calendar(), directory, _NOBODY, _NO_TABLES)
    return CaseScope(regime, case, context)
