"""Sending what waits: claimed under a lease, sent, and marked, again and again until accepted or given up.

Each channel is worked on by itself, so that one whose other side hangs or is down does not hold up the others; a channel
that is down rests with all its messages, for longer and longer, and no message is given up for that. A worker that dies
leaves its leases to run out, and the messages are sent again under the same key. Times are the machine's own.
"""

import threading
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from huiyin.store.personal.sealing import SealBroken
from huiyin.store.sentences import kept

from .composing import Composed, compose
from .models import ALONE, NOWHERE, Channel, Delivery, State
from .resting import is_awake, pause_after, rest, rest_or_wake
from .sending import SENDERS, Message
from .sending.outcome import ACCEPTED, AGAIN, NEVER, Outcome

LEASE = timedelta(minutes=10)
"""Longer than a batch takes with the slowest mail server: a minute, and one message begun at its end."""

BATCH = 50
MOST_ATTEMPTS = 20
"""Tries of one message, spread over three days. A channel that is down counts as no try of the messages on it."""

LONGEST_WAIT = timedelta(days=30)
"""Longer than any pause, rest or holiday: what lies further ahead was put there by a clock that was wrong."""

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
        self.outcomes.extend(SENDERS[self.channel.way](self.settings, self._in_time()))

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
        for channel in _channels_waiting(now, without=self._running):
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
            composed = _claim(channel, now, lease, sent)
        except SealBroken:
            rest(channel, kept(gettext_noop("渠道的设置解不开，请重新填写；系统运维人员可运行 huiyin verify。")))
        except Exception:  # noqa: BLE001 - tried again later; the log has it in full
            _log.exception("channel-not-claimed", channel=str(channel.pk), way=channel.way)
            rest(channel, kept(gettext_noop("发送程序出错，系统运维人员可查看日志。")))
        else:
            return _Batch(channel, settings, composed, lease, self._stop) if composed else None
        return None

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
    waiting = Delivery.objects.filter(waiting_now(now)).order_by()
    ids = set(waiting.values_list("channel", flat=True).distinct()) - set(without)
    channels = Channel.objects.filter(pk__in=ids).select_related("organisation").order_by("pk") if ids else ()
    for channel in channels:
        if not channel.active:     # planned while it was being taken out of use
            waiting.filter(channel=channel).update(state=State.DROPPED, ended_at=now, lease_until=None)
    return [channel for channel in channels if channel.active and is_awake(channel, now)]


def _claim(channel: Channel, now: datetime, lease: datetime, sent: Sent) -> list[Composed]:
    """Messages of a channel that are ours until `lease`; what cannot be composed is given up at once.

    One worker at a time claims from a channel, so that no two take parts of the same folded message.
    """
    skip = bool(connection.features.has_select_for_update_skip_locked)
    with transaction.atomic():
        if not Channel.objects.filter(pk=channel.pk, active=True).select_for_update(skip_locked=skip).values_list("pk"):
            return []
        rows = _rows_to_send(channel, now)
        Delivery.objects.filter(id__in=[row.id for row in rows]).update(lease_until=lease)
        composed = compose(channel, rows)
        for each in composed:
            if each.message is None:
                _end(each, lease, State.DEAD, Outcome(NEVER, each.trouble))
                sent.dead += len(each.rows)
    return [each for each in composed if each.message is not None]


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


def _mark(batch: _Batch, broken: BaseException | None, sent: Sent) -> None:
    """Write down what came of a batch. What was not tried is free again; a channel that is down rests."""
    outcomes = batch.outcomes
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
        _end(each, lease, State.SENT, outcome)
        sent.accepted += len(each.rows)
    elif outcome.result == NEVER or (outcome.handed_over and attempts >= MOST_ATTEMPTS):
        _end(each, lease, State.DEAD, outcome)
        sent.dead += len(each.rows)
    elif not outcome.handed_over:      # nothing is known of the message; the channel rests
        _of(each, lease).update(trouble=outcome.trouble, lease_until=None)
        sent.again += len(each.rows)
    else:                              # when the channel has rested, those behind it come first
        pause = max(pause_after(attempts), timedelta(seconds=outcome.wait))
        not_before = (rest_until or timezone.now()) + pause
        _of(each, lease).update(
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


def _end(each: Composed, lease: datetime, state: str, outcome: Outcome) -> None:
    _of(each, lease).update(
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


def _of(each: Composed, lease: datetime) -> "QuerySet[Delivery]":
    """The rows as long as they are ours: when the lease has run out, somebody else may have taken them."""
    return Delivery.objects.filter(id__in=[row.id for row in each.rows], state=State.WAITING, lease_until=lease)
