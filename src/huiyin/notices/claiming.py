"""Which messages wait, taking them under a lease, and writing down their end. Times are the machine's own."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from .composing import Composed, compose
from .models import ALONE, NOWHERE, Channel, Delivery, State
from .resting import is_awake
from .sending.outcome import NEVER, Outcome

LEASE = timedelta(minutes=10)
"""Longer than a batch takes with the slowest mail server: a minute, and one message begun at its end."""

BATCH = 50
LONGEST_WAIT = timedelta(days=30)
"""Longer than any pause, rest or holiday: what lies further ahead was put there by a clock that was wrong."""


def waiting_now(now: datetime) -> Q:
    """Messages that may be sent and nobody is sending."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now) | Q(lease_until__gt=now + 2 * LEASE)    # a clock gone back
    return Q(state=State.WAITING) & (Q(not_before__lte=now) | Q(not_before__gt=now + LONGEST_WAIT)) & free


def channels_waiting(now: datetime, *, without: Collection[UUID]) -> list[Channel]:
    """Channels with something to send that do not rest."""
    waiting = Delivery.objects.filter(waiting_now(now)).order_by()
    ids = set(waiting.values_list("channel", flat=True).distinct()) - set(without)
    channels = Channel.objects.filter(pk__in=ids).select_related("organisation").order_by("pk") if ids else ()
    for channel in channels:
        if not channel.active:     # planned while it was being taken out of use
            waiting.filter(channel=channel).update(state=State.DROPPED, ended_at=now, lease_until=None)
    return [channel for channel in channels if channel.active and is_awake(channel, now)]


def take(channel: Channel, now: datetime, lease: datetime) -> tuple[list[Composed], int]:
    """Messages of a channel that are ours until `lease`, and how many could not be composed and are given up at once.

    One worker at a time claims from a channel, so that no two take parts of the same folded message.
    """
    skip = bool(connection.features.has_select_for_update_skip_locked)
    with transaction.atomic():
        if not Channel.objects.filter(pk=channel.pk, active=True).select_for_update(skip_locked=skip).values_list("pk"):
            return [], 0
        rows = _rows_to_send(channel, now)
        Delivery.objects.filter(id__in=[row.id for row in rows]).update(lease_until=lease)
        composed = compose(channel, rows)
        lost = [each for each in composed if each.message is None]
        for each in lost:
            end(each, lease, State.DEAD, Outcome(NEVER, each.trouble))
    return [each for each in composed if each.message is not None], sum(len(each.rows) for each in lost)


def _rows_to_send(channel: Channel, now: datetime) -> list[Delivery]:
    """A test first and alone; else a batch, with all that belongs to a message folded before."""
    waiting = Delivery.objects.filter(waiting_now(now), channel=channel).order_by("not_before", "id").select_for_update()
    tests = list(waiting.filter(case_id=NOWHERE)[:1])
    if tests:
        return tests
    rows = list(waiting[:BATCH])
    folds = {row.folded for row in rows} - {"", ALONE}
    if not folds:
        return rows
    belonging = Delivery.objects.filter(channel=channel, state=State.WAITING, folded__in=folds)
    return rows + list(belonging.exclude(id__in=[row.id for row in rows]).order_by("not_before", "id"))


def end(each: Composed, lease: datetime, state: str, outcome: Outcome) -> None:
    """Write down the end of a message: accepted or given up."""
    still_ours(each, lease).update(
        state=state,
        attempts=F("attempts") + 1,
        trouble=outcome.trouble,
        answer=outcome.answer[:200],
        address=each.address[:200],
        ended_at=timezone.now(),
        lease_until=None,
        subject=each.noted.subject,
        text=each.noted.text,
    )


def still_ours(each: Composed, lease: datetime) -> "QuerySet[Delivery]":
    """The rows as long as they are ours: when the lease has run out, somebody else may have taken them."""
    return Delivery.objects.filter(id__in=[row.id for row in each.rows], state=State.WAITING, lease_until=lease)
