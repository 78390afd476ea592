"""与我有关的处理: the accused speaks to the measure, sees nothing of the case, and is heard before it is decided."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.workbench.rehearsal import MONDAY, account, rehearsal_of, set_clock, variant_of

from huiyin.application.entering_time import with_days
from huiyin.application.filing import file_case
from huiyin.application.loading import open_case
from huiyin.application.running import run
from huiyin.application.upkeep import rebuild, verify
from huiyin.application.working import work_once
from huiyin.application.working_time import apply_change, effects, look_through, propose
from huiyin.application.world import world_of
from huiyin.calendars.own_days import OwnDayLine
from huiyin.cases.commands import Approve, File, Perform
from huiyin.cases.people import SYSTEM, Actor, Respondent
from huiyin.cases.refusals import Refused
from huiyin.organisations.models import Staff
from huiyin.organisations.models.regimes import NOWHERE
from huiyin.organisations.working_time import working_time_of
from huiyin.store.errors import UnknownCase
from huiyin.store.history import CaseHistory
from huiyin.store.models import BookingRow, CaseRow, SanctionRow, TurnRow

PACK = "property-staff-service-variant"
PAGE = reverse("desk-about-me")
WORDS = "门岗不理人，问了三遍才答"
MANAGER, GUARD = Actor("hao-dingbang"), Actor("niu-baoguo")


@pytest.fixture
def house(db, tmp_path):
    """A measure against the guard 牛保谷 waits for 郝定邦; the guard has two workdays to speak, five to object."""
    right = {"heard": "2 workdays", "objection": {"within": "5 workdays", "approval": "hr-manager"}}
    own = {"by": None, "fields": None, "required": None, "within": "3 workdays"}
    paper = {**own, "confirm": {"by": "hr-manager", "fields": None, "required": None}}
    parts = {"accountability": {"rules": {"unpunished": right}, "measures": {"disposition": {"duty": paper}}}}
    organisation = rehearsal_of("property-staff-service", variant=variant_of("property-staff-service", tmp_path, **parts))
    command = File(
        kind="complaint",
        channel="web",
        matter={"subject": "attitude", "account": WORDS},
        respondent=Respondent(kind="person", unit="property-order", person="niu-baoguo"),
    )
    receipt = file_case(organisation, PACK, Actor("wen-jiahe"), command)
    fields = {"submit_about": "unpunished", "submit_note": "部门经理三天未作决定", "unpunished_person": "niu-baoguo"}
    run(organisation, Actor("wen-jiahe"), receipt.case_id, Perform(work="submit", fields=fields))
    return organisation, receipt


def desk(person):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account(person))
    return client


def the_case(house):
    organisation, receipt = house
    return open_case(organisation, SYSTEM, receipt.case_id).case


def pending(house, kind="sanction"):
    """The proposal against the guard, or the objection of his, that waits."""
    waiting = the_case(house).approvals.values()
    return next(each.key for each in waiting if each.kind == kind and each.subject == "unpunished")


def state(house, text="当时在处理火警"):
    key = pending(house)
    return desk("niu-baoguo").post(reverse("desk-state-view", args=[house[1].case_id, key]), {"text": text}, follow=True)


def decide(house):
    organisation, receipt = house
    key = pending(house)
    return run(organisation, MANAGER, receipt.case_id, Approve(key=key, measures={"fine": 200, "score": -5}))


def object_to(house, text="监控不是我"):
    (number,) = the_case(house).sanctions
    there = reverse("desk-object-to", args=[house[1].case_id, number])
    return desk("niu-baoguo").post(there, {"text": text}, follow=True)


def test_the_person_sees_the_proposal_and_nothing_of_the_case(house):
    shown = desk("niu-baoguo").get(PAGE).content.decode()
    assert "处理建议，还没有决定" in shown
    assert "提交陈述" in shown
    assert house[1].number not in shown
    assert WORDS not in shown
    assert "部门经理三天未作决定" not in shown


def test_when_the_time_to_speak_is_over_the_page_says_so(house):
    before = desk("niu-baoguo").get(PAGE).content.decode()
    set_clock(house[0], MONDAY + timedelta(days=14))
    after = desk("niu-baoguo").get(PAGE).content.decode()
    assert "，已过" not in before
    assert "9月30日" in after
    assert "，已过" in after
    assert "提交陈述" not in after


def test_nobody_decides_before_and_the_page_says_why(house):
    with pytest.raises(Refused, match="当事人还没有陈述意见"):
        decide(house)
    shown = desk("hao-dingbang").get(reverse("desk-case", args=[house[1].number])).content.decode()
    assert "当事人还没有陈述意见" in shown


def test_what_was_said_reaches_who_decides(house):
    assert "您的陈述已交给作出决定的人。" in state(house).content.decode()
    shown = desk("hao-dingbang").get(reverse("desk-case", args=[house[1].number])).content.decode()
    assert "当时在处理火警" in shown
    decide(house)
    assert "处理决定" in desk("niu-baoguo").get(PAGE).content.decode()


def test_nobody_else_speaks_and_nothing_empty_is_said(house):
    key = pending(house)
    there = reverse("desk-state-view", args=[house[1].case_id, key])
    assert desk("wen-jiahe").post(there, {"text": "替他说"}).status_code in (404, 422)
    assert desk("niu-baoguo").post(there, {"text": " "}).status_code == 422
    assert "stated" not in the_case(house).approvals[key].payload


def test_the_accused_still_reaches_nothing_else_of_the_case(house):
    organisation, receipt = house
    client = desk("niu-baoguo")
    assert client.get(reverse("desk-case", args=[receipt.number])).status_code == 404
    with pytest.raises(UnknownCase):
        open_case(organisation, GUARD, receipt.case_id)
    with pytest.raises(UnknownCase):
        run(organisation, GUARD, receipt.case_id, Perform(work="submit"))


def test_an_upheld_objection_gives_the_points_back_and_counts_no_more(house):
    organisation, receipt = house
    state(house)
    decide(house)
    assert "您的异议已提出" in object_to(house).content.decode()
    run(organisation, Actor("wen-jiahe"), receipt.case_id, Approve(key=pending(house, "objection"), text="确非本人"))
    assert sum(BookingRow.objects.values_list("amount", flat=True)) == 0
    assert offences(house) == 0
    assert "异议成立，已撤销" in desk("niu-baoguo").get(PAGE).content.decode()
    assert verify(organisation) == []
    rebuild(organisation)
    assert verify(organisation) == []
    assert max(SanctionRow.objects.values_list("withdraws", flat=True)) > 0


def test_an_objection_after_its_time_is_refused_in_place(house):
    state(house)
    decide(house)
    object_to(house)
    again = object_to(house, "再提一次")
    assert "已经提过异议" in again.content.decode()


def test_the_hearing_stands_in_the_work_lists_of_those_who_wait_but_not_of_the_accused(house):
    assert TurnRow.objects.filter(kind="hearing", person="niu-baoguo").exists()
    assert WORDS not in desk("niu-baoguo").get(reverse("desk-day")).content.decode()


def test_whoever_may_see_the_case_as_well_is_led_from_the_day_to_where_to_speak(house):
    TurnRow.objects.filter(kind="hearing").update(person="wen-jiahe", subject="person:wen-jiahe", barred="")
    shown = desk("wen-jiahe").get(reverse("desk-day")).content.decode()
    row = shown.partition("当事人陈述")[2].partition("</li>")[0]
    assert "陈述意见" in row
    assert f'href="{PAGE}"' in row


def test_who_has_nothing_against_them_is_told_so(house):
    assert "没有针对您的处理" in desk("qi-anlan").get(PAGE).content.decode()


def the_affair(house):
    return CaseRow.objects.get(kind="measure")


def report(house):
    """The guard reports on what he had to do, on the affair's own page."""
    there = reverse("desk-act", args=[the_affair(house).number, "perform.disposition"])
    return desk("niu-baoguo").post(there, {"f-carried_out": "已向住户道歉，写了检查"})


