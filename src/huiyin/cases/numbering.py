"""Register numbers as they are written: `2026-0001` for `{year}-{serial:04}`."""

import re
from datetime import date

_PLACE = re.compile(r"\{(year|month|day|serial)(?::0?(\d{1,2}))?\}")


def write_number(pattern: str, day: date, serial: int) -> str:
    """A number in its pattern; a pattern without `{serial}` gets it appended, since a number must be unique."""
    if "{serial" not in pattern:
        pattern += "-{serial:04}"
    values = {"year": day.year, "month": day.month, "day": day.day, "serial": serial}
    return _PLACE.sub(lambda place: str(values[place[1]]).zfill(int(place[2] or 0)), pattern)
