"""Delivering what waits in the outbox: inside, and as messages to those whom the organisation reaches elsewhere, too."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from huiyin.notices.models import Channel, Delivery
from huiyin.notices.planning import House, Told, channels_of, plan
from huiyin.organisations.models import Organisation
from huiyin.store.delivery import Delivered, deliver_once
from huiyin.store.models import CaseRow, NoticeRow, OutboxRow
from huiyin.store.personal.data import PersonalData
from huiyin.store.personal.records import COMPLAINANT, records_of
from huiyin.store.subjects import COMPLAINANT as TO_COMPLAINANT

from .world import world_of


def tell_once(now: datetime | None = None) -> int:
    """Deliver one batch of the outbox; gives the number of rows done. `now` is the machine's time."""
    return deliver_once(now or timezone.now(), also=_plan)


def _plan(delivered: Delivered, now: datetime) -> None:
    """Plan the messages of this batch. Without channels it costs one query."""
    by_organisation: dict[UUID, list[tuple[OutboxRow, Sequence[NoticeRow]]]] = defaultdict(list)
    for each in delivered:
        if each[1]:
            by_organisation[each[0].organisation_id].append(each)
    channels = channels_of(by_organisation)
    for organisation in Organisation.objects.filter(pk__in=channels):
        _plan_of(organisation, channels[organisation.pk], by_organisation[organisation.pk], now)


def _plan_of(organisation: Organisation, channels: list[Channel], delivered: Delivered, now: datetime) -> None:
    world = world_of(organisation)
    cases = {row.id: row for row in CaseRow.objects.filter(id__in={row.case_id for row, _ in delivered})}
    told = [
        Told(row, case, world.regime(case.regime, case.regime_version), notices)
        for row, notices in delivered
        if (case := cases.get(row.case_id)) is not None
    ]
    house = House(organisation, world.people, world.calendar, channels)
    Delivery.objects.bulk_create(plan(house, told, _complainants(told), now), ignore_conflicts=True)


def _complainants(told: Iterable[Told]) -> dict[UUID, PersonalData]:
    ids = {each.case.id for each in told for notice in each.notices if notice.subject == TO_COMPLAINANT}
    records = records_of(ids) if ids else {}
    return {case_id: roles[COMPLAINANT] for case_id, roles in records.items() if COMPLAINANT in roles}
