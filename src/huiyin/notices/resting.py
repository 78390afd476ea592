"""When a channel that is down, or a message that was not accepted, is tried again."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from .models import Channel
from .sending.outcome import ACCEPTED, DOWN, Outcome

FIRST_PAUSE, LONGEST_PAUSE, LONGEST_REST = timedelta(minutes=1), timedelta(hours=6), timedelta(minutes=30)
LONGEST_REST_ASKED = timedelta(days=1)
"""How long another side may ask us to wait at most, see `sending.answers`; a rest that ends later is from a wrong clock."""


def pause_after(attempts: int) -> timedelta:
    """How long a message waits after so many attempts: doubled each time, with chance, so that not all come at once."""
    full: timedelta = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return full * random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing


def is_awake(channel: Channel, now: datetime) -> bool:
    """Whether a channel does not rest."""
    until = channel.rest_until
    return until is None or until <= now or until > now + LONGEST_REST_ASKED


def rest_or_wake(channel: Channel, outcomes: Sequence[Outcome]) -> datetime | None:
    """Let a channel rest that is down, or wake it; until when it rests.

    Where others were accepted just before, it is the one message that is in trouble, unless the other side asks to wait.
    """
    last = outcomes[-1] if outcomes else None
    works = any(outcome.result == ACCEPTED for outcome in outcomes)
    if last is not None and last.result == DOWN and (not works or last.wait or not last.handed_over):
        return rest(channel, last.trouble, seconds=last.wait, anew=works)
    if works and (channel.rests or channel.trouble):
        wake(channel)
    return None


def rest(channel: Channel, trouble: str, *, seconds: int = 0, anew: bool = False) -> datetime:
    """Let a channel rest, longer each time in a row unless it begins `anew`; at least for `seconds`. Gives the end."""
    rests = 0 if anew else channel.rests
    pause = max(min(FIRST_PAUSE * 2 ** min(rests, 10), LONGEST_REST), timedelta(seconds=seconds))
    until = timezone.now() + pause
    Channel.objects.filter(pk=channel.pk).update(rests=rests + 1, rest_until=until, trouble=trouble)
    return until


def wake(channel: Channel) -> None:
    """Let a channel that rested be tried at once."""
    Channel.objects.filter(pk=channel.pk).update(rests=0, rest_until=None, trouble="")
