"""Values of fields as people read them."""

from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from huiyin.application.story_words import said
from huiyin.regime import load, packs

FOOD, HOUSE = (load(packs()[name]).intake.fields for name in ("platform-food-safety", "property-follow-up"))
MADE = next(field for field in FOOD.values() if field.type == "date")
ZONE = ZoneInfo("Asia/Shanghai")
VISIT = next(field for field in HOUSE.values() if field.type == "datetime")


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [("zh-hans", "2026年11月17日", "2026年11月17日 9:30"), ("en", "17 Nov 2026", "17 Nov 2026, 9:30")],
)
def test_days_and_times_are_said_in_the_language_of_the_page(language, day, moment):
    with translation.override(language):
        assert said("2026-11-17", MADE, ZONE) == day
        assert said("2026-11-17T09:30:00+08:00", VISIT, ZONE) == moment


def test_a_time_that_a_program_gave_in_another_zone_is_said_in_the_organisations():
    assert said("2026-11-17T20:30:00+00:00", VISIT, ZONE) == "2026年11月18日 4:30"


def test_what_is_no_day_stays_as_it_was_said():
    assert said("去年冬天", MADE, ZONE) == "去年冬天"
    assert said(True, None, ZONE) == "是"
