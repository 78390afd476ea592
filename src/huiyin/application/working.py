"""The worker's round: let time pass, then deliver what waits in the outbox."""

from dataclasses import dataclass

from huiyin.store.availability import clear_failures
from huiyin.store.delivery import BATCH, deliver_once

from .changed_people import show_to_changed_people
from .sealing_days import seal_finished_days
from .sweeping import sweep


@dataclass(frozen=True, slots=True)
class Work:
    """What a round did: cases moved by time, shown anew to changed people; outbox rows delivered; days sealed."""

    swept: int
    shown: int
    delivered: int
    sealed: int

    def __bool__(self) -> bool:
        return bool(self.swept or self.shown or self.delivered or self.sealed)


def work_once() -> Work:
    """One round over all organisations. Safe to run in several processes at once. Raises StoreUnavailable."""
    swept = sweep()
    shown = show_to_changed_people()
    with clear_failures():
        delivered = 0
        while True:
            done = deliver_once()
            delivered += done
            if done < BATCH:
                break
        sealed = seal_finished_days()
    return Work(swept, shown, delivered, sealed)
