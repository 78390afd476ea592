"""What time it is: the only place that reads the clock for commands."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huiyin.organisations.models import ClockSetting, Organisation, Staff

LAST_YEAR = 2100
"""A rehearsal's clock never goes back, so a slip into a year no calendar knows would end it for good."""


class ClockRefusedError(ValueError):
    """The clock may not be set so; the message (Chinese, then English) says why."""


def now_of(organisation: Organisation) -> datetime:
    """The time that counts for this organisation (aware): its rehearsal clock if it has one, else the real clock."""
    if organisation.rehearsal and organisation.rehearsal_clock is not None:
        return organisation.rehearsal_clock
    return timezone.now()


@transaction.atomic
def set_rehearsal_clock(organisation: Organisation, to: datetime, by: Staff) -> Organisation:
    """Set a rehearsal's clock forward (never back) and record who did it.

    Raises ClockRefusedError for a real organisation, for somebody who is not an administrator of this one, for a time
    without zone, for a time before the present one, and for one after LAST_YEAR. What is due until `to` is for the
    caller to let happen.
    """
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not locked.rehearsal:
        raise ClockRefusedError("只有演练单位可以调整时间。 / Only a rehearsal has a clock of its own.")
    if not by.administrator or by.organisation_id != locked.pk:
        raise ClockRefusedError("只有本单位的系统管理员可以调整演练时间。 / Only an administrator may set the clock.")
    if to.tzinfo is None:
        raise ClockRefusedError("时间须带时区。 / The time needs a time zone.")
    if to.year > LAST_YEAR:
        raise ClockRefusedError(f"演练时间不能晚于 {LAST_YEAR} 年。 / The rehearsal clock ends with {LAST_YEAR}.")
    before = now_of(locked)
    if locked.rehearsal_clock is not None and to < before:
        raise ClockRefusedError(
            f"演练时间只能往后调：现在是 {timezone.localtime(before):%Y-%m-%d %H:%M}。"
            " / The rehearsal clock is only set forward."
        )
    ClockSetting.objects.create(organisation=locked, set_by=by, before=before, after=to)
    Organisation.objects.filter(pk=locked.pk).update(rehearsal_clock=to)
    organisation.rehearsal_clock = to
    return organisation
