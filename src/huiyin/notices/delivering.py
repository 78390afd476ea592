"""Sending what waits: claimed under a lease, sent, and marked, again and again until accepted or given up.

Each channel is worked on by itself, so that one whose other side hangs or is down does not hold up the others; a channel
that is down rests with all its messages, for longer and longer. A worker that dies leaves its leases to run out, and the
messages are sent again under the same key. Times are the machine's own.
"""

import random
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from .composing import Composed, compose
from .models import Channel, Delivery, State
from .sending import SENDERS, Message
from .sending.outcome import ACCEPTED, AGAIN, DOWN, NEVER, Outcome

LEASE = timedelta(minutes=5)
BATCH = 50
MOST_ATTEMPTS = 12
FIRST_PAUSE, LONGEST_PAUSE, LONGEST_REST = timedelta(minutes=1), timedelta(hours=6), timedelta(minutes=30)
LONGEST_WAIT = timedelta(days=30)
"""Longer than any pause, rest or holiday: what lies further ahead was put there by a clock that was wrong."""

SECONDS_FOR_A_BATCH = 60
"""After this long no further message of a batch is begun; well below the lease."""

MOST_CHANNELS_AT_ONCE = 8
SECONDS_FOR_A_ROUND = 2.0


@dataclass(slots=True)
class Sent:
    """What a round did: messages accepted, to be tried again, given up."""

    accepted: int = 0
    again: int = 0
    dead: int = 0

    def __bool__(self) -> bool:
        return bool(self.accepted or self.again or self.dead)

    def __add__(self, other: "Sent") -> "Sent":
        return Sent(self.accepted + other.accepted, self.again + other.again, self.dead + other.dead)


@dataclass(slots=True)
class _Batch:
    """Messages of one channel, claimed until `lease`; `outcomes` come about in the order of `composed`."""

    channel: Channel
    settings: dict[str, str]
    composed: Sequence[Composed]
    lease: datetime
    outcomes: list[Outcome] = field(default_factory=list)

    def send(self) -> None:
        """In a thread of its own, without the database: send until done, down, or out of time."""
        self.outcomes.extend(SENDERS[self.channel.way](self.settings, self._in_time()))

    def _in_time(self) -> Iterator[Message]:
        until = monotonic() + SECONDS_FOR_A_BATCH
        for each in self.composed:
            if monotonic() > until:
                return
            assert each.message is not None
            yield each.message


class Sender:
    """Sends in the background of one process. One object for each worker process; not shared between threads."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(MOST_CHANNELS_AT_ONCE, thread_name_prefix="huiyin-send")
        self._running: dict[UUID, tuple[Future[None], _Batch]] = {}

    def round(self, now: datetime | None = None, *, patience: float = SECONDS_FOR_A_ROUND) -> Sent:
        """Begin a batch of every channel with something waiting, and mark what has ended; gives what ended.

        Waits up to `patience` seconds. A channel that takes longer is left to itself and looked at in a later round.
        """
        now = now or timezone.now()
        sent = self._harvest()
        for channel in _channels_waiting(now, without=self._running):
            batch = _claim(channel, now, sent)
            if batch is not None:
                self._running[channel.pk] = (self._pool.submit(batch.send), batch)
        if self._running:
            wait([future for future, _ in self._running.values()], timeout=patience)
            sent = sent + self._harvest()
        return sent

    def close(self) -> None:
        """Let go of what is still being sent; its leases run out."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _harvest(self) -> Sent:
        sent = Sent()
        for channel_id, (future, batch) in list(self._running.items()):
            if future.done():
                del self._running[channel_id]
                _mark(batch, future.exception(), sent)
        return sent


