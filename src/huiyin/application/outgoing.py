"""What went out of the house, what waits and what failed: for administrators, and for each case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from huiyin.notices.models import NOWHERE, Channel, Delivery, State
from huiyin.store.availability import clear_failures

from .paging import BadPageKey, Page, page_key, read_page_key
from .world import World

MOST_OF_A_CASE = 100
MOST_TESTS = 3


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A channel with what waits, what failed, and since when the oldest has waited (its time has come, nobody took it)."""

    channel: Channel
    waiting: int = 0
    dead: int = 0
    oldest: datetime | None = None


def channel_states(world: World) -> list[ChannelState]:
    """All channels of an organisation, those in use first; two queries."""
    with clear_failures():
        counted = {
            row["channel"]: row
            for row in Delivery.objects.filter(
                organisation_id=world.organisation.pk, state__in=(State.WAITING, State.DEAD)
            )
            .values("channel")
            .annotate(
                waiting=Count("id", filter=Q(state=State.WAITING)),
                dead=Count("id", filter=Q(state=State.DEAD)),
                oldest=Min("made_at", filter=Q(state=State.WAITING)),
            )
            .order_by()
        }
        channels = Channel.objects.filter(organisation=world.organisation).select_related("set_by").order_by("-active", "id")
        return [_state(each, counted.get(each.pk)) for each in channels]


def _state(channel: Channel, counted: Mapping[str, Any] | None) -> ChannelState:
    return ChannelState(channel, counted["waiting"], counted["dead"], counted["oldest"]) if counted else ChannelState(channel)


def outgoing(world: World, state: str = State.DEAD, after: str = "", limit: int = 50) -> Page[Delivery]:
    """Messages in a state, newest first. Raises BadPageKey, StoreUnavailable."""
    with clear_failures():
        rows = Delivery.objects.filter(organisation_id=world.organisation.pk, state=state).select_related("channel")
        if after:
            (text,) = read_page_key(after, 1)
            try:
                rows = rows.filter(id__lt=UUID(text))
            except (AttributeError, TypeError, ValueError) as error:
                raise BadPageKey from error
        found = list(rows.order_by("-id")[: limit + 1])
    page = found[:limit]
    return Page(tuple(page), page_key(str(page[-1].id)) if len(found) > limit else "")


def tests_of(channel: Channel) -> list[Delivery]:
    """The newest tests of a channel."""
    with clear_failures():
        return list(Delivery.objects.filter(case_id=NOWHERE, channel=channel).select_related("channel").order_by("-id")[:MOST_TESTS])


def sent_for(case_id: UUID) -> list[Delivery]:
    """What went out about a case, newest first; for a page whose sight has been checked."""
    with clear_failures():
        rows = Delivery.objects.filter(case_id=case_id).select_related("channel").order_by("-id")
        return list(rows[:MOST_OF_A_CASE])
