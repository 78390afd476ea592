"""职责与整改: what is owed, the affair's page, cases filed from a duty, links both ways."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.application.clinic import YI, Clinic
from tests.application.test_affairs import fee_complaint
from tests.workbench.rehearsal import MONDAY, account, rehearsal_of, set_clock, variant_of

from huiyin.application.loading import open_case
from huiyin.application.standing import enter, open_due
from huiyin.application.working import work_once
from huiyin.application.world import world_of
from huiyin.store.models import CaseRow
from huiyin.workbench.pages.affair import relations

OCTOBER = MONDAY + timedelta(days=10)
BOXES = {
    "open-boxes": {"title": "开意见箱", "every": "week", "files": "letter", "by": "relations-office", "cite": "一"},
}


@pytest.fixture
def monthly(hospital):
    """The monthly analysis of September is owed, and that of October has begun."""
    enter(world_of(hospital), since=MONDAY - timedelta(days=27, hours=9))
    open_due(hospital)
    return CaseRow.objects.get(regime="patient-relations/monthly-analysis")


def text_of(response):
    return response.content.decode()


def test_what_is_owed_stands_on_the_page_and_on_my_day(desk_of, monthly):
    desk = desk_of("jiang-xubai")
    for address in ("/desk/affairs/", "/desk/", "/desk/affairs/?view=unit", "/desk/affairs/?view=all"):
        page = text_of(desk.get(address))
        assert monthly.number in page
        assert "月度分析" in page
    assert monthly.number == "职责2026-0001"
    assert "月度分析" not in text_of(desk_of("ye-changfeng").get("/desk/affairs/?view=open"))


def test_a_reminder_speaks_of_the_duty_and_not_of_a_case(hospital, monthly, desk_of):
    set_clock(hospital, OCTOBER)
    work_once()
    page = text_of(desk_of("jiang-xubai").get("/desk/notices/"))
    assert "“月度分析”（职责2026-0001）已于9月30日 17:30到期。" in page
    assert "案件 职责" not in page


def test_the_affair_has_a_page_with_its_period_and_no_complainant(desk_of, monthly):
    page = text_of(desk_of("jiang-xubai").get(f"/desk/cases/{monthly.number}/"))
    assert "9月1日至9月30日" in page
    assert "立项情况" in page
    assert "当事人" not in page
    assert "相似案件" not in page
    assert "定期职责" in page


def test_a_duty_is_done_on_the_desk_and_moves_to_what_has_been_done(desk_of, monthly):
    desk = desk_of("jiang-xubai")
    form = {"f-by_class": "服务态度三件", "f-weak_points": "候诊时间长", "f-improvements": "增加导诊", "based_on": "", "key": "k1"}
    answer = desk.post(f"/desk/cases/{monthly.number}/do/perform.monthly-analysis/", form)
    assert answer.status_code == 302, text_of(answer)[-3000:]
    assert "候诊时间长" in text_of(desk.get(f"/desk/cases/{monthly.number}/"))
    action = CaseRow.objects.get(regime="patient-relations/rectification")
    assert action.origin == monthly.id
    assert action.number in text_of(desk.get(f"/desk/cases/{monthly.number}/"))
    assert monthly.number in text_of(desk.get(f"/desk/cases/{action.number}/"))
    assert "待确定由谁办" in text_of(desk.get("/desk/affairs/?view=open&kind=corrective"))


def test_lists_of_affairs_can_be_narrowed_and_answer_odd_questions(desk_of, monthly):
    desk = desk_of("jiang-xubai")
    assert monthly.number in text_of(desk.get("/desk/affairs/?view=open&kind=duty&regime=patient-relations"))
    assert monthly.number not in text_of(desk.get("/desk/affairs/?view=done"))
    assert monthly.number not in text_of(desk.get("/desk/affairs/?view=open&kind=watch"))
    assert desk.get("/desk/affairs/?view=nonsense&kind=nonsense&regime=nonsense").status_code == 200
    assert desk.get("/desk/affairs/?view=open&after=nonsense").status_code in (200, 400, 404)
    assert monthly.number not in text_of(desk.get("/desk/cases/"))


def test_a_case_is_filed_from_a_duty_by_its_channel_and_both_show_it(db, tmp_path):
    pack = variant_of("patient-relations", tmp_path, duties=BOXES)
    hospital = rehearsal_of("patient-relations", variant=pack)
    regime = pack.parent.name
    enter(world_of(hospital), since=MONDAY - timedelta(hours=9))
    open_due(hospital)
    box = CaseRow.objects.get(regime=f"{regime}/open-boxes")
    desk = Client(HTTP_HOST="127.0.0.1")
    desk.force_login(account("jiang-xubai"))
    assert f"/desk/intake/{regime}/?from={box.number}" in text_of(desk.get(f"/desk/cases/{box.number}/"))
    form = text_of(desk.get(f"/desk/intake/{regime}/?from={box.number}"))
    assert "从这项职责登记" in form
    assert 'value="phone"' not in form
    filed = desk.post(
        f"/desk/intake/{regime}/",
        {"from": box.number, "kind": "complaint", "channel": "letter", "f-account": "饭菜太凉", "f-subject": "service", "key": "k"},
    )
    assert filed.status_code == 302, text_of(filed)[-2000:]
    case = CaseRow.objects.get(origin=box.id)
    assert case.number in text_of(desk.get(f"/desk/cases/{box.number}/"))
    assert box.number in text_of(desk.get(f"/desk/cases/{case.number}/"))
    set_clock(hospital, MONDAY + timedelta(days=7))
    open_due(hospital)
    closed = text_of(desk.get("/desk/affairs/?view=open"))
    assert closed.count("开意见箱") >= 1


def test_pages_of_affairs_ask_a_constant_number_of_queries(desk_of, monthly, django_assert_max_num_queries):
    desk = desk_of("jiang-xubai")
    desk.get("/desk/affairs/?view=open")
    with django_assert_max_num_queries(25):
        desk.get("/desk/affairs/?view=open")


def test_a_case_of_a_series_shows_the_affair_it_is_part_of_and_the_affair_its_cases(db, tmp_path):
    clinic = Clinic(tmp_path)
    cases = [fee_complaint(clinic) for _ in range(2)]
    audit = clinic.affair("audit")
    of_case = relations(open_case(clinic.organisation, YI, cases[0]))["related"]
    assert ("列入", audit.number) in [(row.how, row.number) for row in of_case]
    of_audit = relations(open_case(clinic.organisation, YI, audit.id))["related"]
    numbers = [row.number for row in of_audit if row.how == "所统计的案件"]
    assert numbers == [CaseRow.objects.get(id=each).number for each in cases]


def test_a_revision_leads_to_where_a_new_version_is_begun(db, tmp_path):
    clinic = Clinic(tmp_path)
    clinic.at(MONDAY + timedelta(hours=1))
    clinic.at(clinic.organisation.rehearsal_clock + timedelta(days=360))
    row = clinic.affair("regime-revision")
    assert relations(open_case(clinic.organisation, YI, row.id))["draft_href"] == "/desk/regimes/clinic/versions/"
    clinic.do(YI, row.id, "regime-revision", fields={"review": "不作修改"})
    assert relations(open_case(clinic.organisation, YI, row.id))["draft_href"] == ""