def waiting_now(now: datetime) -> Q:
    """Messages that may be sent and nobody is sending."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now) | Q(lease_until__gt=now + 2 * LEASE)    # a clock gone back
    return Q(state=State.WAITING) & (Q(not_before__lte=now) | Q(not_before__gt=now + LONGEST_WAIT)) & free


def _channels_waiting(now: datetime, *, without: Collection[UUID]) -> list[Channel]:
    ids = set(Delivery.objects.filter(waiting_now(now)).order_by().values_list("channel", flat=True).distinct())
    channels = Channel.objects.filter(pk__in=ids - set(without), active=True)
    return list(channels.select_related("organisation").order_by("pk"))


def _claim(channel: Channel, now: datetime, sent: Sent) -> _Batch | None:
    """Take a batch of a channel; what cannot be composed is given up at once."""
    lease = now + LEASE
    with transaction.atomic():
        skip = bool(connection.features.has_select_for_update_skip_locked)
        waiting = Delivery.objects.filter(waiting_now(now), channel=channel).order_by("not_before", "id")
        rows = list(waiting.select_for_update(skip_locked=skip)[:BATCH])
        Delivery.objects.filter(id__in=[row.id for row in rows]).update(lease_until=lease)
        composed = compose(channel, rows)
        for each in composed:
            if each.message is None:
                _end(each, lease, State.DEAD, Outcome(NEVER, each.trouble))
                sent.dead += len(each.rows)
    sendable = [each for each in composed if each.message is not None]
    return _Batch(channel, channel.settings(channel.organisation_id), sendable, lease) if sendable else None


def _mark(batch: _Batch, broken: BaseException | None, sent: Sent) -> None:
    """Write down what came of a batch. What was not tried is free again; all of a channel that is down rests."""
    outcomes = batch.outcomes
    if broken is not None and len(outcomes) < len(batch.composed):
        outcomes.append(Outcome(AGAIN, f"发送程序出错：{type(broken).__name__}"))
    with transaction.atomic():
        for each, outcome in zip(batch.composed, outcomes, strict=False):
            _mark_one(each, batch.lease, outcome, sent)
        untried = [row.id for each in batch.composed[len(outcomes) :] for row in each.rows]
        Delivery.objects.filter(id__in=untried, lease_until=batch.lease).update(lease_until=None)
        _rest_or_wake(batch.channel, outcomes)


def _mark_one(each: Composed, lease: datetime, outcome: Outcome, sent: Sent) -> None:
    attempts = max(row.attempts for row in each.rows) + 1
    if outcome.result == ACCEPTED:
        _end(each, lease, State.SENT, outcome)
        sent.accepted += len(each.rows)
    elif outcome.result == NEVER or attempts >= MOST_ATTEMPTS:
        _end(each, lease, State.DEAD, outcome)
        sent.dead += len(each.rows)
    else:
        pause = max(pause_after(attempts), timedelta(seconds=outcome.wait))
        _of(each, lease).update(
            attempts=F("attempts") + 1, trouble=outcome.trouble[:300], lease_until=None, not_before=timezone.now() + pause
        )
        sent.again += len(each.rows)


def _end(each: Composed, lease: datetime, state: str, outcome: Outcome) -> None:
    said = {"subject": each.message.subject, "text": each.message.text} if each.message else {}
    _of(each, lease).update(
        state=state,
        attempts=F("attempts") + 1,
        trouble=outcome.trouble[:300],
        answer=outcome.answer[:200],
        address=each.address[:200],
        ended_at=timezone.now(),
        lease_until=None,
        **said,
    )


def _of(each: Composed, lease: datetime) -> "QuerySet[Delivery]":
    """The rows as long as they are ours: when the lease has run out, somebody else may have taken them."""
    return Delivery.objects.filter(id__in=[row.id for row in each.rows], state=State.WAITING, lease_until=lease)


def pause_after(attempts: int) -> timedelta:
    """How long a message waits after so many attempts: doubled each time, with chance, so that not all come at once."""
    full: timedelta = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return full * random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing


def _rest_or_wake(channel: Channel, outcomes: Sequence[Outcome]) -> None:
    if outcomes and outcomes[-1].result == DOWN:
        until = timezone.now() + min(FIRST_PAUSE * 2 ** min(channel.rests, 10), LONGEST_REST)
        Channel.objects.filter(pk=channel.pk).update(rests=F("rests") + 1)
        Delivery.objects.filter(
            channel=channel, state=State.WAITING, lease_until__isnull=True, not_before__lt=until
        ).update(not_before=until)
    elif channel.rests and any(outcome.result == ACCEPTED for outcome in outcomes):
        Channel.objects.filter(pk=channel.pk).update(rests=0)
