"""Dropping and rebuilding projections from events."""

from collections.abc import Iterable, Sequence
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from huiyin.cases.evolve import evolve

from . import search_index
from .loading import kept
from .log import Head, read_event
from .models import AudienceRow, BookingRow, CaseRow, CountRow, EventRow, OrderRow, SanctionRow, TurnRow
from .projections.everything import Projections, projections_of
from .replay import Around, Chain, chains
from .rows import insert_rows

BATCH = 500


def rebuild_projections(organisation_id: UUID, around: Around) -> int:
    """Compute all projections of an organisation anew; gives the number of cases. Batches are whole in themselves."""
    kept.clear()
    waiting = chains(organisation_id)
    count = 0
    while portion := list(islice(waiting, BATCH)):
        count += len(portion)
        _rebuild(portion, around)
    _drop_without_events(organisation_id)
    return count


def replayed(chain: Chain, around: Around) -> Projections:
    """The projections of a chain. Raises ValueError, KeyError or ValidationError when the events do not fold."""
    events = [read_event(row) for row in chain.rows]
    case = evolve(None, events)
    head = Head(chain.rows[-1].sequence, chain.rows[-1].digest)
    regime = around.regime(case.regime, case.regime_version)
    numbered = list(enumerate(events, start=1))
    return projections_of(regime, around.directory(case.regime), case, head, around.people_as_of, numbered)


@transaction.atomic
def _rebuild(portion: Sequence[Chain], around: Around) -> None:
    made = [replayed(chain, around) for chain in portion]
    case_ids = [one.case.id for one in made]
    _drop(case_ids)
    insert_rows([one.case for one in made])
    for rows in (
        [row for one in made for row in one.turns],
        [row for one in made for row in one.audience],
        [row for one in made for row in one.sanctions],
        [row for one in made for row in one.bookings],
        [row for one in made for row in one.counts],
        [row for one in made for row in one.orders],
    ):
        insert_rows(rows)
    search_index.write([(one.case.search_id, one.words) for one in made], new=False)


def _drop(case_ids: Iterable[UUID]) -> None:
    ids = list(case_ids)
    for model in (TurnRow, AudienceRow, SanctionRow, BookingRow, CountRow, OrderRow):
        model.objects.filter(case_id__in=ids)._raw_delete("default")  # noqa: SLF001
    CaseRow.objects.filter(id__in=ids)._raw_delete("default")  # noqa: SLF001


@transaction.atomic
def _drop_without_events(organisation_id: UUID) -> None:
    events = EventRow.objects.filter(case_id=OuterRef("id"))
    lost = list(CaseRow.objects.filter(~Exists(events), organisation_id=organisation_id).values_list("id", "search_id"))
    _drop(case_id for case_id, _ in lost)
    search_index.clear([search_id for _, search_id in lost])
