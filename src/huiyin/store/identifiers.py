"""Numbers made from case ids. Ids are UUID version 7 (`huiyin.organisations.uuid7`), so they sort by the moment of filing."""

from functools import lru_cache
from uuid import UUID


@lru_cache(maxsize=1024)
def id_of(text: str) -> UUID:
    """The id that a case has as text: a few times in each recording, and its organisation's in all of them."""
    return UUID(text)


def search_number(case_id: UUID) -> int:
    """A 63-bit number of a case id that sorts as the id does: 48 bits of time and the 15 highest of the others.

    The full-text index of SQLite needs whole numbers as keys. A process never makes two equal ones; two processes may,
    once in 32,768 filings of the same millisecond: the table refuses the second and filing tries again with a new id.
    """
    number = case_id.int
    tail = (number >> 64 & 0xFFF) << 62 | number & ((1 << 62) - 1)
    return (number >> 80) << 15 | tail >> 59