def test_what_has_to_be_done_is_said_with_its_time_and_leads_to_where_it_is_reported(house):
    state(house)
    decide(house)
    guard, number = desk("niu-baoguo"), the_affair(house).number
    shown = guard.get(PAGE).content.decode()
    assert "执行：总经理视情节决定的处分" in shown
    assert "前做到并报告" in shown
    assert reverse("desk-case", args=[number]) in shown
    page = guard.get(reverse("desk-case", args=[number])).content.decode()
    assert house[1].number not in page
    assert WORDS not in page


def test_it_is_reported_confirmed_and_told_to_the_case(house):
    organisation, receipt = house
    state(house)
    decide(house)
    assert report(house).status_code == 302
    assert "已经报告，等待确认" in desk("niu-baoguo").get(PAGE).content.decode()
    done = Perform(work="confirm-measure", outcome="done")
    run(organisation, Actor("wen-jiahe"), the_affair(house).id, done)
    assert "已经做到" in desk("niu-baoguo").get(PAGE).content.decode()
    assert "disposition.done" in the_case(house).signals
    assert the_affair(house).number in desk("hao-dingbang").get(reverse("desk-case", args=[receipt.number])).content.decode()
    assert verify(organisation) == []


def test_with_the_sanction_goes_what_was_to_be_done_for_it(house):
    organisation, receipt = house
    state(house)
    decide(house)
    object_to(house)
    run(organisation, Actor("wen-jiahe"), receipt.case_id, Approve(key=pending(house, "objection"), text="确非本人"))
    assert the_affair(house).state == "closed"
    assert "处理已撤销，不再执行" in desk("niu-baoguo").get(PAGE).content.decode()


