"""Days and times in both languages: the month by name in English, because 10/9 is read as two different days."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import translation
from tests.workbench.rehearsal import set_clock

from huiyin.application.world import world_of
from huiyin.workbench.words.moments import date_words, day_words, late_by, moment_words

MONDAY = date(2026, 9, 28)


@pytest.mark.parametrize(
    ("language", "this_year", "next_year", "weekday"),
    [("zh-hans", "10月9日", "2027年1月4日", "10月9日 周五"), ("en", "9 Oct", "4 Jan 2027", "Fri 9 Oct")],
)
def test_a_day_carries_its_year_only_where_it_is_another_one(language, this_year, next_year, weekday):
    with translation.override(language):
        assert date_words(date(2026, 10, 9), MONDAY) == this_year
        assert date_words(date(2027, 1, 4), MONDAY) == next_year
        assert day_words(date(2026, 10, 9), MONDAY) == weekday


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "9月20日9:05"), ("en", "20 Sep, 9:05")])
def test_a_moment_keeps_day_and_hour_apart_in_english(hospital, language, words):
    set_clock(hospital, datetime(2026, 9, 28, 2, 0, tzinfo=UTC))
    with translation.override(language):
        assert moment_words(datetime(2026, 9, 20, 1, 5, tzinfo=UTC), world_of(hospital)) == words


def test_one_working_day_is_not_several(hospital):
    set_clock(hospital, datetime(2026, 9, 29, 2, 0, tzinfo=UTC))
    world = world_of(hospital)
    with translation.override("en"):
        assert late_by(datetime(2026, 9, 28, 2, 0, tzinfo=UTC), world) == "1 working day"
        assert late_by(datetime(2026, 9, 25, 2, 0, tzinfo=UTC), world) == "2 working days"
        assert late_by(datetime(2026, 9, 29, 1, 0, tzinfo=UTC), world) == "1 hour"


@pytest.mark.parametrize(
    ("language", "holiday"), [("zh-hans", "10月1日至7日"), ("en", "1–7 Oct")]
)
def test_holidays_are_read_as_days_and_not_as_codes(desk_of, language, holiday):
    client = desk_of("he-wanyin")
    client.cookies["huiyin_language"] = language
    assert holiday in client.get(reverse("desk-working-time")).content.decode()
