"""The calendars that ship: mainland China by the State Council's arrangements, or any table of the same form."""

from __future__ import annotations

from functools import cache

from huiyin.calendars.arrangements import china_arrangements, read_arrangements
from huiyin.calendars.calendar import Calendar


@cache
def china() -> Calendar:
    """Mainland China, 2007 to 2026; earlier and later years have plain weeks and give provisional due times."""
    return Calendar("cn", china_arrangements())


def load_calendar(text: str, *, id: str, zone: str = "Asia/Shanghai", issuer: str = "国务院办公厅") -> Calendar:
    """A calendar from the text of an arrangement table (CSV: year,holiday,off,work); see `arrangements`."""
    return Calendar(id, read_arrangements(text, issuer=issuer), zone=zone)
