"""Flags on a person: what those who handle any open matter of theirs have to know, found by the sealed identity alone.

Shown to staff who handle a case of the same person (never by a typed name), and to whoever takes a call under the
person's telephone number. Every showing from another case is in that case's access log, once a day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, When

from huiyin.cases.codec import event_from_text
from huiyin.cases.events import DeadlineMoved, FlagEnded, Flagged
from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.organisations.uuid7 import uuid7
from huiyin.store.availability import clear_failures
from huiyin.store.models import AccessRow, BlindIndexRow, CaseRow, EventRow
from huiyin.store.personal.blind import IDENTIFYING
from huiyin.store.personal.records import digests_for_words

from .loading import Opened
from .viewers import viewer_of
from .world import World, world_of

SHOWN = "flag"
"""What the access log calls the showing of a flag."""


@dataclass(frozen=True, slots=True)
class StandingFlag:
    """A flag that stands now. `number` is that of its case where the reader may see it, else empty.

    `said` are the fields told with it, by name, as they were when it was put up or renewed last.
    """

    case_id: UUID
    title: str
    by: str
    at: datetime
    until: datetime | None
    text: str
    said: Mapping[str, Any]
    cite: tuple[str, ...]
    regime: str = ""
    number: str = ""


def flags_of(opened: Opened) -> list[StandingFlag]:
    """The flags on the complainant of this case that stand, whichever case they came up in; newest first.

    None for parties outside and for staff who do not handle the case, nor once it is closed.
    """
    case, world = opened.case, opened.world
    if opened.actor.kind != "staff" or not opened.sight.personal or case.state == "closed" or opened.regime.is_affair:
        return []
    parties = _same_person(world, case.complainant.party)
    if case.flags:
        parties.setdefault(case.complainant.party, opened.row.id)
    return _shown(world, opened.actor, parties, here=opened.row.id)


def flags_of_caller(organisation: Organisation, who: Actor, phone: str, world: World | None = None) -> list[StandingFlag]:
    """The flags on whoever calls from this number, for somebody of the staff who is taking the call."""
    if who.kind != "staff" or not phone.strip():
        return []
    world = world or world_of(organisation)
    return _shown(world, who, _parties(world, digests_for_words(organisation.pk, phone)))


def _same_person(world: World, party: str) -> dict[str, UUID]:
    if not party:
        return {}
    mine = BlindIndexRow.objects.filter(party_id=UUID(party), field__in=IDENTIFYING)
    return _parties(world, mine.values("digest"))


def _parties(world: World, digests: Iterable[object]) -> dict[str, UUID]:
    """Sealed records that have one of these digests (a list, or a query for them) as what identifies them → their case."""
    rows = BlindIndexRow.objects.filter(organisation_id=world.organisation.pk, digest__in=digests, field__in=IDENTIFYING)
    return {str(party): case_id for party, case_id in rows.values_list("party_id", "case_id")}


def _shown(world: World, who: Actor, parties: Mapping[str, UUID], here: UUID | None = None) -> list[StandingFlag]:
    with clear_failures():
        found = _standing(world, parties)
        if not found:
            return []
        ids = {each.case_id for each in found}
        visible = viewer_of(world, who).visible()
        rows = CaseRow.objects.filter(id__in=ids).annotate(mine=Case(When(visible, then=True), default=False))
        known = {row.id: (row.regime, row.number if row.mine else "") for row in rows}
        _log(world, who, ids - {here})
    named = [replace(each, regime=known[each.case_id][0], number=known[each.case_id][1]) for each in found]
    return sorted(named, key=lambda each: each.at, reverse=True)


def _standing(world: World, parties: Mapping[str, UUID]) -> list[StandingFlag]:
    """Folded from the events of flags alone: put up, renewed, moved with the calendar, taken down, run out."""
    kinds = (Flagged.__name__, FlagEnded.__name__, DeadlineMoved.__name__)
    events = EventRow.objects.filter(case_id__in=set(parties.values()), kind__in=kinds).order_by("case_id", "sequence")
    found: dict[tuple[UUID, str], StandingFlag] = {}
    for row in events:
        event = event_from_text(row.kind, row.body)
        if isinstance(event, FlagEnded):
            found.pop((row.case_id, event.flag), None)
        elif isinstance(event, DeadlineMoved) and event.deadline == "flag" and (row.case_id, event.key) in found:
            key = (row.case_id, event.key)
            found[key] = replace(found[key], until=event.until)
        elif isinstance(event, Flagged) and event.party in parties:
            key = (row.case_id, event.flag)
            before = found.get(key)
            found[key] = StandingFlag(
                row.case_id,
                event.flag_title,
                before.by if before else event.by,
                before.at if before else event.at,
                event.until,
                event.text or (before.text if before else ""),
                event.shown,
                event.cite,
            )
    return [flag for flag in found.values() if flag.until is None or world.now <= flag.until]


def _log(world: World, who: Actor, case_ids: set[UUID]) -> None:
    """One entry in the access log of each case whose flag is shown, person and day."""
    day = world.now.astimezone(world.calendar.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    logged = AccessRow.objects.filter(case_id__in=case_ids, person=who.person, what=SHOWN, at__gte=day)
    missing = case_ids - set(logged.values_list("case_id", flat=True))
    AccessRow.objects.bulk_create(
        AccessRow(
            id=uuid7(),
            organisation_id=world.organisation.pk,
            case_id=case_id,
            person=who.person,
            what=SHOWN,
            reason="办理同一投诉人的其他案件",
            at=world.now,
        )
        for case_id in sorted(missing)
    )
