"""Duties, corrective actions, watches and commitments in the database: opened once, told to their origin, verified."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.application.clinic import DING, MONDAY, NEI, WAI, WEN, YI, Clinic

from huiyin.application import standing
from huiyin.application.affair_lists import list_affairs
from huiyin.application.case_lists import list_cases
from huiyin.application.figures import figure_in
from huiyin.application.filing import file_case
from huiyin.application.loading import open_case
from huiyin.application.standing import open_due
from huiyin.application.timeliness import timeliness
from huiyin.application.turn_lists import TurnFilter, my_turns
from huiyin.application.upkeep import rebuild, verify
from huiyin.application.working import work_once
from huiyin.application.world import world_of
from huiyin.cases.commands import File, Reassign
from huiyin.cases.people import SYSTEM, Respondent
from huiyin.cases.refusals import Refused
from huiyin.organisations.models import Holding, Staff
from huiyin.organisations.services import publish_regime
from huiyin.standing.watching import Window
from huiyin.store.errors import UnknownCase
from huiyin.store.models import CaseRow, CountRow, EventRow, NoticeRow, StandingRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(db, tmp_path):
    return Clinic(tmp_path)


def names(case_id):
    """The names of everything that happened in a case."""
    from huiyin.store.log import read_event

    return [name for row in EventRow.objects.filter(case_id=case_id).order_by("sequence") for name in read_event(row).names]


def test_duties_are_owed_from_when_the_regime_is_seen_and_open_once_for_every_place(clinic):
    clinic.at(MONDAY)
    assert clinic.affairs("open-boxes") == []  # the week has begun before; the next one counts
    clinic.at(MONDAY + timedelta(days=7))
    clinic.at(MONDAY + timedelta(days=7, minutes=5))
    assert [row.member for row in clinic.affairs("open-boxes")] == ["门诊", "住院部"]
    assert [row.number for row in clinic.affairs("hand-out")] == ["职责2026-0001"]  # owed since the regime came into force
    assert [row.number for row in clinic.affairs("open-boxes")] == ["职责2026-0002", "职责2026-0003"]


def test_after_downtime_what_was_missed_is_one_affair_that_is_late_and_the_running_period_another(clinic):
    clinic.owe_since(MONDAY - timedelta(hours=9))
    clinic.at(MONDAY + timedelta(days=50))
    boxes = [row for row in clinic.affairs("open-boxes") if row.member == "门诊"]
    assert [(row.state, row.overdue) for row in boxes] == [("closed", False), ("open", False)]
    opened = open_case(clinic.organisation, WEN, boxes[0].id)
    assert opened.case.occasion.missed == 7
    assert "open-boxes.overdue" in names(boxes[0].id)


def test_a_duty_stands_in_the_work_list_of_those_who_owe_it_and_is_done_there(clinic):
    clinic.at(MONDAY)
    clinic.at(MONDAY + timedelta(days=7))
    first = clinic.affairs("open-boxes")[0]
    owed = [(row.case_id, row.work) for row in my_turns(clinic.organisation, WEN).items]
    assert (first.id, "open-boxes") in owed
    clinic.do(WEN, first.id, "open-boxes", present=("ward",))
    assert CaseRow.objects.get(id=first.id).state == "closed"
    with pytest.raises(UnknownCase):
        open_case(clinic.organisation, NEI, first.id)


def test_who_looks_after_the_regime_sees_its_affairs_among_what_is_owed(clinic):
    clinic.founded()
    action = clinic.affair("improve")
    assert [row.case_id for row in my_turns(clinic.organisation, NEI).items if row.work == "improve"] == [action.id]
    everything = my_turns(clinic.organisation, WEN, TurnFilter(scope="all"))
    assert action.id in [row.case_id for row in everything.items]
    assert not [row for row in my_turns(clinic.organisation, WAI, TurnFilter(scope="all")).items if row.case_id == action.id]


def test_a_correction_opens_with_the_finding_and_the_case_hears_of_it(clinic):
    case_id = clinic.founded()
    action = clinic.affair("improve")
    assert (action.origin, action.member, action.state) == (case_id, "nei", "open")
    clinic.do(NEI, action.id, "improve", fields={"cause": "人手", "measure": "增人", "result": "已增"})
    clinic.do(WEN, action.id, "verify", outcome="effective")
    assert {"improve.done", "improve.effective", "measured.met"} <= set(names(case_id))
    assert open_case(clinic.organisation, WEN, case_id).case.open_runs("wait-for-measures")
    assert clinic.affair("recheck").origin == action.id


def test_a_watch_fires_once_in_the_transaction_of_the_case_and_again_only_after_it_has_fallen(clinic):
    clinic.founded()
    assert clinic.affairs("same-ward") == []
    clinic.founded()
    alarm = clinic.affair("same-ward")
    assert alarm.member == "nei"
    assert open_case(clinic.organisation, WEN, alarm.id).case.occasion.value == 2
    clinic.founded()
    assert len(clinic.affairs("same-ward")) == 1
    clinic.at(MONDAY + timedelta(days=200))
    clinic.founded()
    assert len(clinic.affairs("same-ward")) == 1
    clinic.founded()
    assert len(clinic.affairs("same-ward")) == 2


def test_cases_that_count_no_more_are_counted_no_more(clinic):
    case_id = clinic.founded()
    assert CountRow.objects.filter(case_id=case_id, watch="same-ward", group="nei").exists()
    other = clinic.file("wai")
    assert not CountRow.objects.filter(case_id=other, watch="same-ward").exists()


def test_the_clock_sets_off_standing_conditions_and_the_end_of_a_year(clinic):
    clinic.owe_since(MONDAY.replace(month=1, day=1) - timedelta(hours=9))
    case_id = clinic.founded()
    clinic.at(MONDAY + timedelta(days=6))
    assert "untouched" in names(case_id)
    alarm, number = clinic.affair("untouched"), CaseRow.objects.get(id=case_id).number
    assert (alarm.origin, alarm.title, alarm.member) == (case_id, f"五日无人办理：{number}", "")
    work_once()
    told = NoticeRow.objects.filter(case_id=alarm.id).values_list("text", flat=True)
    assert set(told) == {f"五日无人办理：{number}，请查看并处置。"}
    clinic.at(MONDAY.replace(year=2027, month=1, day=1))
    assert [row.member for row in clinic.affairs("clean-year")] == ["wai"]


def test_a_target_that_was_missed_is_its_owners_affair(clinic):
    clinic.owe_since(MONDAY.replace(month=1, day=1) - timedelta(hours=9))
    clinic.founded()
    clinic.at(MONDAY + timedelta(days=15))
    world = world_of(clinic.organisation)
    regime = world.in_force("clinic")
    window = Window(MONDAY - timedelta(days=30), MONDAY + timedelta(days=30))
    assert figure_in(world, regime, regime.commitments["timely"], window).value == 0
    clinic.at(MONDAY.replace(month=4, day=1, hour=2))
    alarm = clinic.affair("timely")
    assert "timely.missed" in names(alarm.id)
    clinic.do(WEN, alarm.id, "handle", fields={"measure": "已分析"})
    assert CaseRow.objects.get(id=alarm.id).state == "closed"


def test_slips_of_a_box_are_filed_from_the_duty_and_told_to_it(clinic):
    clinic.at(MONDAY)
    clinic.at(MONDAY + timedelta(days=7))
    box = clinic.affairs("open-boxes")[0]
    slip = File(kind="complaint", channel="box", matter={"account": "饭菜太凉"}, origin=str(box.id))
    receipt = file_case(clinic.organisation, "clinic", WEN, slip)
    assert CaseRow.objects.get(id=receipt.case_id).origin == box.id
    assert open_case(clinic.organisation, WEN, box.id).case.stems == (str(receipt.case_id),)
    with pytest.raises(Refused, match="意见箱"):
        file_case(clinic.organisation, "clinic", WEN, replace(slip, channel="phone"))
    for who, origin in ((NEI, str(box.id)), (WEN, "nonsense"), (WEN, str(receipt.case_id))):
        with pytest.raises(Refused, match="没有打开"):
            file_case(clinic.organisation, "clinic", who, replace(slip, origin=origin))


def test_complaint_lists_searches_earlier_cases_and_figures_leave_affairs_out(clinic):
    clinic.at(MONDAY)
    clinic.at(MONDAY + timedelta(days=7))
    case_id = clinic.founded()
    for who in (WEN, NEI, DING):
        assert {item.row.id for item in list_cases(clinic.organisation, who).items} <= {case_id}
    assert list_cases(clinic.organisation, WEN, query="开意见箱").items == ()
    (found,) = list_cases(clinic.organisation, WEN, query="职责2026-0002").items
    assert found.row.title == "开意见箱"
    assert list_cases(clinic.organisation, NEI, query="职责2026-0002").items == ()
    assert timeliness(clinic.organisation, SYSTEM).unanswered == 1


def test_projections_of_affairs_and_counts_hold_and_can_be_rebuilt(clinic):
    clinic.at(MONDAY)
    clinic.at(MONDAY + timedelta(days=7))
    clinic.founded()
    clinic.founded()
    assert verify(clinic.organisation) == []
    before = sorted(CountRow.objects.values_list("case_id", "watch", "group", "at"))
    CountRow.objects.all().delete()
    assert [finding.message_zh for finding in verify(clinic.organisation)] == ["预警计数与事件不符。"] * 2
    rebuild(clinic.organisation)
    assert sorted(CountRow.objects.values_list("case_id", "watch", "group", "at")) == before
    assert verify(clinic.organisation) == []


def test_who_takes_a_post_owes_the_course_once_and_a_new_version_its_announcement(clinic, tmp_path):
    more = """
  course: {title: 岗前培训, after: post-taken, within: 2 months, by: office, trains: director, cite: "三"}
  announce: {title: 印发制度, after: published, within: 5 workdays, by: office, cite: "三"}
