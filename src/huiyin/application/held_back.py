"""What a batch holds back from the database, and when it must let go of it."""

from typing import Protocol

from huiyin.store.history import Held


class HeldBack(Protocol):
    """Writes early what somebody is about to look for; each time costs statements of their own."""

    def write_if(self, matters: Held) -> None:
        """Write all that is held back if it matters."""
        ...

    def write_counts(self) -> None:
        """Write what watches count."""
        ...
