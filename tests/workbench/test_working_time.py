"""工作时间: everybody reads it; an administrator changes it, sees what it touches, gives a reason, and it is done."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huiyin.application.filing import file_case
from huiyin.application.working import work_once
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.models import HolidayArrangement, Organisation, OwnDay, WorkingTimeChange
from huiyin.organisations.working_time import WorkingTime
from huiyin.store.models import EventRow

ADMINISTRATOR, MANAGER = "qi-anlan", "he-wanyin"
PAGE, HOURS, DAYS, YEARS = (
    reverse(name) for name in ("desk-working-time", "desk-working-hours", "desk-own-days", "desk-holidays")
)
YEAR_2027 = "year,holiday,off,work\n2027,元旦,2027-01-01..2027-01-03,\n"     # invented for these stories


def rows(*days, initial=0):
    """The form of own days with these filled in: (day, kind, title, hours)."""
    form = {"days-TOTAL_FORMS": len(days), "days-INITIAL_FORMS": initial}
    for number, said in enumerate(days):
        form |= {f"days-{number}-{name}": value for name, value in zip(("day", "kind", "title", "hours"), said, strict=False)}
    return form


OFF = ("2026-09-29", "off", "院庆")


def week(**changes):
    """The form of the week, Monday to Friday from half past eight."""
    form = {f"works_{number}": "on" for number in range(5)} | {f"hours_{number}": "08:30-12:00 14:00-17:30" for number in range(5)}
    return {name: value for name, value in {**form, **changes}.items() if value is not None}


@pytest.fixture
def admin(desk_of):
    return desk_of(ADMINISTRATOR)


def text(answer):
    return answer.content.decode()


def only_change():
    return reverse("desk-time-change", args=[WorkingTimeChange.objects.get().pk])


def test_everybody_reads_it_and_administrators_alone_change_it(desk_of, admin):
    shown = text(desk_of(MANAGER).get(PAGE))
    assert "2027年起的安排没有收录" in shown
    assert "国庆节" in shown
    assert "改动记录" not in shown
    assert "改动记录" in text(admin.get(PAGE))
    for address in (HOURS, DAYS, YEARS):
        assert desk_of(MANAGER).get(address).status_code == 403
        assert desk_of(MANAGER).post(address, {}).status_code == 403
        assert admin.get(address).status_code == 200
    admin.post(DAYS, rows(OFF))
    assert desk_of(MANAGER).get(only_change()).status_code == 403
    assert desk_of(MANAGER).post(only_change(), {"reason": "我也想"}).status_code == 403
    assert PAGE in text(desk_of(MANAGER).get(reverse("desk-calendar")))


def test_a_day_off_is_shown_with_what_it_moves_then_takes_effect(admin, desk_of, assigned):
    receipt = assigned()
    answer = admin.post(DAYS, rows(OFF, ("", "off", "", "")), follow=True)
    shown = text(answer)
    assert receipt.number in shown
    assert "“调查并提出处理意见”由10月8日 周四17:30前改为10月9日 周五17:30前" in shown
    assert "新增 2026年9月29日 放假：院庆" in shown
    assert not OwnDay.objects.exists()
    assert admin.post(only_change(), {"do": "apply", "reason": " "}).status_code == 422
    assert "请写明理由" in text(admin.post(only_change(), {"do": "apply", "reason": ""}))
    assert admin.post(only_change(), {"do": "apply", "reason": "院庆放假一天"}).status_code == 302
    assert "正在逐件改算" in text(admin.get(only_change()))
    work_once()
    assert "已完成，改了1件案件的到期时间" in text(admin.get(only_change()))
    assert EventRow.objects.filter(case_id=receipt.case_id, kind="ObligationMoved").exists()
    assert "院庆放假一天" in text(desk_of(MANAGER).get(reverse("desk-case", args=[receipt.number])))
    history = text(admin.get(PAGE))
    assert "院庆放假一天" in history
    assert "祁安澜 今天9:00" in history
    assert "已经处理过" in text(admin.post(only_change(), {"do": "apply", "reason": "再来"}))


def test_what_is_not_wanted_is_dropped(admin):
    admin.post(DAYS, rows(OFF))
    admin.post(only_change(), {"do": "drop"})
    assert "没有采用" in text(admin.get(PAGE))
    assert not OwnDay.objects.exists()
    assert admin.post(only_change(), {"do": "drop"}).status_code == 422


def test_wrong_days_come_back_beside_their_rows_with_what_was_typed(admin):
    half, twice = ("2026-09-30", "half", "运动会", "下午"), ("2026-09-29", "extra", "义诊日")
    shown = text(admin.post(DAYS, rows(OFF, twice, half)))
    assert "“下午”读不懂" in shown
    assert 'value="运动会"' in shown
    answer = admin.post(DAYS, rows(OFF, twice))
    assert answer.status_code == 422
    assert "2026-09-29在第1行已经写过" in text(answer)
    assert 'value="义诊日"' in text(answer)
    assert "不在2025-01-01至2031-12-31之间" in text(admin.post(DAYS, rows(("2062-09-29", "off", "院庆"))))
    assert not WorkingTimeChange.objects.exists()


def test_a_day_is_struck_out(admin, hospital):
    OwnDay.objects.create(organisation=hospital, day=date(2026, 9, 29), kind="off", title="院庆")
    assert 'value="2026-09-29"' in text(admin.get(DAYS))
    answer = admin.post(DAYS, rows(OFF, initial=1) | {"days-0-DELETE": "on"}, follow=True)
    assert "删去 2026年9月29日 放假：院庆" in text(answer)


def test_the_week_is_changed(admin, hospital):
    answer = admin.post(HOURS, week(works_5="on", hours_5="09:00-12:00", holiday="09:00-11:00"), follow=True)
    shown = text(answer)
    assert "周六：不上班 → 上班 09:00-12:00" in shown
    assert "法定假日值班：没有 → 09:00-11:00" in shown
    admin.post(only_change(), {"do": "apply", "reason": "周六上午开诊"})
    hospital.refresh_from_db()
    assert hospital.opening_hours["5"] == [["09:00", "12:00"]]
    assert hospital.workweek == [0, 1, 2, 3, 4, 5]
    assert "09:00-12:00" in text(admin.get(PAGE))
    assert 'value="09:00-12:00"' in text(admin.get(HOURS))


@pytest.mark.parametrize(("wrong", "said"), [
    ({"hours_0": "8:30-12:00 11:00-17:30"}, "重叠，或先后颠倒"),
    ({"hours_0": "17:30-8:30x"}, "读不懂"),
    ({"hours_0": "17:30-14:00"}, "写反了"),
    ({"hours_0": "22:00-10:00"}, "夜班结束晚于次日开始营业的时间"),
    ({f"works_{number}": None for number in range(5)}, "一周至少要有一天上班"),
])
def test_a_week_that_cannot_be_is_refused_and_nothing_typed_is_lost(admin, wrong, said):
    answer = admin.post(HOURS, week(hours_1="07:45-11:45", **wrong))
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="07:45-11:45"' in text(answer)
    assert not WorkingTimeChange.objects.exists()


def test_a_year_is_entered_by_pasting_or_uploading(admin, hospital):
    upload = SimpleUploadedFile("2027.csv", YEAR_2027.encode("utf-8-sig"))
    shown = text(admin.post(YEARS, {"table": "", "file": upload}, follow=True))
    assert "2027年放假安排：元旦 1月1日至3日" in shown
    admin.post(only_change(), {"do": "apply", "reason": "通知已发布"})
    assert HolidayArrangement.objects.get().year == 2027
    assert "2028年起的安排没有收录" in text(admin.get(PAGE))
    other = YEAR_2027.replace("01-03", "01-02")
    assert "2027年已有一份内容不同的安排" in text(admin.post(YEARS, {"table": other}))
    assert admin.post(YEARS, {"table": other, "correct": "on"}).status_code == 302


def test_a_wrong_table_comes_back_with_its_lines(admin):
    bad = SimpleUploadedFile("2027.csv", b"year,holiday,off,work\n2027,\xe5\x85\x83\xe6\x97\xa6,2027-01-01,2027-01-05\n")
    answer = admin.post(YEARS, {"table": "", "file": bad})
    assert answer.status_code == 422
    assert "第2行：2027-01-05本来就是工作日" in text(answer)
    assert "2027,元旦,2027-01-01,2027-01-05" in text(answer)


CHINESE = re.compile("[\u4e00-\u9fff]+")


def test_the_pages_speak_english(admin, hospital):
    admin.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    bad = YEAR_2027.replace("2027-01-03,", "2027-01-03,2027-01-05")
    assert "Line 2: 2027-01-05 is a working day anyway" in text(admin.post(YEARS, {"table": bad}))
    assert "A night shift runs into the next day" in text(admin.post(HOURS, week(hours_0="22:00-10:00")))
    admin.post(DAYS, rows(("2026-09-29", "off", "Anniversary")))
    for address in (HOURS, DAYS, only_change()):
        main = text(admin.get(address)).partition("<main")[2].partition("</main>")[0]
        assert set(CHINESE.findall(main)) <= {"祁安澜"}, address


def test_an_administrator_who_is_complained_about_is_not_told_of_the_case(admin, hospital):
    command = File(
        kind="complaint", channel="phone", matter={"account": "态度冷淡", "subject": "service"}, category="service",
        respondent=Respondent(kind="person", person=ADMINISTRATOR),
    )  # fmt: skip
    receipt = file_case(hospital, "patient-relations", Actor("jiang-xubai"), command)
    shown = text(admin.post(DAYS, rows(OFF), follow=True))
    assert receipt.number not in shown
    assert "与您有关的一件案件" in shown


def test_another_organisations_change_is_not_found(admin, hospital):
    other = Organisation.objects.exclude(pk=hospital.pk).first()
    change = WorkingTimeChange.objects.create(organisation=other, before={}, after={}, proposed_at=hospital.created_at)
    assert admin.get(reverse("desk-time-change", args=[change.pk])).status_code == 404


def test_pages_cost_the_same_however_many_cases_and_changes(admin, assigned, complaint, django_assert_max_num_queries):
    for _ in range(4):
        assigned()
    for number in range(3):
        admin.post(DAYS, rows((f"2026-09-{28 + number % 2 + 1}", "off", f"院庆{number}")))
    latest = reverse("desk-time-change", args=[WorkingTimeChange.objects.latest("id").pk])
    admin.get(PAGE)
    with django_assert_max_num_queries(14):
        admin.get(PAGE)
    with django_assert_max_num_queries(24):
        assert text(admin.get(latest)).count("由") >= 4


def test_the_history_is_paged(admin, hospital):
    changes = [
        WorkingTimeChange(organisation=hospital, before=EMPTY, after=EMPTY, reason=f"第{number}次", proposed_at=hospital.created_at)
        for number in range(21)
    ]
    WorkingTimeChange.objects.bulk_create(changes)
    shown = text(admin.get(PAGE))
    assert "第20次" in shown
    assert "第0次" not in shown
    older = re.search(r'href="(\?after=[^"#]+)#history"', shown)[1]
    assert "第0次" in text(admin.get(PAGE + older))


EMPTY = WorkingTime().as_json()
