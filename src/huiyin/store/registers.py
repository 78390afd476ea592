"""Register numbers: gapless per organisation, year and pattern.

The counter's row stays locked until the filing commits; a filing that fails gives its number back. Regimes that write
numbers in the same pattern share one register, so that a number names one case of the organisation.
"""

import re
from datetime import date
from uuid import UUID

from django.db import connection

from .models import RegisterRow

_PLACE = re.compile(r"\{(year|month|day|serial)(?::0?(\d{1,2}))?\}")


def next_number(organisation_id: UUID, pattern: str, day: date) -> str:
    """The next number of the register, e.g. `2026-0001` for `{year}-{serial:04}`. `day` is local to the organisation."""
    return next_numbers(organisation_id, pattern, day, 1)[0]


def next_numbers(organisation_id: UUID, pattern: str, day: date, count: int) -> list[str]:
    """The next `count` numbers in a row. Must run inside the transaction that uses them."""
    last = _advance(organisation_id, day.year, pattern, count)
    return [write(pattern, day, serial) for serial in range(last - count + 1, last + 1)]


def write(pattern: str, day: date, serial: int) -> str:
    """A number in its pattern; a pattern without `{serial}` gets it appended, since a number must be unique."""
    if "{serial" not in pattern:
        pattern += "-{serial:04}"
    values = {"year": day.year, "month": day.month, "day": day.day, "serial": serial}
    return _PLACE.sub(lambda place: str(values[place[1]]).zfill(int(place[2] or 0)), pattern)


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
