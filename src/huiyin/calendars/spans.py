"""Opening spans as people write them: `08:30-12:00 14:00-17:30`."""

from __future__ import annotations

import re
from datetime import time
from itertools import pairwise

from huiyin.calendars.organisation_time import Hours, minutes_of

LONGEST_NIGHT = 16 * 60
"""Minutes; a span over midnight that is longer was written the wrong way round."""

_SPAN = re.compile(r"(\d{1,2}):(\d{2})[-–—~～至](\d{1,2}):(\d{2})")


class UnreadableHoursError(ValueError):
    """Opening hours that cannot be right; `zh` and `en` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


def parse_hours(text: str) -> Hours:
    """The spans of one day, in order. An end before its start is a night shift; 24:00 is midnight at the end of the day.

    Raises:
        UnreadableHoursError: unreadable, written the wrong way round, overlapping or out of order.
    """
    spans = []
    for part in re.sub(r"\s*([-–—~～至])\s*", r"\1", text.replace("：", ":")).replace("、", " ").replace("，", " ").split():
        found = _SPAN.fullmatch(part)
        if found is None:
            raise UnreadableHoursError(f"“{part}”读不懂，请写成 08:30-12:00。", f"“{part}” is unreadable; write 08:30-12:00.")
        opening, closing = _time(part, found[1], found[2]), _time(part, found[3], found[4])
        begin, end = minutes_of((opening, closing))
        if closing != time(0) and end > 24 * 60 and (end - begin > LONGEST_NIGHT or opening == closing):
            raise UnreadableHoursError(f"{part}的起止写反了。", f"{part} is the wrong way round.")
        spans.append((opening, closing))
    for before, after in pairwise(spans):
        if minutes_of(after)[0] < minutes_of(before)[1]:
            first, second = written_hours((before,)), written_hours((after,))
            raise UnreadableHoursError(f"{first}与{second}重叠，或先后颠倒。", f"{first} and {second} overlap or are out of order.")
    return tuple(spans)


def written_hours(hours: Hours) -> str:
    """The spans of one day, to be read again by `parse_hours`."""
    return " ".join(f"{opening:%H:%M}-{'24:00' if closing == time(0) else f'{closing:%H:%M}'}" for opening, closing in hours)


def _time(part: str, hour: str, minute: str) -> time:
    if (hour, minute) == ("24", "00"):
        return time(0)
    try:
        return time(int(hour), int(minute))
    except ValueError as error:
        raise UnreadableHoursError(f"{part}：没有这样的时刻。", f"{part}: there is no such time of day.") from error
