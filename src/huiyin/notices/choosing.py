"""Who wants to be told what over which way: a person's choice, the default, and what the regime insists on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.db import transaction

from huiyin.organisations.models import Staff
from huiyin.store.personal.data import PersonalData
from huiyin.store.personal.sealing import SealBroken

from .kinds import EMAIL, KINDS, PERSONAL, SMS
from .models import Channel, Choice, StaffContact

_log = structlog.get_logger(__name__)

DEFAULT = frozenset({EMAIL})
"""The ways over which everything is told to somebody who has not chosen and has left an address."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How one person is reached: the addresses, the language, and the choices made (`(kind, way)` → wanted)."""

    contact: PersonalData
    language: str
    chosen: Mapping[tuple[str, str], bool]

    def wants(self, kind: str, way: str) -> bool:
        """The person's choice, or the default."""
        return self.chosen.get((kind, way), way in DEFAULT)

    def address(self, way: str) -> str:
        """The address for a way; empty when the person left none."""
        return {EMAIL: self.contact.email, SMS: self.contact.phone}.get(way, "")


NOWHERE = Reach(PersonalData(), "zh-hans", {})


def reach_of(organisation_id: UUID, persons: Iterable[str]) -> dict[str, Reach]:
    """Person → how reached; two queries. People who left no address, or one that cannot be opened, are missing."""
    rows = StaffContact.objects.filter(staff__organisation_id=organisation_id, staff__person__in=set(persons))
    contacts = {row.staff.person: row for row in rows.select_related("staff")}
    chosen: dict[str, dict[tuple[str, str], bool]] = {person: {} for person in contacts}
    known = Choice.objects.filter(staff__contact__in=[row.pk for row in contacts.values()])
    for person, kind, way, wanted in known.values_list("staff__person", "kind", "way", "wanted"):
        chosen[person][kind, way] = wanted
    reach = {}
    for person, row in contacts.items():
        try:
            reach[person] = Reach(row.contact(organisation_id), row.language, chosen[person])
        except SealBroken:      # the person enters it anew; nobody else waits for that
            _log.error("address-unreadable", row=str(row.pk))
    return reach


def ways_in_use(organisation_id: UUID) -> frozenset[str]:
    """Ways for which the organisation has set up a channel; one query."""
    return frozenset(Channel.objects.filter(organisation_id=organisation_id, active=True).values_list("way", flat=True))


@transaction.atomic
def choose(staff: Staff, contact: PersonalData, language: str, chosen: Mapping[tuple[str, str], bool]) -> None:
    """Keep a person's addresses and choices. Raises KeyError for a kind or way that does not exist."""
    row = StaffContact.objects.filter(staff=staff).first() or StaffContact(staff=staff)
    row.language = language
    row.put(staff.organisation_id, contact)
    row.save()
    for (kind, way), wanted in chosen.items():
        if kind not in KINDS or way not in PERSONAL:
            raise KeyError(kind, way)
        Choice.objects.update_or_create(staff=staff, kind=kind, way=way, defaults={"wanted": wanted})