watches:"""
    (tmp_path / "second").mkdir()
    file = tmp_path / "second" / "regime.yaml"
    text = (tmp_path / "regime.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace('version: "1"', 'version: "2"').replace("\nwatches:", more, 1), encoding="utf-8")
    clinic.at(MONDAY)
    publish_regime(clinic.organisation, file, effective_on=(MONDAY + timedelta(days=3)).date())
    clinic.at(MONDAY + timedelta(days=3))
    clinic.at(MONDAY + timedelta(days=4))
    assert clinic.affairs("course") == []
    assert len(clinic.affairs("announce")) == 1
    staff = Staff.objects.get(organisation=clinic.organisation, person="yi")
    Holding.objects.create(staff=staff, regime="clinic", role="director", since=(MONDAY + timedelta(days=5)).date())
    clinic.at(MONDAY + timedelta(days=6))
    clinic.at(MONDAY + timedelta(days=7))
    assert [row.member for row in clinic.affairs("course")] == ["yi"]
    file.write_text(file.read_text(encoding="utf-8").replace('version: "2"', 'version: "3"'), encoding="utf-8")
    publish_regime(clinic.organisation, file, effective_on=(MONDAY + timedelta(days=9)).date())
    clinic.at(MONDAY + timedelta(days=10))
    assert len(clinic.affairs("announce")) == 2


def test_nobody_sees_or_handles_an_alarm_about_himself(clinic, tmp_path):
    more = """
  person-often: {title: 同一人多发, per: person, over: 30 days, at_least: 1, tell: [office, ward, director], cite: "四"}
  same-ward:"""
    (tmp_path / "second").mkdir()
    file = tmp_path / "second" / "regime.yaml"
    text = (tmp_path / "regime.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace('version: "1"', 'version: "2"').replace("\n  same-ward:", more, 1), encoding="utf-8")
    publish_regime(clinic.organisation, file)
    about = Respondent("person", "nei", "nei")
    command = File(kind="complaint", channel="phone", matter={"account": "态度冷淡"}, respondent=about)
    file_case(clinic.organisation, "clinic", YI, command)
    alarm = clinic.affair("person-often")
    assert open_case(clinic.organisation, WEN, alarm.id).case.respondent == about
    assert open_case(clinic.organisation, DING, alarm.id).case.occasion.group == "nei"
    with pytest.raises(UnknownCase):
        open_case(clinic.organisation, NEI, alarm.id)
    assert [row.id for row in list_affairs(clinic.organisation, DING).items] == [alarm.id]
    assert list_affairs(clinic.organisation, NEI).items == ()
    assert [row for row in my_turns(clinic.organisation, NEI).items if row.case_id == alarm.id] == []


def test_imported_past_cases_call_for_nothing(clinic):
    from huiyin.application.filing import Filing
    from huiyin.application.filing_many import Row, file_many

    command = File(kind="complaint", channel="phone", matter={"account": "旧事", "subject": "fee"})
    rows = [Row(number, Filing("clinic", command), filed_at=MONDAY - timedelta(days=300)) for number in range(3)]
    assert all(outcome.receipt for outcome in file_many(clinic.organisation, YI, rows))
    assert clinic.affairs("surge") == []
    fresh = [Row(number, Filing("clinic", command)) for number in range(3)]
    assert all(outcome.receipt for outcome in file_many(clinic.organisation, YI, fresh))
    assert len(clinic.affairs("surge")) == 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(min_value=1, max_value=60 * 24 * 40), min_size=1, max_size=5))
def test_whenever_the_worker_looks_no_period_is_opened_twice_or_forgotten(clinic, waits):
    CaseRow.objects.all().delete()
    StandingRow.objects.all().delete()
    standing._ensured.clear()
    clinic.owe_since(MONDAY - timedelta(hours=9))
    now = MONDAY
    for minutes in waits:
        now += timedelta(minutes=minutes)
        clinic.at(now)
        open_due(clinic.organisation)
    boxes = [
        open_case(clinic.organisation, WEN, row.id).case.occasion
        for row in clinic.affairs("open-boxes")
        if row.member == "门诊"
    ]
    weeks = (now - (MONDAY - timedelta(hours=9))).days // 7 + 1
    assert sum(occasion.missed or 1 for occasion in boxes) == weeks
    assert all(earlier.end == later.start for earlier, later in itertools.pairwise(boxes))


def fee_complaint(clinic, unit="nei"):
    """A founded complaint about fees."""
    command = File(
        kind="complaint",
        channel="phone",
        category="fee",
        matter={"account": "多收费", "subject": "fee"},
        respondent=Respondent("unit", unit),
    )
    case_id = file_case(clinic.organisation, "clinic", YI, command).case_id
    clinic.do(YI, case_id, "register", unit=unit)
    clinic.do(NEI if unit == "nei" else WAI, case_id, "verify", outcome="founded")
    return case_id


def test_a_series_opens_an_affair_of_several_steps_that_its_cases_hear_of(clinic):
    first, elsewhere = fee_complaint(clinic), fee_complaint(clinic, "wai")
    assert clinic.affairs("audit") == []
    second = fee_complaint(clinic)
    audit, alarm = clinic.affair("audit"), clinic.affair("series")
    assert (alarm.member, alarm.state, audit.origin) == ("nei · fee", "closed", alarm.id)
    opened = open_case(clinic.organisation, YI, audit.id)
    assert set(opened.case.occasion.cases) == {str(first), str(second)}
    assert all(names(each).count("audit.opened") == 1 for each in (first, second))
    assert "audit.opened" not in names(elsewhere)
    clinic.do(YI, audit.id, "audit-plan", fields={"scope": "收费"})
    assert "audit.plan" not in names(first)       # its plan waits for approval
    assert verify(clinic.organisation) == []
    rebuild(clinic.organisation)
    assert verify(clinic.organisation) == []


def test_the_cases_of_somebody_who_left_are_put_before_those_who_assign(clinic):
    case_id = clinic.file("nei")
    clinic.do(YI, case_id, "register", unit="nei")
    clinic.do(YI, case_id, Reassign(to="ward", unit="nei", handler="nei", text="由主任办理"))
    clinic.owe_since(MONDAY - timedelta(days=1))
    clinic.at(MONDAY + timedelta(days=1))
    assert clinic.affairs("left-behind") == []
    Staff.objects.filter(organisation=clinic.organisation, person="nei").update(until=MONDAY.date())
    clinic.at(MONDAY + timedelta(days=2))
    alarm = clinic.affair("left-behind")
    assert alarm.origin == case_id
    mine = my_turns(clinic.organisation, YI, TurnFilter())
    assert alarm.number in [turn.number for turn in mine.items]
    clinic.do(YI, case_id, Reassign(to="ward", unit="wai", handler="wai", text="原承办人已离岗"))
    clinic.do(YI, alarm.id, "handle", fields={"measure": "已改派"})
    clinic.at(MONDAY + timedelta(days=4))
    assert [row.state for row in clinic.affairs("left-behind")] == ["closed"]


def revision_begun(clinic):
    """A year less a month has passed since the regime came into force."""
    clinic.at(MONDAY)
    clinic.at(MONDAY + timedelta(days=335))
    assert clinic.affairs("regime-revision") == []
    clinic.at(MONDAY + timedelta(days=338))
    return clinic.affair("regime-revision")


def test_a_regime_is_put_before_its_reviewers_a_month_before_it_is_due_and_may_be_left_as_it_is(clinic):
    row = revision_begun(clinic)
    opened = open_case(clinic.organisation, YI, row.id)
    due = opened.case.obligations["regime-revision"].due
    assert f"{due.astimezone(world_of(clinic.organisation).calendar.zone):%Y-%m-%d}" == "2027-03-02"
    assert row.number in [turn.number for turn in my_turns(clinic.organisation, YI, TurnFilter()).items]
    with pytest.raises(UnknownCase):
        clinic.do(NEI, row.id, "regime-revision", fields={"review": "不用改"})
    clinic.do(YI, row.id, "regime-revision", fields={"review": "核对条文，不作修改"})
    clinic.at(MONDAY + timedelta(days=345))
    assert [each.state for each in clinic.affairs("regime-revision")] == ["closed"]
    clinic.at(MONDAY + timedelta(days=338 + 340))
    assert [each.state for each in clinic.affairs("regime-revision")] == ["closed", "open"]
    assert verify(clinic.organisation) == []


def test_a_revision_that_is_not_done_in_time_is_overdue_and_a_new_version_does_it(clinic, tmp_path):
    row = revision_begun(clinic)
    clinic.at(MONDAY + timedelta(days=367))
    assert "regime-revision.overdue" in names(row.id)
    (tmp_path / "second").mkdir()
    file = tmp_path / "second" / "regime.yaml"
    text = (tmp_path / "regime.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace('version: "1"', 'version: "2"'), encoding="utf-8")
    publish_regime(clinic.organisation, file, effective_on=(MONDAY + timedelta(days=380)).date())
    clinic.at(MONDAY + timedelta(days=368))
    assert [each.state for each in clinic.affairs("regime-revision")] == ["closed"]
    done = open_case(clinic.organisation, YI, row.id).case
    assert done.facts == {"review": "已修订，发布第2版"}
    clinic.at(MONDAY + timedelta(days=400))
    assert len(clinic.affairs("regime-revision")) == 1
