"""UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then a counter and random bits.

Ids of one process rise strictly, also within a millisecond (section 6.2, method 1: the 12 bits of rand_a count, seeded
at random with the upper bit free), so rows made later sort later and indexes grow at their end.
"""

import secrets
import threading
import time
import uuid

_COUNTER_BITS = 12
_COUNTER_MOST = (1 << _COUNTER_BITS) - 1
_VERSION = 0x7
_VARIANT = 0b10


class _Sequence:
    """The last millisecond used and how many ids it gave; shared by all threads of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._millisecond = 0
        self._counter = 0

    def next(self, now: int) -> tuple[int, int]:
        """A pair (millisecond, counter) greater than every pair before, even when the clock jumps back."""
        with self._lock:
            if now > self._millisecond:
                self._millisecond, self._counter = now, secrets.randbits(_COUNTER_BITS - 1)
            elif self._counter < _COUNTER_MOST:
                self._counter += 1
            else:  # more than the counter holds: borrow the next millisecond
                self._millisecond, self._counter = self._millisecond + 1, secrets.randbits(_COUNTER_BITS - 1)
            return self._millisecond, self._counter


_sequence = _Sequence()


def uuid7() -> uuid.UUID:
    """A new id, greater than all ids this process made before. Safe in threads."""
    millisecond, counter = _sequence.next(time.time_ns() // 1_000_000)
    number = (
        (millisecond & ((1 << 48) - 1)) << 80
        | _VERSION << 76
        | counter << 64
        | _VARIANT << 62
        | secrets.randbits(62)
    )
    return uuid.UUID(int=number)


def millisecond_of(id: uuid.UUID) -> int:
    """The Unix millisecond an id carries. Raises ValueError for an id of another version."""
    if id.version != _VERSION:
        raise ValueError(f"{id} 不是第 7 版 UUID。 / {id} is no version 7 UUID.")
    return id.int >> 80
