"""Finding cases by what is typed: numbers, persons and text, newest first, every hit and only what the viewer may see.

Hits are read in growing portions until a page is full, since most of them may be of cases the viewer does not see. Where
that goes on for long, the viewer's cases may be fewer than the hits: then they are looked through instead.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from huiyin.store import search_index
from huiyin.store.identifiers import search_number
from huiyin.store.models import BlindIndexRow, CaseRow
from huiyin.store.personal.records import AFTER_ALL, digests_for_words, parties_with

FIRST_PORTION, GROWTH, LARGEST_PORTION = 100, 5, 10_000
FEW = 2_000
"""So many cases of a viewer are looked through rather than more hits than that."""

NewestIds = Callable[[int], Sequence[UUID]]
"""The ids of the newest so many cases that may be found at all."""


def find_cases(
    rows: "QuerySet[CaseRow]", organisation_id: UUID, words: str, newest_ids: NewestIds, before: UUID | None, most: int
) -> list[UUID]:
    """The newest so many of the rows, all of them before a case if one is given, that the words find.

    `newest_ids` gives the ids of these rows, too.
    """
    digests = digests_for_words(organisation_id, words)
    sources: list[_Text | _Persons] = [_Text(words, before)]
    sources += [_Persons(organisation_id, digest) for digest in digests]
    found: dict[UUID, int] = {}
    portion = FIRST_PORTION
    while True:
        for source in sources:
            hits = source.next_hits(portion)
            if hits is not None:    # in no order, or SQLite goes through all cases in theirs
                found.update(rows.filter(hits).order_by().values_list("id", "search_id"))
        reached = max(source.reached for source in sources)
        page = [case_id for case_id, number in found.items() if number >= reached]
        if len(page) >= most or not reached:
            return sorted(page, reverse=True)[:most]
        portion = min(portion * GROWTH, LARGEST_PORTION)
        if portion > FEW > portion // GROWTH:
            ids = newest_ids(FEW + 1)
            if len(ids) <= FEW:
                return sorted(_among(organisation_id, words, digests, ids), reverse=True)[:most]


def _among(organisation_id: UUID, words: str, digests: Sequence[str], ids: Sequence[UUID]) -> set[UUID]:
    """Which of these cases are found."""
    by_number = {search_number(each): each for each in ids}
    parties = BlindIndexRow.objects.filter(organisation_id=organisation_id, digest__in=digests, case_id__in=ids)
    persons = parties.values_list("case_id", flat=True)
    return {by_number[number] for number in search_index.among(words, list(by_number))} | set(persons)


class _Text:
    """Hits in the texts of cases. All hits with a search number from `reached` on have been given; 0: all there are."""

    def __init__(self, words: str, before: UUID | None) -> None:
        self._words = words
        self.reached = search_number(before) if before else search_index.ABOVE_ALL

    def next_hits(self, most: int) -> Q | None:
        """The next so many, as a condition on cases; None when there are no more."""
        numbers = search_index.newest(self._words, most, self.reached) if self.reached else []
        self.reached = numbers[-1] if len(numbers) == most else 0
        # By their ids: given the numbers with the other conditions, SQLite goes through all cases of the organisation.
        ids = list(CaseRow.objects.filter(search_id__in=numbers).values_list("id", flat=True))
        return Q(id__in=ids) if ids else None


class _Persons:
    """Cases with a party that has this digest, like the other one. Later pages begin at the top, too: a case may be
    before another one whose party has been written before its own.
    """

    def __init__(self, organisation_id: UUID, digest: str) -> None:
        self._organisation_id, self._digest = organisation_id, digest
        self._last = AFTER_ALL
        self.reached = search_index.ABOVE_ALL

    def next_hits(self, most: int) -> Q | None:
        """The next so many, as a condition on cases; None when there are no more."""
        parties = parties_with(self._organisation_id, self._digest, most, self._last) if self.reached else []
        if parties:
            self._last = parties[-1][0]
        self.reached = search_number(self._last) + 1 if len(parties) == most else 0
        return Q(id__in=[case_id for _, case_id in parties]) if parties else None
