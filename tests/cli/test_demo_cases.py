"""The demo's cases: every story is told to its end by people who may tell it."""

import pytest
from structlog.testing import capture_logs
from tests.prepared import prepared

from huiyin.commands_line.demo_cases import fill, stories
from huiyin.regime import packs
from huiyin.regime.affairs import AFFAIR_KINDS
from huiyin.store.models import CaseRow

pytestmark = pytest.mark.django_db


def test_every_story_is_told_to_its_end():
    organisation, _ = prepared()
    with capture_logs() as logs:
        filed = fill(organisation)
    assert [line for line in logs if line["event"].startswith("demo-story")] == []
    assert filed == len([story for story in stories() if story.pack in packs()]) == cases().count()


def cases():
    """What was filed; the affairs that came of it and of the calendar are none of the stories."""
    return CaseRow.objects.exclude(kind__in=AFFAIR_KINDS)


def test_the_months_duties_are_owed():
    organisation, _ = prepared()
    fill(organisation)
    assert CaseRow.objects.filter(regime="patient-relations/monthly-analysis", kind="duty", state="open").count() == 1


def test_the_cases_stand_at_different_points():
    organisation, _ = prepared()
    fill(organisation)
    assert cases().filter(state="closed").exists()
    assert len(set(cases().values_list("phase", flat=True))) >= 4
    assert set(cases().values_list("regime", flat=True)) == {story.pack for story in stories()} & set(packs())


def test_filling_again_adds_nothing():
    organisation, _ = prepared()
    fill(organisation)
    before = CaseRow.objects.count()
    assert fill(organisation) == 0
    assert CaseRow.objects.count() == before


def test_the_rehearsal_stays_empty():
    organisation, rehearsal = prepared()
    fill(organisation)
    assert not CaseRow.objects.filter(organisation_id=rehearsal.pk).exists()
