"""Delivering what waits in the outbox: inside, and as messages to those whom the organisation reaches elsewhere, too."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from huiyin.notices.models import Channel, Delivery
from huiyin.notices.planning import House, Told, channels_of, plan
from huiyin.notices.sources import reached_by_mail
from huiyin.organisations.models import Organisation
from huiyin.store.delivery import Delivered, deliver_once
from huiyin.store.models import CaseRow, NoticeRow, OutboxRow
from huiyin.store.personal.data import PersonalData
from huiyin.store.personal.records import COMPLAINANT, OUTSIDE, readable_records_of
from huiyin.store.subjects import COMPLAINANT as TO_COMPLAINANT

from .world import world_of

Records = Mapping[UUID, Mapping[str, PersonalData]]


def tell_once(now: datetime | None = None) -> int:
    """Deliver one batch of the outbox; gives the number of rows done. `now` is the machine's time."""
    return deliver_once(now or timezone.now(), also=_plan)


def _plan(delivered: Delivered, now: datetime) -> None:
    """Plan the messages of this batch. Without channels it costs one query."""
    by_organisation: dict[UUID, list[tuple[OutboxRow, Sequence[NoticeRow]]]] = defaultdict(list)
    for each in delivered:
        if each[1] or each[0].payload.get("parties"):
            by_organisation[each[0].organisation_id].append(each)
    channels = channels_of(by_organisation)
    for organisation in Organisation.objects.filter(pk__in=channels):
        _plan_of(organisation, channels[organisation.pk], by_organisation[organisation.pk], now)


def _plan_of(organisation: Organisation, channels: list[Channel], delivered: Delivered, now: datetime) -> None:
    world = world_of(organisation)
    cases = {row.id: row for row in CaseRow.objects.filter(id__in={row.case_id for row, _ in delivered})}
    records, _unreadable = readable_records_of(_with_personal_data(delivered))   # verify names those that are broken
    filers = {cases[row.case_id].source for row, _ in delivered if row.payload.get("parties") and row.case_id in cases} - {""}
    sources = reached_by_mail(organisation.pk, filers, world.now) if filers else {}
    told = [
        Told(
            row, case, world.regime(case.regime, case.regime_version), notices, _addresses(records, row.case_id),
            sources.get(case.source),
        )
        for row, notices in delivered
        if (case := cases.get(row.case_id)) is not None
    ]
    house = House(organisation, world.people, world.calendar, channels)
    complainants = {case_id: roles[COMPLAINANT] for case_id, roles in records.items() if COMPLAINANT in roles}
    Delivery.objects.bulk_create(plan(house, told, complainants, now), ignore_conflicts=True)


def _with_personal_data(delivered: Delivered) -> set[UUID]:
    """Cases whose complainant or parties outside are told something."""
    return {
        row.case_id
        for row, notices in delivered
        if row.payload.get("parties") or any(notice.subject == TO_COMPLAINANT for notice in notices)
    }


def _addresses(records: Records, case_id: UUID) -> frozenset[str]:
    found = records.get(case_id, {}).get(OUTSIDE)
    return frozenset(found.other) if found else frozenset()
