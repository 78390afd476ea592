"""One transaction per use case, tried again when somebody else was quicker."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from huiyin.store.availability import LOCKED, clear_failures
from huiyin.store.errors import StoreUnavailable
from huiyin.store.one_writer import one_writer
from huiyin.store.recording import ChangedMeanwhile, Recording

Result = TypeVar("Result")
TRIES = 4


def in_transaction(work: Callable[[Recording], Result]) -> Result:
    """Run `work` with an empty recording in a transaction and write what it recorded.

    `work` may run several times, so it must have no effect but on the recording and the database.

    Raises:
        StoreUnavailable: the database cannot take it, or others kept being quicker.
    """
    for _ in range(TRIES):
        recording = Recording()
        try:
            with clear_failures(), one_writer(), transaction.atomic():
                result = work(recording)
                recording.write()
        except ChangedMeanwhile:
            continue
        transaction.on_commit(recording.keep)
        return result
    raise StoreUnavailable(LOCKED)
