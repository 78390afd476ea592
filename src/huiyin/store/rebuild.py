"""Dropping and rebuilding projections from events."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef

from huiyin.cases.evolve import evolve

from . import search_index
from .loading import kept
from .log import Head, read_event
from .models import AudienceRow, BookingRow, CaseRow, CountRow, EventRow, OrderRow, PublishedRow, SanctionRow, TurnRow
from .one_writer import one_writer
from .projections.everything import Projections, projections_of
from .replay import Around, Chain, chains
from .rows import insert_rows

BATCH = 500


def rebuild_projections(organisation_id: UUID, around: Around) -> int:
    """Compute all projections of an organisation anew; gives the number of cases. Batches are whole in themselves."""
    count, last = 0, None
    while portion := next_cases(organisation_id, last, BATCH):
        with one_writer(), transaction.atomic():
            rebuild_cases(organisation_id, portion, around)
        count, last = count + len(portion), portion[-1]
    with one_writer(), transaction.atomic():
        drop_without_events(organisation_id)
    return count


def count_cases(organisation_id: UUID) -> int:
    """How many cases have events."""
    return EventRow.objects.filter(organisation_id=organisation_id).aggregate(cases=Count("case_id", distinct=True))["cases"] or 0


def next_cases(organisation_id: UUID, after: UUID | None, most: int) -> list[UUID]:
    """The next cases that have events, in the order of their ids."""
    events = EventRow.objects.filter(organisation_id=organisation_id, **({"case_id__gt": after} if after else {}))
    return list(events.order_by("case_id").values_list("case_id", flat=True).distinct()[:most])


def rebuild_cases(organisation_id: UUID, case_ids: Sequence[UUID], around: Around) -> None:
    """Compute the projections of these cases anew, in the caller's transaction.

    The rows are locked before the events are read: whoever changes one of the cases meanwhile waits for the end.
    """
    kept.clear()
    list(CaseRow.objects.filter(id__in=case_ids).order_by("id").select_for_update().values_list("id"))
    _rebuild(list(chains(organisation_id, case_ids)), around)


def replayed(chain: Chain, around: Around) -> Projections:
    """The projections of a chain. Raises ValueError, KeyError or ValidationError when the events do not fold."""
    events = [read_event(row) for row in chain.rows]
    case = evolve(None, events)
    head = Head(chain.rows[-1].sequence, chain.rows[-1].digest)
    regime = around.regime(case.regime, case.regime_version)
    numbered = list(enumerate(events, start=1))
    return projections_of(regime, around.directory(case.regime), case, head, around.people_as_of, numbered)


def _rebuild(portion: Sequence[Chain], around: Around) -> None:
    made = [replayed(chain, around) for chain in portion]
    _write_cases([one.case for one in made])
    for rows in (
        [row for one in made for row in one.turns],
        [row for one in made for row in one.audience],
        [row for one in made for row in one.sanctions],
        [row for one in made for row in one.bookings],
        [row for one in made for row in one.counts],
        [row for one in made for row in one.orders],
        [row for one in made for row in one.published],
    ):
        insert_rows(rows)
    search_index.write([(one.case.search_id, one.words) for one in made], new=False)


def _write_cases(rows: Sequence[CaseRow]) -> None:
    """Write cases in place, so that whoever waits for the lock on one finds it; all that hangs on them is dropped.

    Rows that were tampered with may hold each other's numbers: then they are replaced.
    """
    case_ids = [row.id for row in rows]
    _drop_around(case_ids)
    columns = [field.name for field in CaseRow._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
    try:
        with transaction.atomic():
            CaseRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=columns)
    except IntegrityError:
        _drop(case_ids)
        insert_rows(rows)


def _drop(case_ids: Iterable[UUID]) -> None:
    ids = list(case_ids)
    _drop_around(ids)
    CaseRow.objects.filter(id__in=ids)._raw_delete("default")  # noqa: SLF001


def _drop_around(ids: Sequence[UUID]) -> None:
    for model in (TurnRow, AudienceRow, SanctionRow, BookingRow, CountRow, OrderRow, PublishedRow):
        model.objects.filter(case_id__in=ids)._raw_delete("default")  # noqa: SLF001


def drop_without_events(organisation_id: UUID) -> None:
    """Remove cases that have no events, in the caller's transaction."""
    events = EventRow.objects.filter(case_id=OuterRef("id"))
    lost = list(CaseRow.objects.filter(~Exists(events), organisation_id=organisation_id).values_list("id", "search_id"))
    _drop(case_id for case_id, _ in lost)
    search_index.clear([search_id for _, search_id in lost])
