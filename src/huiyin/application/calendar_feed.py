"""A person's obligations for calendar programs (iCalendar, RFC 5545), under a secret address that can be revoked.

Who knows the address reads it without signing in, and calendar programs hand what they read to others. So an entry says
what has to be done, the number and when; nothing of the matter and nobody's name.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from huiyin.cases.people import Actor
from huiyin.notices.models import CalendarFeed
from huiyin.organisations.models import Staff
from huiyin.store.availability import clear_failures

from .agenda import AgendaDay, agenda
from .world import World, world_of

if TYPE_CHECKING:
    from icalendar import Event

BACK, AHEAD = timedelta(days=14), timedelta(days=90)
LONG = timedelta(minutes=30)


def new_feed(staff: Staff) -> str:
    """Make an address for this person, voiding the one before; gives the secret, which is kept nowhere."""
    secret = secrets.token_urlsafe(32)
    with clear_failures():
        CalendarFeed.objects.update_or_create(staff=staff, defaults={"digest": _digest(secret), "read_at": None})
    return secret


def end_feed(staff: Staff) -> None:
    """Void the person's address."""
    with clear_failures():
        CalendarFeed.objects.filter(staff=staff).delete()


def feed_of(secret: str) -> bytes | None:
    """The calendar behind a secret; None for a secret that is unknown or void, or whose person has left."""
    with clear_failures():
        feed = CalendarFeed.objects.filter(digest=_digest(secret)).select_related("staff__organisation").first()
        if feed is None:
            return None
        world = world_of(feed.staff.organisation)
        if feed.staff.person not in world.people.persons:
            return None
        _note_reading(feed)
        return calendar_of(world, feed.staff)


def calendar_of(world: World, staff: Staff) -> bytes:
    """What this person owes from two weeks ago to three months ahead, and the turns on the roster."""
    from icalendar import Calendar  # large, and only whoever subscribes to a calendar needs it

    found = agenda(world, Actor(staff.person), (world.now - BACK).date(), (world.now + AHEAD).date())
    calendar = Calendar()
    calendar.add("prodid", "-//Huiyin//zh-CN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{world.organisation.title} · {staff.name}")
    calendar.add("refresh-interval;value=duration", "PT1H")
    for day in found.days:
        for event in _events(world, day):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(world: World, day: AgendaDay) -> "list[Event]":
    events = [
        _event(
            world, f"{row.case_id}-{row.kind}-{row.key}", f"{row.title}（{row.number}）",
            row.due - LONG, row.due, f"/desk/cases/{row.number}/",
        )
        for row in day.owed
        if row.due is not None
    ]
    events += [
        _event(world, f"{each.regime.id}-{each.duty}-{each.due:%Y%m%d}", each.title, each.due - LONG, each.due, "/desk/affairs/")
        for each in day.to_come
    ]
    events += [
        _event(world, f"roster-{each.starts_at:%Y%m%d%H%M}-{each.role}", f"值班：{each.role}", each.starts_at, each.ends_at, "/desk/cover/")
        for each in day.rosters
    ]
    return events


def _event(world: World, identity: str, title: str, begin: datetime, end: datetime, path: str) -> "Event":
    from icalendar import Event  # as above

    event = Event()
    event.add("uid", f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}@{world.organisation.slug}.huiyin")
    event.add("dtstamp", world.now)
    event.add("dtstart", begin.astimezone(UTC))
    event.add("dtend", end.astimezone(UTC))
    event.add("summary", title)
    if settings.HUIYIN_URL:
        event.add("url", settings.HUIYIN_URL.rstrip("/") + path)
    return event


def _note_reading(feed: CalendarFeed) -> None:
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    if feed.read_at != now:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
