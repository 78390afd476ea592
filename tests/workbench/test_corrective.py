"""整改: corrective actions by how far they are, and the hint that one had no effect."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.workbench.rehearsal import MONDAY, set_clock

from huiyin.cases.commands import Reopen
from huiyin.store.models import CaseRow

LETTER = {"fields": {"weakness": "换药没有预约", "demand": "分时段预约"}}
REPORT = {"fields": {"cause": "排班集中", "measures_taken": "换药改为预约"}}


def text_of(response):
    return response.content.decode()


@pytest.fixture
def letter(hospital, assigned, do):
    """`letter()` gives a corrective action called for by a rectification letter, as its row."""

    def letter_(**options):
        receipt = assigned(**options)
        do("he-wanyin", receipt, "issue-rectification", **LETTER)
        return CaseRow.objects.get(origin=receipt.case_id, kind="corrective")

    return letter_


class As:
    """A row as `do` wants it."""

    def __init__(self, row):
        self.case_id = row.id


def test_a_corrective_action_is_followed_from_letter_to_verification(desk_of, letter, do):
    row = letter()
    desk = desk_of("he-wanyin")
    page = text_of(desk.get("/desk/corrective/"))
    origin = CaseRow.objects.get(id=row.origin).number
    for words in (row.number, "科室整改", origin, "整改中", "骨科"):
        assert words in page
    assert row.number not in text_of(desk.get("/desk/corrective/?stage=verify"))
    do("tie-mingyuan", As(row), "rectification", **REPORT)
    assert "待验证" in text_of(desk.get("/desk/corrective/?stage=verify"))
    do("he-wanyin", As(row), "verify", outcome="effective", fields={"verification": "不再排队"})
    assert row.number not in text_of(desk.get("/desk/corrective/"))
    assert row.number in text_of(desk.get("/desk/corrective/?stage=done"))


def test_what_is_late_stands_in_a_list_of_its_own(hospital, desk_of, letter):
    row = letter()
    desk = desk_of("he-wanyin")
    assert row.number not in text_of(desk.get("/desk/corrective/?stage=overdue"))
    set_clock(hospital, MONDAY + timedelta(days=40))
    assert row.number in text_of(desk.get("/desk/corrective/?stage=overdue"))


def test_a_similar_complaint_after_the_end_suggests_to_take_the_action_up_again(hospital, desk_of, letter, complaint, do):
    row = letter()
    do("tie-mingyuan", As(row), "rectification", **REPORT)
    do("he-wanyin", As(row), "verify", outcome="effective", fields={"verification": "不再排队"})
    set_clock(hospital, MONDAY + timedelta(days=30))
    office = desk_of("he-wanyin")
    complaint(words="收费不清楚", subject="fee")
    assert row.number not in text_of(office.get("/desk/corrective/?stage=again"))
    again = complaint(words="换药又排了两小时")
    assert row.number in text_of(office.get("/desk/corrective/?stage=again"))
    page = text_of(office.get(f"/desk/cases/{row.number}/"))
    assert "结束后的同类案件" in page
    assert again.number in page
    assert "/do/reopen.reopen/" in page
    do("he-wanyin", As(row), Reopen(text="又有病人反映换药排队"))
    assert row.number in text_of(office.get("/desk/corrective/"))
    assert row.number not in text_of(office.get("/desk/corrective/?stage=again"))


def test_half_a_year_later_a_new_complaint_suggests_nothing(hospital, desk_of, letter, complaint, do):
    row = letter()
    do("tie-mingyuan", As(row), "rectification", **REPORT)
    do("he-wanyin", As(row), "verify", outcome="effective", fields={"verification": "不再排队"})
    set_clock(hospital, MONDAY + timedelta(days=190))
    complaint(words="换药又排了两小时")
    office = desk_of("he-wanyin")
    assert row.number not in text_of(office.get("/desk/corrective/?stage=again"))
    assert "结束后的同类案件" not in text_of(office.get(f"/desk/cases/{row.number}/"))


def test_who_has_nothing_to_do_with_it_sees_none_of_it(desk_of, letter):
    row = letter()
    stranger = desk_of("ye-changfeng")
    for stage in ("open", "overdue", "verify", "again", "done", "nonsense"):
        assert row.number not in text_of(stranger.get(f"/desk/corrective/?stage={stage}"))


def test_the_lists_ask_a_constant_number_of_queries(desk_of, letter, django_assert_num_queries):
    desk = desk_of("he-wanyin")
    letter()
    desk.get("/desk/corrective/")
    with CaptureQueriesContext(connection) as few:
        desk.get("/desk/corrective/")
    for number in range(3):
        letter(words=f"换药等了两小时，第{number}次")
    with django_assert_num_queries(len(few)):
        desk.get("/desk/corrective/")
