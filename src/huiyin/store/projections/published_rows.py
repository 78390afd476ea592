"""The published reply of a case."""

from huiyin.cases.publishing import published_reply
from huiyin.cases.state import Case
from huiyin.regime.model import Regime
from huiyin.store.models import CaseRow, PublishedRow
from huiyin.store.rows import new_row


def published_rows(regime: Regime, case: Case, row: CaseRow) -> list[PublishedRow]:
    """One row where the reply is public now, else none."""
    reply = published_reply(regime, case)
    if reply is None:
        return []
    made: PublishedRow = new_row(
        PublishedRow,
        case_id=row.id,
        organisation_id=row.organisation_id,
        regime=row.regime,
        regime_version=row.regime_version,
        category=case.category,
        unit=case.handling_unit,
        received_at=row.received_at,
        published_at=reply.at,
        contents=dict(reply.contents),
    )
    return [made]
