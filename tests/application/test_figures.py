"""Figures of commitments: counted by the worker, final once their period is over."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.application.clinic import MONDAY, NEI, Clinic

from huiyin.application.figure_words import count_words, figure_words, period_words, target_words
from huiyin.application.figures import count_figures, measured
from huiyin.application.world import world_of
from huiyin.regime.model import Commitment
from huiyin.store.models import FigureRow

JULY = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def clinic(db, tmp_path):
    return Clinic(tmp_path)


def timely(clinic):
    """What is kept of the promise to settle in ten days."""
    world = world_of(clinic.organisation)
    (found,) = [each for each in measured(world, [world.in_force("clinic")]) if each.commitment.id == "timely"]
    return found, world


def settle(clinic):
    case_id = clinic.founded()
    clinic.do(NEI, case_id, "reply")


def test_the_quarter_that_runs_is_counted_anew_each_day_and_says_what_it_is_made_of(clinic):
    clinic.at(MONDAY)
    assert timely(clinic)[0].now.value is None
    settle(clinic)
    assert timely(clinic)[0].now.value is None
    clinic.at(MONDAY + timedelta(days=1))
    found, world = timely(clinic)
    assert (found.now.value, found.now.counted, found.now.among, found.now.kept) == (100, 1, 1, True)
    words = (figure_words(found.commitment, found.now.value), count_words(found.commitment, found.now))
    assert words == ("100%", "1/1件")
    assert (target_words(found.commitment), period_words(found.now, world)) == ("不低于90%", "2026年第1季度")


def test_an_ended_quarter_is_counted_once_more_after_its_end_and_then_stays(clinic):
    clinic.at(MONDAY)
    clinic.file()
    clinic.at(MONDAY + timedelta(days=20))
    clinic.at(JULY)
    found, world = timely(clinic)
    assert [(period_words(row, world), row.value, row.kept) for row in found.past] == [("2026年第1季度", 0, False)]
    FigureRow.objects.filter(commitment="timely", value=0).update(value=77)
    clinic.at(JULY + timedelta(days=1))
    assert [row.value for row in timely(clinic)[0].past] == [77]


def test_figures_that_were_lost_are_counted_again(clinic):
    clinic.at(MONDAY)
    settle(clinic)
    clinic.at(JULY)
    FigureRow.objects.all().delete()
    clinic.at(JULY + timedelta(days=1))
    assert [row.value for row in timely(clinic)[0].past] == [100]


def test_cases_are_read_once_however_many_periods_are_counted(clinic, django_assert_num_queries):
    clinic.at(MONDAY)
    settle(clinic)
    world = world_of(clinic.organisation)
    regime = world.in_force("clinic")
    promise = regime.commitments["timely"]
    count_figures(world, regime, promise)
    with CaptureQueriesContext(connection) as the_running_quarter:
        count_figures(world, regime, promise)
    FigureRow.objects.all().delete()
    with django_assert_num_queries(len(the_running_quarter)):
        count_figures(world, regime, promise)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-01-01", "2027-01-01", "2026年"),
        ("2026-07-01", "2027-01-01", "2026年下半年"),
        ("2026-10-01", "2027-01-01", "2026年第4季度"),
        ("2026-12-01", "2027-01-01", "2026年12月"),
        ("2026-03-02", "2026-03-09", "2026年3月2日起"),
    ],
)
def test_periods_are_called_what_people_call_them(clinic, start, end, words):
    zone = world_of(clinic.organisation).calendar.zone
    row = FigureRow(start=datetime.fromisoformat(start).replace(tzinfo=zone), end=datetime.fromisoformat(end).replace(tzinfo=zone))
    assert period_words(row, world_of(clinic.organisation)) == words


@pytest.mark.parametrize(
    ("measure", "bound", "words"),
    [
        ("timely-share", {"at_least": "90.0%"}, "不低于90%"),
        ("cases", {"at_most": "30.0"}, "不高于30"),
        ("handling-time", {"below": "2.5"}, "低于2.5"),
        ("satisfied-share", {"at_least": "goal"}, "不低于goal%"),
        ("cases", {}, ""),
    ],
)
def test_targets_are_told_without_needless_digits(measure, bound, words):
    assert target_words(Commitment(id="c", title="承诺", measure=measure, bound=bound)) == words


def test_quarters_before_the_first_case_are_no_history(clinic):
    clinic.at(MONDAY)
    settle(clinic)
    clinic.at(JULY)
    FigureRow.objects.filter(commitment="timely", among=0).update(value=0)
    assert [row.value for row in timely(clinic)[0].past] == [100, 0]
