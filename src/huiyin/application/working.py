"""The worker's round: open what is due, let time pass, then deliver what waits in the outbox."""

from dataclasses import dataclass

from huiyin.store.availability import clear_failures
from huiyin.store.clock_jumps import clock_is_doubtful
from huiyin.store.delivery import BATCH

from .changed_people import show_to_changed_people
from .moving_cases import work_on_moves
from .sealing_days import seal_finished_days
from .standing import open_due
from .stories import play_waiting_stories
from .sweeping import sweep
from .telling import tell_once
from .working_time import work_on_working_time


@dataclass(frozen=True, slots=True)
class Work:
    """What a round did.

    Duties, watches and commitments looked at; cases moved by time, looked at for a change of working time, moved to another
    version of their regime, shown anew to changed people; outbox rows delivered; days sealed; sets of stories played.
    """

    opened: int
    swept: int
    timed: int
    moved: int
    shown: int
    delivered: int
    sealed: int
    played: int

    def __bool__(self) -> bool:
        counts = (self.opened, self.swept, self.timed, self.moved, self.shown, self.delivered, self.sealed, self.played)
        return any(counts)


def work_once() -> Work:
    """One round over all organisations. Safe to run in several processes at once. Raises StoreUnavailable."""
    doubtful = clock_is_doubtful()      # then nothing goes by the clock until somebody has looked at it
    timed = 0 if doubtful else work_on_working_time()      # before anything falls due by a calendar that holds no longer
    opened = 0 if doubtful else open_due()
    swept = 0 if doubtful else sweep()
    moved = 0 if doubtful else work_on_moves()
    shown = show_to_changed_people()
    with clear_failures():
        delivered = 0
        while True:
            done = tell_once()
            delivered += done
            if done < BATCH:
                break
        sealed = 0 if doubtful else seal_finished_days()
    played = play_waiting_stories()
    return Work(opened, swept, timed, moved, shown, delivered, sealed, played)
