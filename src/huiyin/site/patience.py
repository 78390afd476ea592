"""How long whoever works now will wait for the database: nobody at a page waits for a server that never answers.

A server can hang without a word: its machine is cut off, its disk stands still, it was frozen. The kernel does not notice
as long as the machine answers TCP, so the one who waits has to count. The count is for this thread's work at hand; commands
a person started (`rebuild`, `verify`, an upgrade) wait as long as it takes.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

REQUEST_SECONDS = 20.0
"""A request waits so long for the database, all its statements together; then it is answered 503."""
STEP_SECONDS = 60.0
"""A worker waits so long for one statement; then it begins its round anew on another connection."""
CHECK_SECONDS = 5.0
"""Whether a connection is still good has to be answered within this; else a new one is made."""


@dataclass(slots=True)
class Patience:
    """So many seconds for each statement or, `together`, for all of them; `spent` of them are gone."""

    seconds: float
    together: bool
    spent: float = 0.0

    @property
    def left(self) -> float:
        """Seconds the next answer may take; never less than nothing."""
        return max(0.0, self.seconds - self.spent)

    @contextmanager
    def counting(self) -> Iterator[float]:
        """Wait for one answer, for so many seconds at most."""
        began = time.monotonic()
        try:
            yield self.left
        finally:
            if self.together:
                self.spent += time.monotonic() - began


_now: ContextVar[Patience | None] = ContextVar("patience", default=None)


def patience() -> Patience | None:
    """The patience of the work at hand; None when it waits as long as it takes."""
    return _now.get()


@contextmanager
def answers_within(seconds: float, *, together: bool = False) -> Iterator[None]:
    """Everything inside waits for each answer, or for all answers `together`, so many seconds and no longer."""
    token = _now.set(Patience(seconds, together))
    try:
        yield
    finally:
        _now.reset(token)
