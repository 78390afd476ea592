"""From what is told inside to messages that go out: for each channel and recipient one, made in the same transaction.

What is told to somebody already stands in the workbench or on the tracking page; here it is decided where else it goes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from huiyin.calendars import Calendar
from huiyin.organisations.models import Organisation
from huiyin.organisations.people import People
from huiyin.organisations.uuid7 import uuid7
from huiyin.regime.model import Regime
from huiyin.regime.saying import article_label
from huiyin.store.models import CaseRow, NoticeRow, OutboxRow
from huiyin.store.personal.data import PersonalData
from huiyin.store.subjects import COMPLAINANT

from .choosing import NOWHERE, Reach, reach_of
from .hours import by_day, for_staff
from .kinds import EMAIL, KINDS, SMS, WAYS
from .models import Channel, Delivery, State
from .recipients import is_on_duty, persons_of, units_of
from .wording import TO_COMPLAINANT, TO_PARTY, TO_SOURCE


@dataclass(frozen=True, slots=True)
class House:
    """What planning has to know of an organisation. `channels` are those in use."""

    organisation: Organisation
    people: People
    calendar: Calendar
    channels: Sequence[Channel]


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the outbox with its case, the regime the case is under, and the notices it became.

    `addresses`: invitations of parties outside (by key) that have an e-mail address. `source`: the body that filed the case
    itself, if it can be written to.
    """

    row: OutboxRow
    case: CaseRow
    regime: Regime
    notices: Sequence[NoticeRow]
    addresses: frozenset[str] = frozenset()
    source: UUID | None = None


def channels_of(organisation_ids: Iterable[UUID]) -> dict[UUID, list[Channel]]:
    """Organisation → channels in use; one query."""
    found: dict[UUID, list[Channel]] = {}
    for channel in Channel.objects.filter(organisation_id__in=set(organisation_ids), active=True).order_by("id"):
        found.setdefault(channel.organisation_id, []).append(channel)
    return found


def plan(house: House, told: Sequence[Told], complainants: Mapping[UUID, PersonalData], now: datetime) -> list[Delivery]:
    """Messages for these rows, not written yet. `now` is the machine's time; case → the complainant's personal data."""
    meant = {
        (notice.key, person): None
        for each in told
        for notice in each.notices
        for person in persons_of(house.people, notice.subject, each.case.barred)
    }
    reach = reach_of(house.organisation.pk, {person for _, person in meant}) if meant else {}
    planned: dict[str, Delivery] = {}
    for each in told:
        for notice in each.notices:
            if notice.subject == COMPLAINANT:
                found = _to_complainant(house, each, notice, complainants.get(each.case.id), now)
            else:
                found = _to_staff(house, each, notice, reach, now)
            for delivery in found:
                planned.setdefault(delivery.key, delivery)
        for delivery in _to_parties(house, each, now):
            planned.setdefault(delivery.key, delivery)
    return list(planned.values())


def _to_staff(
    house: House, told: Told, notice: NoticeRow, reach: Mapping[str, Reach], now: datetime
) -> Iterator[Delivery]:
    sending = (told.regime.parent or told.regime).sending
    kind = told.row.kind if told.row.kind in KINDS else "notice"
    insisted = {*sending.insist.get(kind, ()), *_via(told)}
    at_once = kind in sending.at_once or told.row.payload.get("notice") in sending.at_once
    units = units_of(house.people, notice.subject)
    for channel in house.channels:
        if WAYS[channel.way].personal:
            for person in persons_of(house.people, notice.subject, told.case.barred):
                reached = reach.get(person, NOWHERE)
                if reached.address(channel.way) and (channel.way in insisted or reached.wants(kind, channel.way)):
                    urgent = at_once or is_on_duty(house.people, notice.subject, person)
                    when = for_staff(house.calendar, now, at_once=urgent)
                    yield _delivery(house, told, channel, kind, f"person:{person}", now, when)
        elif _is_for_group(told, channel, kind, units):
            yield _delivery(house, told, channel, kind, "group", now, now)


def _is_for_group(told: Told, channel: Channel, kind: str, units: frozenset[str]) -> bool:
    """Whether a group or system hears of it: not of confidential cases, whose readers the group does not know."""
    if told.case.confidential or (channel.kinds and kind not in channel.kinds):
        return False
    return not channel.audience or not units.isdisjoint(channel.audience)


def _to_complainant(
    house: House, told: Told, notice: NoticeRow, person: PersonalData | None, now: datetime
) -> Iterator[Delivery]:
    """By e-mail if there is an address, else by SMS; both where the notice itself names the ways."""
    if person is None:
        return
    addresses = {EMAIL: person.email, SMS: person.phone}
    usable = [channel for channel in house.channels if addresses.get(channel.way)]
    usable.sort(key=lambda channel: channel.way != EMAIL)
    named = [channel for channel in usable if channel.way in _via(told)]
    for channel in named or usable[:1]:
        when = by_day(house.calendar, now)
        yield _delivery(house, told, channel, TO_COMPLAINANT, "complainant", now, when)


def _to_parties(house: House, told: Told, now: datetime) -> Iterator[Delivery]:
    """By e-mail to parties outside that hold a link; the body that filed the case itself has an address of its own."""
    channel = next((channel for channel in house.channels if channel.way == EMAIL), None)
    if channel is None:
        return
    for party in told.row.payload.get("parties", ()):
        if party["key"] in told.addresses:
            message, recipient = TO_PARTY, f"party:{party['key']}"
        elif told.source is not None and party["name"] == told.case.source:
            message, recipient = TO_SOURCE, f"source:{told.source}"
        else:
            continue
        delivery = _delivery(house, told, channel, message, recipient, now, by_day(house.calendar, now))
        delivery.contents |= {"recipient": party["name"], "issue": party["issue"]}
        delivery.contents |= {name: party[name] for name in ("title", "text") if name in party}
        yield delivery


def _via(told: Told) -> tuple[str, ...]:
    notice = told.regime.notices.get(told.row.payload.get("notice") or "")
    return notice.via if notice else ()


def _delivery(
    house: House, told: Told, channel: Channel, message: str, recipient: str, now: datetime, when: datetime
) -> Delivery:
    payload = told.row.payload
    return Delivery(
        id=uuid7(),
        organisation_id=house.organisation.pk,
        case_id=told.case.id,
        channel=channel,
        key=f"{told.row.key}:{channel.pk}:{recipient}",
        message=message,
        recipient=recipient,
        open=channel.way in (told.regime.parent or told.regime).sending.open,
        contents={
            "organisation": house.organisation.title,
            "regime.id": told.regime.id,
            "regime": told.regime.title,
            "case.number": payload["number"],
            "title": payload["title"],
            "text": payload.get("text", ""),
            "articles": "、".join(article_label(article) for article in payload.get("cite", ())),
            "due": payload.get("due", ""),
        },
        state=State.HELD if house.organisation.rehearsal else State.WAITING,
        made_at=now,
        not_before=when,
    )

