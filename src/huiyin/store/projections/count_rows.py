"""What a case counts for: one row for each group of each watch."""

from functools import lru_cache

from huiyin.cases.people import Directory
from huiyin.cases.quiet import quiet_scope
from huiyin.cases.state import Case
from huiyin.regime.model import Regime, Watch
from huiyin.standing.watching import counted, is_standing
from huiyin.store.models import CaseRow, CountRow
from huiyin.store.rows import new_row


def count_rows(regime: Regime, case: Case, row: CaseRow, directory: Directory) -> list[CountRow]:
    """The rows. Affairs count for nothing; a watch that looks at the clock is judged by the clock, not by rows."""
    watches = _watches_in_rows(regime)
    if not watches:
        return []
    scope = quiet_scope(regime, case, directory)
    return [
        new_row(
            CountRow,
            case_id=row.id,
            watch=watch.id,
            group=group[:200],
            organisation_id=row.organisation_id,
            regime=row.regime,
            at=found.at,
        )
        for watch in watches
        if (found := counted(watch, case, scope, directory)) is not None
        for group in found.groups
    ]


@lru_cache(maxsize=256)
def _watches_in_rows(regime: Regime) -> tuple[Watch, ...]:
    """The watches whose cases are counted in rows."""
    return () if regime.is_affair else tuple(watch for watch in regime.watches.values() if not is_standing(watch))


def same_counts(regime: Regime, before: Case, row: CaseRow, rows: list[CountRow], directory: Directory) -> bool:
    """Whether the case counted for the same before."""
    if not _watches_in_rows(regime):
        return True
    known = {(one.watch, one.group, one.at) for one in count_rows(regime, before, row, directory)}
    return known == {(one.watch, one.group, one.at) for one in rows}
