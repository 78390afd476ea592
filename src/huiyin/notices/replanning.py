"""Messages that wait for the office to open wait for the opening that holds now, when working time was changed."""

from datetime import datetime
from uuid import UUID

from huiyin.calendars import Calendar

from .hours import for_staff
from .models import Delivery, State


def plan_anew(organisation_id: UUID, calendar: Calendar, now: datetime) -> int:
    """Give staff messages that were put off and not tried yet the next opening of this calendar; gives how many.

    What cannot wait was never put off, and complainants and parties outside are told by day, holiday or not. `now` is the
    machine's time.
    """
    put_off = Delivery.objects.filter(
        organisation_id=organisation_id, state=State.WAITING, recipient__startswith="person:", attempts=0, not_before__gt=now
    )
    return put_off.update(not_before=for_staff(calendar, now, at_once=False))
