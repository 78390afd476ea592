"""Time: real, and of a rehearsal."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from huiyin.organisations.models import ClockSetting, Organisation
from huiyin.organisations.services import ClockRefusedError, now_of, set_rehearsal_clock

MARCH = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def rehearsal(hospital):
    hospital.rehearsal = True
    hospital.save()
    return hospital


@pytest.fixture
def administrator(staff):
    person = staff("director")
    person.administrator = True
    person.save()
    return person


def test_a_real_organisation_lives_in_real_time(hospital):
    assert abs(now_of(hospital) - timezone.now()) < timedelta(seconds=5)


def test_a_rehearsal_stands_where_its_clock_was_set(rehearsal, administrator):
    set_rehearsal_clock(rehearsal, MARCH, administrator)
    assert now_of(rehearsal) == MARCH
    assert now_of(Organisation.objects.get(pk=rehearsal.pk)) == MARCH


def test_the_clock_goes_forward_and_each_setting_is_kept(rehearsal, administrator):
    set_rehearsal_clock(rehearsal, MARCH, administrator)
    set_rehearsal_clock(rehearsal, MARCH + timedelta(days=20), administrator)
    last = ClockSetting.objects.last()
    assert (last.before, last.after, last.set_by) == (MARCH, MARCH + timedelta(days=20), administrator)


def test_the_clock_never_goes_back(rehearsal, administrator):
    set_rehearsal_clock(rehearsal, MARCH, administrator)
    with pytest.raises(ClockRefusedError, match="只能往后调"):
        set_rehearsal_clock(rehearsal, MARCH - timedelta(minutes=1), administrator)
    assert now_of(rehearsal) == MARCH


def test_only_an_administrator_sets_it(rehearsal, staff):
    with pytest.raises(ClockRefusedError, match="系统管理员"):
        set_rehearsal_clock(rehearsal, MARCH, staff("clerk"))


def test_a_real_organisation_has_no_clock_to_set(hospital, administrator):
    with pytest.raises(ClockRefusedError, match="只有演练单位"):
        set_rehearsal_clock(hospital, MARCH, administrator)


def test_the_database_too_refuses_a_clock_for_a_real_organisation(hospital):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=hospital.pk).update(rehearsal_clock=MARCH)


def test_a_time_without_zone_is_refused(rehearsal, administrator):
    with pytest.raises(ClockRefusedError, match="时区"):
        set_rehearsal_clock(rehearsal, datetime(2026, 3, 2, 9), administrator)   # noqa: DTZ001 - the point of the test
