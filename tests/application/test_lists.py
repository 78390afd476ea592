"""Lists: each sees what the policy lets them see, newest first or soonest due, found by what they type."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.application.conftest import GU, LIN, MEI, MONDAY, SHEN, WANG, YAN

from huiyin.application.case_lists import (
    CaseFilter,
    StateCounts,
    count_by_state,
    count_cases,
    list_cases,
    similar_cases,
)
from huiyin.application.paging import BadPageKey
from huiyin.application.sweeping import sweep
from huiyin.application.turn_lists import TurnFilter, count_turns, my_turns
from huiyin.cases.people import Respondent
from huiyin.store.personal.data import PersonalData

WEST = Respondent(kind="unit", unit="ward-west")


def numbers(page):
    return [item.row.number for item in page.items]


def test_the_office_sees_all_and_the_ward_its_own(assigned, hospital):
    assigned("护士态度差")
    assigned("多收了费用", respondent=WEST)
    assert numbers(list_cases(hospital, MEI)) == ["2026-0002", "2026-0001"]
    assert numbers(list_cases(hospital, GU)) == ["2026-0001"]
    assert numbers(list_cases(hospital, SHEN)) == ["2026-0002"]


@pytest.mark.parametrize("filters", [
    CaseFilter(),
    CaseFilter(view="mine"),
    CaseFilter(view="received"),
    CaseFilter(view="unit"),
    CaseFilter(state="closed", received_from=MONDAY),
    CaseFilter(state="not-closed", received_from=MONDAY),
    CaseFilter(received_from=MONDAY),
    CaseFilter(overdue=True, received_from=MONDAY),
], ids=str)
def test_a_count_is_the_length_of_the_list(assigned, file, hospital, at, filters):
    assigned("护士王某态度差")
    assigned("多收了费用", respondent=WEST)
    file("病房太吵", respondent=Respondent(kind="unit", unit="ward-east"))
    at(MONDAY + timedelta(days=60))
    sweep(hospital)
    counted = {who.person: count_cases(hospital, who, filters) for who in (MEI, GU, WANG, SHEN, YAN)}
    assert counted == {who.person: len(list_cases(hospital, who, filters).items) for who in (MEI, GU, WANG, SHEN, YAN)}


@pytest.mark.parametrize("most", [1_000, 2, 1])
def test_counts_by_state_are_those_of_each_state(assigned, do, hospital, monkeypatch, most):
    """Also where there are more cases than are counted in one look."""
    monkeypatch.setattr("huiyin.application.case_lists.MOST_COUNTED", most)
    assigned("护士态度差")
    assigned("多收了费用", respondent=WEST)
    last = assigned("病房太吵", respondent=Respondent(kind="unit", unit="ward-east"))
    do(GU, last, "verify", outcome="founded", fields={"cause": "ours"})
    do(GU, last, "reply", text="已向您道歉")
    do(MEI, last, "close")
    since = CaseFilter(received_from=MONDAY)
    for who in (MEI, GU, WANG, SHEN):
        single = [count_cases(hospital, who, replace(since, state=state)) for state in ("closed", "not-closed")]
        assert count_by_state(hospital, who, since) == StateCounts(count_cases(hospital, who, since), *single)


def test_the_accused_sees_the_ward_cases_but_not_the_own_one(assigned, hospital):
    assigned("护士王某态度差")
    assigned("病房太吵", respondent=Respondent(kind="unit", unit="ward-east"))
    assert numbers(list_cases(hospital, WANG)) == ["2026-0002"]
    assert numbers(list_cases(hospital, MEI, query="王某")) == ["2026-0001"]
    assert numbers(list_cases(hospital, WANG, query="王某")) == []


def test_a_report_keeps_its_informant_from_the_ward(assigned, hospital):
    assigned("举报收红包", kind="report")
    (item,) = list_cases(hospital, MEI).items
    assert item.complainant == "林**"
    assert numbers(list_cases(hospital, YAN)) == []     # the director looks after the regime, but not after reports


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2026-0001", True),        # number
        ("林晓雨", True),            # name
        ("13800005521", True),      # telephone
        ("5521", True),             # its tail
        ("態度", True),              # traditional characters
        ("护士 态度", True),          # both words
        ("多收费", False),
        ("13900005521", False),
        ("林晓", False),             # names are found whole, or not at all
    ],
)
def test_what_is_typed_is_found(file, hospital, words, found):
    file("护士态度差，让人等了两小时")
    assert numbers(list_cases(hospital, MEI, query=words)) == (["2026-0001"] if found else [])


def test_filters_narrow_and_count(assigned, file, hospital):
    assigned("护士态度差")
    file("多收了费用", subject="fee", respondent=WEST)
    assert numbers(list_cases(hospital, MEI, CaseFilter(category="fee"))) == ["2026-0002"]
    assert numbers(list_cases(hospital, MEI, CaseFilter(unit="ward-east"))) == ["2026-0001"]
    assert numbers(list_cases(hospital, GU, CaseFilter(view="mine"))) == ["2026-0001"]
    assert numbers(list_cases(hospital, MEI, CaseFilter(state="closed"))) == []
    assert count_cases(hospital, MEI, CaseFilter(state="not-closed")) == 2


def test_pages_follow_each_other_without_gap_or_repetition(file, hospital):
    filed = [file(f"第{number}件", subject="fee").number for number in range(7)]
    seen, key = [], ""
    while True:
        page = list_cases(hospital, MEI, after=key, limit=3)
        seen += numbers(page)
        key = page.next
        if not key:
            break
    assert seen == filed[::-1]
    with pytest.raises(BadPageKey):
        list_cases(hospital, MEI, after="not-a-key")


def test_a_longer_list_needs_no_more_queries(file, hospital):
    def queries():
        with CaptureQueriesContext(connection, ) as caught:
            list_cases(hospital, MEI)
            my_turns(hospital, MEI)
        return len(caught)

    file("第一件")
    one = queries()
    for number in range(9):
        file(f"第{number}件", subject="fee")
    assert queries() == one


def test_the_work_list_shows_whose_turn_it_is_by_due_time(file, do, hospital):
    receipt = file()
    (turn,) = my_turns(hospital, MEI).items
    assert (turn.kind, turn.work, turn.number) == ("step", "register", receipt.number)
    do(MEI, receipt, "register")
    do(MEI, receipt, "assign")
    (turn, *_) = my_turns(hospital, GU).items
    assert turn.kind == "limit"
    assert turn.due is not None
    assert turn.cite == ["三"]
    assert my_turns(hospital, WANG, TurnFilter(scope="unit")).items == ()
    assert my_turns(hospital, YAN).items == ()
    assert receipt.number in {one.number for one in my_turns(hospital, MEI, TurnFilter(scope="all")).items}
    counts = count_turns(hospital, GU)
    assert (counts.overdue, counts.later) == (0, len(my_turns(hospital, GU).items))


def test_intake_is_shown_earlier_cases_of_the_same_person_and_the_same_respondent(file, hospital):
    file("护士态度差")
    file("探视时间太短", personal=PersonalData(name="陈一鸣", phone="13900001111"), respondent=WEST)
    by_phone = similar_cases(hospital, MEI, phone="138-0000-5521")
    assert [item.row.number for item in by_phone] == ["2026-0001"]
    by_respondent = similar_cases(hospital, MEI, respondent_unit="ward-west")
    assert [item.row.number for item in by_respondent] == ["2026-0002"]
    by_text = similar_cases(hospital, MEI, text="探视")
    assert [item.row.number for item in by_text] == ["2026-0002"]
    assert similar_cases(hospital, MEI, phone="1380000") == []
    assert similar_cases(hospital, SHEN, phone=LIN.phone) == []


def test_an_anonymous_complainant_has_no_name(file, hospital):
    file(personal=None)
    assert list_cases(hospital, MEI).items[0].complainant == ""
    assert replace(LIN, name="").masked().name == ""
