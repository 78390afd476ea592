"""Open cases go over to a new version: shown beforehand, refused as a whole, done by the worker, and still verified."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from tests.workbench.rehearsal import set_clock

from huiyin.application.filing import file_case
from huiyin.application.upkeep import rebuild, verify
from huiyin.application.working import work_once
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.drafts import draft_of_version, publish_draft, save_draft
from huiyin.organisations.models import CaseMove, RegimeVersion, Staff
from huiyin.store.models import CaseRow, EventRow

ADMINISTRATOR, MANAGER = "qi-anlan", "he-wanyin"
MOVE = reverse("desk-regime-move", args=["patient-relations"])


@pytest.fixture
def publish(hospital):
    """publish(("old", "new"), …) puts version 1.1 in force at once, with pieces of the text replaced."""

    def publish_(*changes, on=date(2026, 9, 28)):
        by = Staff.objects.get(organisation=hospital, person=ADMINISTRATOR)
        draft = draft_of_version(RegimeVersion.objects.get(organisation=hospital, regime="patient-relations"), by=by)
        source = draft.source
        for old, new in (('version: "1.0"', 'version: "1.1"'), *changes):
            assert old in source, old
            source = source.replace(old, new)
        draft = save_draft(draft, by=by, edition=draft.edition, source=source)
        assert draft.ready, draft.problems
        today = date(2026, 9, 28)
        words = {"reason": "修订", "announcement": ""}
        return publish_draft(draft, by=by, effective_on=on, today=today, edition=draft.edition, **words)

    return publish_


SHORTER = ("default: 3 workdays", "default: 2 workdays")


def test_what_will_change_is_shown_for_each_case_and_nothing_moves_yet(desk_of, assigned, publish):
    receipt = assigned(subject="fee")
    publish(SHORTER)
    shown = desk_of(ADMINISTRATOR).get(MOVE).content.decode()
    assert receipt.number in shown
    assert "现按第1.0版" in shown
    assert "时限“调查并提出处理意见”由2026年10月8日" in shown
    assert CaseRow.objects.get(id=receipt.case_id).regime_version == "1.0"


def test_the_worker_moves_them_with_the_reason_and_the_store_verifies(desk_of, assigned, complaint, publish, hospital):
    first, second = assigned(), complaint()
    publish(SHORTER)
    later = complaint()
    answer = desk_of(ADMINISTRATOR).post(MOVE, {"reason": "新版对投诉人更有利"})
    assert answer.status_code == 302
    versions = reverse("desk-regime-versions", args=["patient-relations"])
    client = desk_of(ADMINISTRATOR)
    assert "every 2s" in client.get(versions).content.decode()
    for _round in range(3):
        work_once()
    assert "every 2s" not in client.get(versions).content.decode()
    move = CaseMove.objects.get()
    assert (move.state, move.total, move.checked, move.moved) == ("done", 2, 2, 2)
    assert set(CaseRow.objects.values_list("regime_version", flat=True)) == {"1.1"}
    events = EventRow.objects.filter(kind="MovedToVersion")
    assert {event.case_id for event in events} == {first.case_id, second.case_id}
    assert all("新版对投诉人更有利" in event.body for event in events)
    assert not EventRow.objects.filter(kind="MovedToVersion", case_id=later.case_id).exists()
    assert verify(hospital) == []
    rebuild(hospital)
    assert verify(hospital) == []
    shown = desk_of(MANAGER).get(reverse("desk-case", args=[first.number])).content.decode()
    assert "改用第1.1版制度（原为第1.0版）" in shown


def test_one_case_that_cannot_go_keeps_all_of_them_where_they_are(desk_of, assigned, complaint, publish, hospital):
    stuck, other = complaint(), assigned()
    publish(("  service: {title: 服务态度", "  manner: {title: 服务态度"))
    client = desk_of(ADMINISTRATOR)
    assert "不能改用：新版没有案件现在的类别" in client.get(MOVE).content.decode()
    client.post(MOVE, {"reason": "试一试"})
    for _round in range(3):
        work_once()
    move = CaseMove.objects.get()
    assert (move.state, move.moved) == ("refused", 0)
    assert {each["number"] for each in move.blocked} == {stuck.number, other.number}
    assert not EventRow.objects.filter(kind="MovedToVersion").exists()
    shown = client.get(reverse("desk-regime-versions", args=["patient-relations"])).content.decode()
    assert "有案件不能改用，全部未动" in shown
    assert stuck.number in shown


def test_it_needs_a_reason_an_administrator_and_cases(desk_of, complaint, publish):
    client = desk_of(ADMINISTRATOR)
    assert client.post(MOVE, {"reason": "没有案件"}).status_code == 422
    complaint()
    publish(SHORTER)
    assert client.post(MOVE, {"reason": " "}).status_code == 422
    assert client.post(MOVE, {"reason": "修订"}).status_code == 302
    assert client.post(MOVE, {"reason": "再来一次"}).status_code == 422
    assert desk_of(MANAGER).get(MOVE).status_code == 403
    assert desk_of(MANAGER).post(MOVE, {"reason": "我也想"}).status_code == 403
    assert client.get(MOVE, {"after": "not-a-case"}).status_code == 200


def test_an_administrator_who_is_complained_about_is_not_told_of_the_case(desk_of, hospital, publish):
    command = File(
        kind="complaint", channel="phone", matter={"account": "态度冷淡", "subject": "service"}, category="service",
        respondent=Respondent(kind="person", person=ADMINISTRATOR),
    )  # fmt: skip
    receipt = file_case(hospital, "patient-relations", Actor("jiang-xubai"), command)
    publish(("  service: {title: 服务态度", "  manner: {title: 服务态度"))
    client = desk_of(ADMINISTRATOR)
    assert receipt.number not in client.get(MOVE).content.decode()
    client.post(MOVE, {"reason": "修订"})
    work_once()
    shown = client.get(reverse("desk-regime-versions", args=["patient-relations"])).content.decode()
    assert receipt.number not in shown
    assert "与您有关的一件案件" in shown


def test_the_last_change_is_chosen_beforehand_for_a_comparison(desk_of, publish):
    publish(SHORTER)
    shown = desk_of(MANAGER).get(reverse("desk-regime-versions", args=["patient-relations"])).content.decode()
    assert re.findall(r'<option value="([^"]+)" selected>', shown) == ["1.0", "1.1"]


def test_older_versions_stay_readable(desk_of, publish):
    publish(SHORTER)
    client = desk_of(MANAGER)
    for part in ("flow", "limits", "settings"):
        shown = client.get(reverse("desk-regime-part", args=["patient-relations", part]), {"version": "1.0"}).content.decode()
        assert "已由新版代替" in shown
    assert "2个工作日" in client.get(reverse("desk-regime-part", args=["patient-relations", "settings"])).content.decode()


def test_where_the_regime_says_so_open_cases_go_over_of_themselves_on_the_day(complaint, publish, hospital):
    receipt = complaint()
    publish(("open_cases: stay", "open_cases: move"), SHORTER, on=date(2026, 9, 29))
    work_once()
    assert CaseRow.objects.get(id=receipt.case_id).regime_version == "1.0"
    set_clock(hospital, datetime(2026, 9, 28, 16, 0, tzinfo=UTC))  # midnight
    for _round in range(3):
        work_once()
    assert CaseRow.objects.get(id=receipt.case_id).regime_version == "1.1"
    move = CaseMove.objects.get()
    assert (move.asked_by.person, move.reason) == (ADMINISTRATOR, "制度规定在办案件改用新版。修订")
    assert verify(hospital) == []
