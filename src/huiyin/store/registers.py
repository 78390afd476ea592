"""Register numbers: gapless per organisation, year and pattern.

The counter's row stays locked until the filing commits; a filing that fails gives its number back. Regimes that write
numbers in the same pattern share one register, so that a number names one case of the organisation.
"""

from datetime import date
from uuid import UUID

from django.db import connection

from huiyin.cases.numbering import write_number

from .blind_codes import scrambled_code
from .models import RegisterRow

BLIND, ALL_YEARS = "盲样 ", 0
"""Registers of blind codes: one a pattern, going on from year to year."""


def next_number(organisation_id: UUID, pattern: str, day: date) -> str:
    """The next number of the register, e.g. `2026-0001` for `{year}-{serial:04}`. `day` is local to the organisation.

    Must run inside the transaction that uses it.
    """
    return write_number(pattern, day, _advance(organisation_id, day.year, pattern, 1))


class Numbers:
    """Numbers for a batch in one transaction: `next` shows one, `take` uses it up, `write` stores what was used.

    The register is locked by the first `next`; a number that was shown but not taken is shown again.
    """

    kind = ""
    """Stands before the pattern where another sort of thing has registers of its own."""

    def __init__(self, organisation_id: UUID) -> None:
        self._organisation = organisation_id
        self._last: dict[tuple[str, int], int] = {}
        self._taken: dict[tuple[str, int], int] = {}

    def next(self, pattern: str, day: date) -> str:
        """The number that comes next."""
        register = pattern, day.year
        if register not in self._last:
            self._last[register] = _advance(self._organisation, day.year, self.kind + pattern, 0)
        return write_number(pattern, day, self._last[register] + self._taken.get(register, 0) + 1)

    def take(self, pattern: str, day: date) -> None:
        """The number shown last was used."""
        register = pattern, day.year
        self._taken[register] = self._taken.get(register, 0) + 1

    def write(self) -> None:
        """Advance the registers by what was taken."""
        for (pattern, year), count in self._taken.items():
            _advance(self._organisation, year, self.kind + pattern, count)
        self._taken.clear()
        self._last.clear()


class DocumentNumbers(Numbers):
    """Numbers of documents, for `Context.numbering`; nothing is used up before `write`, so a refusal leaves no gap."""

    kind = "文书 "

    def __init__(self, organisation_id: UUID) -> None:
        super().__init__(organisation_id)
        self._coded: dict[str, int] = {}
        self._given: dict[str, int] = {}

    def number(self, pattern: str, day: date) -> str:
        """The next number, taken."""
        found = self.next(pattern, day)
        self.take(pattern, day)
        return found


    def blind_code(self, pattern: str, day: date) -> str:
        """A code that tells nothing of case, sample or order; none is given twice, whatever the year."""
        register = f"{BLIND}{pattern}"
        if register not in self._coded:
            self._coded[register] = _advance(self._organisation, ALL_YEARS, register, 0)
        self._coded[register] += 1
        self._given[register] = self._given.get(register, 0) + 1
        return scrambled_code(pattern, day, self._coded[register], str(self._organisation))

    def write(self) -> None:
        """Advance the registers of numbers and of codes by what was taken."""
        super().write()
        for register, count in self._given.items():
            _advance(self._organisation, ALL_YEARS, register, count)
        self._given.clear()
        self._coded.clear()


def _advance(organisation_id: UUID, year: int, pattern: str, count: int) -> int:
    table = RegisterRow._meta.db_table  # noqa: SLF001
    identity = RegisterRow._meta.get_field("organisation_id").get_db_prep_value(organisation_id, connection)  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (organisation_id, year, pattern, last) VALUES (%s, %s, %s, %s) "  # noqa: S608
            f"ON CONFLICT (organisation_id, year, pattern) DO UPDATE SET last = {table}.last + excluded.last "
            "RETURNING last",
            [identity, year, pattern, count],
        )
        last: int = cursor.fetchone()[0]
    return last
