"""Sending what waits: claimed under a lease, sent, and marked, again and again until accepted or given up.

Each channel is worked on by itself, so that one whose other side hangs or is down does not hold up the others; a channel
that is down rests with all its messages, for longer and longer, and no message is given up for that. A worker that dies
leaves its leases to run out, and the messages are sent again under the same key. Times are the machine's own.
"""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

import structlog
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from huiyin.store.personal.sealing import SealBroken
from huiyin.store.sentences import kept

from .claiming import LEASE, channels_waiting, end, still_ours, take
from .composing import Composed
from .models import Channel, Delivery, State
from .resting import pause_after, rest, rest_or_wake
from .sending import Message, sender_of
from .sending.outcome import ACCEPTED, AGAIN, NEVER, Outcome

MOST_ATTEMPTS = 20
"""Tries of one message, spread over three days. A channel that is down counts as no try of the messages on it."""

SECONDS_FOR_A_BATCH = 60
"""After this long no further message of a batch is begun; well below the lease."""

MOST_CHANNELS_AT_ONCE = 32
"""Threads, which are made when there is work for them: one whose other side dawdles takes none away from the others."""
SECONDS_FOR_A_ROUND = 2.0

_log = structlog.get_logger(__name__)


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
    stop: threading.Event
    outcomes: list[Outcome] = field(default_factory=list)

    def send(self) -> None:
        """In a thread of its own, without the database: send until done, down, or out of time."""
        self.outcomes.extend(sender_of(self.channel.way)(self.settings, self._in_time()))

    def _in_time(self) -> Iterator[Message]:
        until = monotonic() + SECONDS_FOR_A_BATCH
        for each in self.composed:
            if monotonic() > until or self.stop.is_set():
                return
            assert each.message is not None
            yield each.message


class Sender:
    """Sends in the background of one process. One object for each worker process; not shared between threads."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(MOST_CHANNELS_AT_ONCE, thread_name_prefix="huiyin-send")
        self._running: dict[UUID, tuple[Future[None], _Batch]] = {}
        self._stop = threading.Event()

    def round(self, now: datetime | None = None, *, patience: float = SECONDS_FOR_A_ROUND) -> Sent:
        """Begin a batch of every channel with something waiting, and mark what has ended; gives what ended.

        Waits up to `patience` seconds. A channel that takes longer is left to itself and looked at in a later round.
        """
        now = now or timezone.now()
        sent = self._harvest()
        for channel in channels_waiting(now, without=self._running):
            batch = self._claim(channel, now, sent)
            if batch is not None:
                self._running[channel.pk] = (self._pool.submit(batch.send), batch)
        if self._running:
            wait([future for future, _ in self._running.values()], timeout=patience)
            sent = sent + self._harvest()
        return sent

    def close(self) -> None:
        """Let go of what is still being sent after the message under way; its leases run out."""
        self._stop.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _claim(self, channel: Channel, now: datetime, sent: Sent) -> _Batch | None:
        """Take a batch of a channel. What is wrong with one channel keeps no other from being worked on."""
        try:
            settings = channel.settings(channel.organisation_id)
            lease = now + LEASE
            composed, dead = take(channel, now, lease)
        except SealBroken:
            rest(channel, kept(gettext_noop("渠道的设置解不开，请重新填写；系统运维人员可运行 huiyin verify。")))
        except DatabaseError:       # says nothing of the channel
            raise
        except Exception:  # noqa: BLE001 - tried again later; the log has it in full
            _log.exception("channel-not-claimed", channel=str(channel.pk), way=channel.way)
            rest(channel, kept(gettext_noop("发送程序出错，系统运维人员可查看日志。")))
        else:
            sent.dead += dead
            return _Batch(channel, settings, composed, lease, self._stop) if composed else None
        return None

    def _harvest(self) -> Sent:
        sent = Sent()
        for channel_id, (future, batch) in list(self._running.items()):
            if future.done():
                _mark(batch, future.exception(), sent)      # where the database is away, in a later round
                del self._running[channel_id]
        return sent


def _mark(batch: _Batch, broken: BaseException | None, sent: Sent) -> None:
    """Write down what came of a batch. What was not tried is free again; a channel that is down rests."""
    outcomes = list(batch.outcomes)
    if broken is not None and len(outcomes) < len(batch.composed):
        _log.error("sending-broken", channel=str(batch.channel.pk), way=batch.channel.way, exc_info=broken)
        outcomes.append(Outcome(AGAIN, kept(gettext_noop("发送程序出错：%(why)s。"), why=type(broken).__name__)))
    with transaction.atomic():
        rest_until = rest_or_wake(batch.channel, outcomes)
        for each, outcome in zip(batch.composed, outcomes, strict=False):
            _mark_one(each, batch.lease, outcome, sent, rest_until)
        untried = [row.id for each in batch.composed[len(outcomes) :] for row in each.rows]
        Delivery.objects.filter(id__in=untried, lease_until=batch.lease).update(lease_until=None)
    for each, outcome in zip(batch.composed, outcomes, strict=False):
        _tell_log(batch.channel, each, outcome)


def _mark_one(each: Composed, lease: datetime, outcome: Outcome, sent: Sent, rest_until: datetime | None) -> None:
    attempts = max(row.attempts for row in each.rows) + 1
    if outcome.result == ACCEPTED:
        end(each, lease, State.SENT, outcome)
        sent.accepted += len(each.rows)
    elif outcome.result == NEVER or (outcome.handed_over and attempts >= MOST_ATTEMPTS):
        end(each, lease, State.DEAD, outcome)
        sent.dead += len(each.rows)
    elif not outcome.handed_over:      # nothing is known of the message; the channel rests
        still_ours(each, lease).update(trouble=outcome.trouble, lease_until=None)
        sent.again += len(each.rows)
    else:                              # when the channel has rested, those behind it come first
        pause = max(pause_after(attempts), timedelta(seconds=outcome.wait))
        not_before = (rest_until or timezone.now()) + pause
        still_ours(each, lease).update(
            attempts=F("attempts") + 1, trouble=outcome.trouble, lease_until=None, not_before=not_before
        )
        sent.again += len(each.rows)


def _tell_log(channel: Channel, each: Composed, outcome: Outcome) -> None:
    """A line for each message with the number of its case: no address, no words, no name."""
    first = each.rows[0]
    _log.info(
        "message", result=outcome.result, way=channel.way, message=first.message, delivery=str(first.pk),
        number=str(first.contents.get("case.number", "")), together=len(each.rows), attempt=first.attempts + 1,
    )  # fmt: skip
