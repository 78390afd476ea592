"""What is owed on a case, one row for each whom it concerns."""

from datetime import UTC, datetime

from huiyin.cases.people import Assignee, Directory
from huiyin.cases.state import Case
from huiyin.cases.turns import Turn, turns
from huiyin.regime.affairs import split_affair_id
from huiyin.regime.model import Regime
from huiyin.store.models import CaseRow, TurnRow
from huiyin.store.rows import new_row
from huiyin.store.subjects import NOBODY, subject_of

NO_DUE = datetime(9999, 1, 1, tzinfo=UTC)
"""Where something without a figure stands in a list by due time: last."""


def turn_rows(regime: Regime, case: Case, row: CaseRow, directory: Directory) -> list[TurnRow]:
    """The rows, in an order that depends on the case alone."""
    rows: list[TurnRow] = []
    for turn in turns(regime, case, directory):
        distinct = {subject_of(case.regime, one): one for one in reversed(turn.assignees)}
        for place, (subject, assignee) in enumerate(sorted(distinct.items()) or [(NOBODY, Assignee(""))]):
            rows.append(_row(case, row, turn, subject, assignee, len(rows), leading=place == 0))
    return rows


def _row(
    case: Case, row: CaseRow, turn: Turn, subject: str, assignee: Assignee, position: int, *, leading: bool
) -> TurnRow:
    return new_row(
        TurnRow,
        case_id=row.id,
        position=position,
        organisation_id=row.organisation_id,
        regime=split_affair_id(case.regime)[0],  # who looks after a regime looks after its affairs
        subject=subject,
        kind=turn.kind,
        key=turn.key,
        work=turn.work,
        title=turn.title[:200],
        due=turn.due,
        due_order=turn.due or NO_DUE,
        provisional=turn.provisional,
        overdue=turn.overdue,
        paused=turn.paused,
        since=turn.since,
        cite=list(turn.cite),
        role=assignee.role,
        unit=assignee.unit,
        person=assignee.person,
        number=case.number,
        case_title=row.title,
        case_kind=case.kind,
        confidential=row.confidential,
        severity=case.severity,
        severity_rank=row.severity_rank,
        barred=row.barred,
        closed_to=row.closed_to,
        leading=leading,
    )
