"""All projections of a case at once: what a command writes, what `rebuild` writes again, what `verify` compares with."""

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.cases.events import Event
from huiyin.cases.people import Directory
from huiyin.cases.state import Case
from huiyin.records import made_quickly
from huiyin.regime.model import Regime
from huiyin.store.log import Head
from huiyin.store.models import AudienceRow, BookingRow, CaseRow, CountRow, OrderRow, PublishedRow, SanctionRow, TurnRow
from huiyin.store.rows import new_row
from huiyin.store.subjects import audience_subject

from .audience import Audience, audience_of
from .case_row import case_row
from .count_rows import count_rows
from .ledger_rows import booking_rows, sanction_rows
from .order_rows import order_rows
from .published_rows import published_rows
from .search_words import search_words
from .turn_rows import turn_rows


@made_quickly
@dataclass(frozen=True, slots=True)
class Projections:
    """The rows of one case, and the text it is found by (left empty where it is known to be as before)."""

    case: CaseRow
    turns: list[TurnRow]
    audience: list[AudienceRow]
    sanctions: list[SanctionRow]
    bookings: list[BookingRow]
    counts: list[CountRow]
    orders: list[OrderRow]
    published: list[PublishedRow]
    words: str


def projections_of(
    regime: Regime,
    directory: Directory,
    case: Case,
    head: Head,
    people_as_of: str,
    numbered: Sequence[tuple[int, Event]],
    audience: Audience | None = None,
    *,
    same_words: bool = False,
) -> Projections:
    """Compute them. `numbered` are the events to look through for ledgers, with their sequence numbers.

    `audience` is given when it is known to be as before; `same_words` says that the text is.
    """
    audience = audience or audience_of(regime, case, directory)
    row = case_row(regime, case, head, audience, people_as_of)
    return Projections(
        case=row,
        turns=turn_rows(regime, case, row, directory),
        audience=[
            new_row(
                AudienceRow,
                organisation_id=row.organisation_id,
                subject=audience_subject(row.regime, subject),
                case_id=row.id,
                closed=bool(row.closed_to),
                received_at=row.received_at,
                state=row.state,
                barred=row.barred,
            )
            for subject in audience.subjects
        ],
        sanctions=sanction_rows(row, numbered),
        bookings=booking_rows(row, numbered),
        counts=count_rows(regime, case, row, directory),
        orders=order_rows(regime, case, row, directory),
        published=published_rows(regime, case, row),
        words="" if same_words else search_words(regime, case),
    )
