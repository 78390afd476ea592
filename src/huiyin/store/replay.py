"""Going through all cases of an organisation from their events alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol
from uuid import UUID

from huiyin.cases.people import Directory
from huiyin.regime.model import Regime

from .models import EventRow

CHUNK = 2_000


class Around(Protocol):
    """What replaying needs to know of the organisation."""

    people_as_of: str

    def regime(self, regime_id: str, version: str) -> Regime:
        """The version a case was filed under."""
        ...

    def directory(self, regime_id: str) -> Directory:
        """Who is who under a regime."""
        ...


@dataclass(frozen=True, slots=True)
class Chain:
    """All event rows of one case, by sequence."""

    case_id: UUID
    rows: tuple[EventRow, ...]


def chains(organisation_id: UUID, case_ids: Sequence[UUID] | None = None) -> Iterator[Chain]:
    """Every chain of an organisation, or those of some cases, by case id; memory holds one chunk at a time."""
    rows = EventRow.objects.filter(organisation_id=organisation_id).order_by("case_id", "sequence")
    rows = rows if case_ids is None else rows.filter(case_id__in=case_ids)
    for case_id, events in groupby(rows.iterator(chunk_size=CHUNK), key=lambda row: row.case_id):
        yield Chain(case_id, tuple(events))


__all__ = ["Around", "Chain", "chains"]
