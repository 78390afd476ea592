"""Sealed records of a case: writing, reading, erasing, finding."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from huiyin.organisations.uuid7 import uuid7
from huiyin.records import replace
from huiyin.store.models import BlindIndexRow, PersonalRow
from huiyin.store.rows import new_row

from .blind import TAIL, digest, digests_of
from .data import PersonalData, normal_email, normal_id_number, normal_name, normal_phone
from .sealing import SealBroken, seal, unseal

COMPLAINANT, RESPONDENT, MATTER, OUTSIDE = "complainant", "respondent", "matter", "outside"

AFTER_ALL = UUID(int=2**128 - 1)
"""No record has so high an id."""


def new_record(
    organisation_id: UUID, case_id: UUID, role: str, data: PersonalData
) -> tuple[PersonalRow, list[BlindIndexRow]]:
    """A sealed record with its blind indexes, to be written with the case."""
    record_id = uuid7()
    key_id, wrapped, sealed = seal(record_id, organisation_id, data)
    row = new_row(
        PersonalRow,
        id=record_id,
        organisation_id=organisation_id,
        case_id=case_id,
        role=role,
        key_id=key_id,
        wrapped=wrapped,
        sealed=sealed,
    )
    indexes = [
        new_row(
            BlindIndexRow,
            organisation_id=organisation_id,
            digest=value,
            party_id=record_id,
            field=field,
            case_id=case_id,
        )
        for field, value in digests_of(organisation_id, data).items()
    ]
    return row, indexes


def write_records(rows: Iterable[PersonalRow], indexes: Iterable[BlindIndexRow]) -> None:
    """Write records and indexes, one statement each."""
    PersonalRow.objects.bulk_create(rows)
    BlindIndexRow.objects.bulk_create(indexes)


def read_record(row: PersonalRow) -> PersonalData:
    """The data of a row. Raises SealBroken."""
    return unseal(row.id, row.organisation_id, row.key_id, bytes(row.wrapped), bytes(row.sealed))


def records_of(case_ids: Iterable[UUID]) -> dict[UUID, dict[str, PersonalData]]:
    """Case → role → data, in one query; for showing masked names in lists and whole records to who may see them.

    Private values come one record at a time, as work brings them; the latest of each name counts.
    """
    found: dict[UUID, dict[str, PersonalData]] = {}
    for row in PersonalRow.objects.filter(case_id__in=list(case_ids)).order_by("id"):
        roles, data = found.setdefault(row.case_id, {}), read_record(row)
        before = roles.get(row.role)
        roles[row.role] = replace(data, other={**before.other, **data.other}) if before else data
    return found


def readable_records_of(case_ids: Iterable[UUID]) -> tuple[dict[UUID, dict[str, PersonalData]], frozenset[UUID]]:
    """As `records_of`, and the cases of which a record cannot be opened: one broken seal keeps nobody else from being told."""
    ids = set(case_ids)
    try:
        return records_of(ids), frozenset()
    except SealBroken:
        found: dict[UUID, dict[str, PersonalData]] = {}
        broken = set()
        for case_id in ids:
            try:
                found |= records_of([case_id])
            except SealBroken:
                broken.add(case_id)
        return found, frozenset(broken)


@transaction.atomic
def erase(case_id: UUID) -> int:
    """Erase the personal data of a case at the end of its retention; the chain stays whole. Gives the records erased."""
    parties = list(PersonalRow.objects.filter(case_id=case_id).values_list("id", flat=True))
    BlindIndexRow.objects.filter(party_id__in=parties).delete()
    PersonalRow.objects.filter(id__in=parties).delete()
    return len(parties)


def parties_with(organisation_id: UUID, digest: str, most: int, before: UUID = AFTER_ALL) -> list[tuple[UUID, UUID]]:
    """The newest so many parties with this digest and their cases, newest first; those before another party if given.

    A party is written when its case is filed, right after the case has its id. So a case has a lower id than its party,
    and every case above the last party of a full list is in the list.
    """
    rows = BlindIndexRow.objects.filter(organisation_id=organisation_id, digest=digest, party_id__lt=before)
    return list(rows.order_by("-party_id").values_list("party_id", "case_id")[:most])


def cases_of_person(organisation_id: UUID, digests: Iterable[str], limit: int) -> list[UUID]:
    """The latest cases in which a party has one of these digests."""
    found = {party: case for each in digests for party, case in parties_with(organisation_id, each, limit)}
    return list(dict.fromkeys(found[party] for party in sorted(found, reverse=True)))[:limit]


def digests_for_words(organisation_id: UUID, words: str) -> list[str]:
    """Digests under which the typed words may be found: as name, telephone number or its tail, id number, e-mail."""
    phone = normal_phone(words)
    identity = normal_id_number(words)
    candidates = {
        "name": normal_name(words),
        "phone": phone if len(phone) >= 7 else "",
        "phone-tail": phone if len(phone) == TAIL and words.strip() == phone else "",
        "id-number": identity if len(identity) >= 8 else "",
        "email": normal_email(words) if "@" in words else "",
    }
    return [digest(organisation_id, field, value) for field, value in candidates.items() if value]