def offences(house):
    world = world_of(house[0])
    history = CaseHistory(house[0].pk, world.in_force(PACK), world.now, world.calendar.zone)
    (row,) = SanctionRow.objects.filter(withdraws=0)
    return history.offences(row.rule, "niu-baoguo", "12 months")


def test_a_day_off_gives_the_guard_longer_to_speak_and_to_object_even_when_the_case_is_closed(house):
    organisation, receipt = house
    administrator = Staff.objects.get(organisation=organisation, person="wen-jiahe")
    administrator.administrator = True
    administrator.save()

    def day_off(day):
        world = world_of(organisation)
        lines = [OwnDayLine(1, each, "off", "停业检修") for each in day]
        change = propose(world, with_days(working_time_of(organisation), lines, world.today), administrator)
        look_through(change)
        found, _next = effects(world, change, administrator, NOWHERE)
        apply_change(world, change, administrator, "停业检修")
        work_once()
        return [limit["title"] for each in found for limit in each.limits]

    tomorrow = world_of(organisation).today + timedelta(days=1)
    until = TurnRow.objects.filter(case_id=receipt.case_id, kind="hearing").first().due
    assert "当事人陈述意见" in day_off([tomorrow])
    assert TurnRow.objects.filter(case_id=receipt.case_id, kind="hearing").first().due > until
    assert "“当事人陈述意见”的期限改为" in desk("hao-dingbang").get(
        reverse("desk-case", args=[receipt.number]) + "?story=all"
    ).content.decode()
    state(house)
    decide(house)
    CaseRow.objects.filter(id=receipt.case_id).update(state="closed", next_due=None, closed_at=world_of(organisation).now)
    TurnRow.objects.filter(case_id=receipt.case_id).delete()
    (before,) = the_case(house).sanctions.values()
    assert "当事人提出异议" in day_off([tomorrow, tomorrow + timedelta(days=1)])
    (after,) = the_case(house).sanctions.values()
    assert after.objection_until > before.objection_until
