"""Searching finds every hit that may be seen, page by page, however the hits and the viewer's cases are spread."""

from uuid import UUID

import pytest
from tests.application.conftest import GU, LIN, MEI, SHEN, WANG

from huiyin.application import searching
from huiyin.application.case_lists import CaseFilter, list_cases
from huiyin.cases.people import Respondent
from huiyin.store.models import CaseRow
from huiyin.store.personal.data import PersonalData
from huiyin.store.personal.records import cases_of_person, digests_for_words, parties_with

WEST = Respondent(kind="unit", unit="ward-west")
CHEN = PersonalData(name="陈一鸣", phone="139 0000 1111")
WORDS = ("探视", "电梯 探视", "第3件", "林晓雨", "139 0000 1111", "1111", "2026-0004", "没有")


@pytest.fixture
def twelve(file, assigned):
    """By turns of the east and the west ward, of 林晓雨 and 陈一鸣; all say 探视, half of them 电梯."""
    for number in range(12):
        how = assigned if number % 2 else file
        how(
            f"探视第{number}件" + ("，电梯停运" if number % 4 < 2 else ""),
            **({"respondent": WEST} if number % 3 else {}),
            personal=CHEN if number % 5 == 0 else PersonalData(name=LIN.name, phone=f"138 0001 00{number:02}"),
        )


@pytest.fixture(
    params=[(100, 5, 2_000), (1, 2, 3), (2, 5, 5), (3, 1, 1_000)],
    ids=["as it is", "few cases after two looks", "few cases at once", "small portions to the end"],
)
def portions(monkeypatch, request):
    """How many hits are read at a time."""
    for name, value in zip(("FIRST_PORTION", "GROWTH", "FEW"), request.param, strict=True):
        monkeypatch.setattr(searching, name, value)


def all_pages(hospital, who, words, filters, limit):
    seen, key = [], ""
    while True:
        page = list_cases(hospital, who, filters, words, key, limit)
        seen += [item.row.number for item in page.items]
        key = page.next
        if not key:
            return seen


def expected(hospital, who, words, filters):
    """The visible cases, newest first, that a look at each of them finds."""
    visible = [item.row.number for item in list_cases(hospital, who, filters).items]
    return [number for number in visible if found_alone(hospital, number, words)]


def found_alone(hospital, number, words):
    row = CaseRow.objects.get(number=number)
    of_chen = int(number[-4:]) % 5 == 1
    return {
        "探视": True,
        "电梯 探视": "电梯" in row.title,
        "第3件": "第3件" in row.title,
        "林晓雨": not of_chen,
        CHEN.phone: of_chen,
        "1111": of_chen,
        number: True,
        "2026-0004": number == "2026-0004",
        "没有": False,
    }[words]


@pytest.mark.parametrize("words", WORDS)
def test_pages_together_are_all_hits_that_may_be_seen(twelve, portions, hospital, words):
    for who in (MEI, GU, WANG):
        assert all_pages(hospital, who, words, CaseFilter(), 2) == expected(hospital, who, words, CaseFilter())
        for filters in (CaseFilter(unit="ward-west"), CaseFilter(view="mine"), CaseFilter(category="none such")):
            assert all_pages(hospital, who, words, filters, 5) == expected(hospital, who, words, filters)


def test_the_search_of_a_person_has_no_end_before_the_last_case(twelve, portions, hospital):
    digests = digests_for_words(hospital.pk, LIN.name)
    (name,) = digests
    first = parties_with(hospital.pk, name, 2)
    second = parties_with(hospital.pk, name, 100, before=first[-1][0])
    assert [case for _, case in (*first, *second)] == cases_of_person(hospital.pk, digests, 100)
    assert parties_with(hospital.pk, name, 100, before=UUID(int=0)) == []
    newest = list(CaseRow.objects.order_by("-id").values_list("id", flat=True))
    assert cases_of_person(hospital.pk, digests, 100) == [case for case in newest if case in cases_of_person(hospital.pk, digests, 100)]


def test_a_party_is_written_after_its_case_has_an_id(twelve, hospital):
    """What `parties_with` relies on."""
    (name,) = digests_for_words(hospital.pk, LIN.name)
    assert all(case < party for party, case in parties_with(hospital.pk, name, 100))


def test_many_hits_of_others_are_not_read_where_the_viewer_has_few_cases(file, assigned, hospital, monkeypatch):
    """One case of the west ward, then many of the east: the hits of others are given up after a few portions."""
    monkeypatch.setattr(searching, "FIRST_PORTION", 2)
    monkeypatch.setattr(searching, "FEW", 5)
    assigned("探视时间太短", respondent=WEST)
    for number in range(15):
        file(f"探视第{number}件")
    portions = []
    newest = searching.search_index.newest
    monkeypatch.setattr(searching.search_index, "newest", lambda *given: portions.append(given) or newest(*given))
    assert all_pages(hospital, SHEN, "探视", CaseFilter(), 50) == ["2026-0001"]
    assert len(portions) == 1


def test_older_cases_of_a_person_do_not_push_newer_ones_that_name_the_person_off_the_page(
    file, assigned, hospital, monkeypatch
):
    """林晓雨 complains three times, is named in a case of the east ward, then in two that the filter leaves out."""
    monkeypatch.setattr(searching, "FIRST_PORTION", 2)
    east = {"respondent": Respondent(kind="unit", unit="ward-east")}
    for number in range(3):
        assigned(f"第{number}件", personal=PersonalData(name=LIN.name, phone=f"138 0001 00{number:02}"), **east)
    assigned("我替林晓雨投诉", personal=CHEN, **east)
    file("林晓雨等了很久", personal=CHEN)
    file("林晓雨没有等到", personal=CHEN)
    filters = CaseFilter(unit="ward-east")
    assert all_pages(hospital, MEI, LIN.name, filters, 1) == ["2026-0004", "2026-0003", "2026-0002", "2026-0001"]
