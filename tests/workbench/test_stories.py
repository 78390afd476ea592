"""The stories beside a regime: asked for on the page, played by the worker, kept until the text changes."""

import pytest
from django.urls import reverse

from huiyin.application.stories import play_waiting_stories
from huiyin.application.working import work_once
from huiyin.organisations.drafts import draft_of_version, save_draft
from huiyin.organisations.models import RegimeVersion, Staff, StoryRun

READER, ADMINISTRATOR = "he-wanyin", "qi-anlan"
PAGE = reverse("desk-regime-stories", args=["patient-relations"])


@pytest.fixture
def draft(hospital):
    row = RegimeVersion.objects.get(organisation=hospital, regime="patient-relations")
    return draft_of_version(row, by=Staff.objects.get(organisation=hospital, person=ADMINISTRATOR))


def test_they_are_played_by_the_worker_and_never_in_a_request(desk_of):
    client = desk_of(READER)
    assert "还没有演过。" in client.get(PAGE).content.decode()
    assert client.post(PAGE).status_code == 302
    waiting = client.get(PAGE).content.decode()
    assert "正在逐个演" in waiting
    assert "every 2s" in waiting
    assert work_once().played == 1
    run = StoryRun.objects.get()
    assert run.trouble == ""
    assert len(run.results) > 20
    assert all(each["passed"] for each in run.results)
    shown = client.get(PAGE).content.decode()
    assert f"{len(run.results)} / {len(run.results)} 通过" in shown
    assert run.results[0]["title"] in shown
    assert "清单 S0-05 共" in shown
    assert "every 2s" not in shown
    assert play_waiting_stories() == 0


def test_a_story_that_fails_says_what_was_expected_and_what_came(desk_of, draft):
    stories = draft.scenarios.replace("refused: not-open-now", "refused: not-yours", 1)
    assert stories != draft.scenarios
    save_draft(draft, by=draft.changed_by, edition=draft.edition, scenarios=stories)
    client, review = desk_of(ADMINISTRATOR), reverse("desk-draft-review", args=[draft.pk])
    client.post(reverse("desk-draft-stories", args=[draft.pk]))
    work_once()
    shown = client.get(review).content.decode()
    assert "未通过" in shown
    assert "期望  refused not-yours" in shown
    assert "scenarios.yaml:10" in shown
    assert "huiyin-stories" not in shown


def test_what_cannot_be_played_is_said(desk_of, draft):
    save_draft(draft, by=draft.changed_by, edition=draft.edition, scenarios="stories: [[[")
    desk_of(ADMINISTRATOR).post(reverse("desk-draft-stories", args=[draft.pk]))
    work_once()
    run = StoryRun.objects.get()
    assert run.results == []
    assert run.trouble.startswith("scenarios.yaml:2:1 E23")


def test_a_result_counts_for_the_very_text_only(desk_of, draft):
    client, review = desk_of(ADMINISTRATOR), reverse("desk-draft-review", args=[draft.pk])
    client.post(reverse("desk-draft-stories", args=[draft.pk]))
    draft.refresh_from_db()
    save_draft(draft, by=draft.changed_by, edition=draft.edition, source=draft.source + "# 改了\n")
    assert "还没有演过。" in client.get(review).content.decode()
    assert play_waiting_stories() == 1  # what was asked for is no longer there to be played
    assert not StoryRun.objects.exists()
