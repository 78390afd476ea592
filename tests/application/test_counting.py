"""Counting to a bound what several subjects may see: each thing once, as if one had looked at all of them."""

from functools import partial

import pytest
from tests.application.conftest import GU, MEI, SHEN, WANG, YAN

from huiyin.application.case_lists import CaseFilter, count_cases, list_cases
from huiyin.application.counting import ALL, count_groups, count_once
from huiyin.application.turn_lists import TurnFilter, count_turns, how_many, my_turns
from huiyin.application.world import world_of
from huiyin.cases.people import Respondent
from huiyin.store.compiled_query import MARK
from huiyin.store.models import AudienceRow, TurnRow

WEST = Respondent(kind="unit", unit="ward-west")
ROWS = AudienceRow.objects.filter(subject=MARK).order_by("-case_id")


@pytest.fixture
def subjects(assigned, do, hospital):
    """Two open cases and a closed one, each seen by several subjects."""
    assigned("护士态度差")
    assigned("多收了费用", respondent=WEST)
    last = assigned("病房太吵", respondent=Respondent(kind="unit", unit="ward-east"))
    do(GU, last, "verify", outcome="founded", fields={"cause": "ours"})
    do(GU, last, "reply", text="已向您道歉")
    do(MEI, last, "close")
    return list(dict.fromkeys(AudienceRow.objects.values_list("subject", flat=True)))


def distinct(subjects):
    return set(AudienceRow.objects.filter(subject__in=subjects).values_list("case_id", "state"))


@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_what_several_subjects_see_counts_once(subjects, most):
    for chosen in (subjects, subjects[:1], subjects[:2], []):
        assert count_once([(ROWS.values_list("case_id"), chosen)], most) == min(len(distinct(chosen)), most)


def test_groups_are_those_of_all_things_unless_there_are_too_many(subjects):
    query = ROWS.values_list("case_id", "state")
    for chosen in (subjects, subjects[:1]):
        states = [state for _, state in distinct(chosen)]
        expected = {(state,): states.count(state) for state in states}
        assert count_groups([(query, chosen)], 100, "state") == (expected, True)
    groups, whole = count_groups([(query, subjects)], 2, "state")
    assert (sum(groups.values()), whole) == (2, False)


def apart(monkeypatch, most):
    monkeypatch.setattr("huiyin.application.case_lists._APART", most)
    monkeypatch.setattr("huiyin.application.turn_lists._APART", most)


@pytest.mark.parametrize("rows_for_one", [(4, 100), (1, 100)], ids=["few rows suffice", "more rows are needed"])
@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_what_one_query_lists_in_several_rows_counts_once(subjects, monkeypatch, most, rows_for_one):
    monkeypatch.setattr("huiyin.application.counting._ROWS_FOR_ONE", rows_for_one)
    rows = AudienceRow.objects.filter(subject__in=subjects).order_by("case_id").values_list("case_id")
    assert rows.count() > len(distinct(subjects))
    assert count_once([(rows, ALL)], most) == min(len(distinct(subjects)), most)


@pytest.mark.parametrize("most_apart", [24, 0], ids=["each subject by itself", "all subjects at once"])
def test_a_count_is_the_length_of_the_list_however_it_is_asked(subjects, hospital, monkeypatch, most_apart):
    apart(monkeypatch, most_apart)
    for who in (MEI, GU, WANG, SHEN, YAN):
        for view in ("all", "mine", "received", "unit"):
            cases = list_cases(hospital, who, CaseFilter(view=view)).items
            assert count_cases(hospital, who, CaseFilter(view=view)) == len(cases)
        for scope in ("mine", "unit", "all"):
            turns = my_turns(hospital, who, TurnFilter(scope=scope)).items
            counts = count_turns(hospital, who, scope)
            assert counts.overdue + counts.today + counts.tomorrow + counts.later == len(turns)
            assert how_many(world_of(hospital), who, TurnFilter(scope=scope), 100) == len(turns)


def pages(listing, limit):
    """All items, read so many at a time."""
    items, key = [], ""
    while True:
        page = listing(after=key, limit=limit)
        items += page.items
        key = page.next
        if not key:
            return items


@pytest.fixture
def owed_by_three(subjects):
    """Everything that is owed is owed by the eastern ward as a whole and by 沈知夏, too."""
    rows = list(TurnRow.objects.filter(leading=True))
    TurnRow.objects.all()._raw_delete("default")
    for row in rows:
        owing = {row.subject: (row.unit, row.person), "unit:ward-east": ("ward-east", ""), "person:shen": ("ward-west", "shen")}
        for place, (subject, (unit, person)) in enumerate(owing.items()):
            given = {"subject": subject, "unit": unit, "person": person, "leading": place == 0}
            values = {field.attname: getattr(row, field.attname) for field in TurnRow._meta.concrete_fields} | given
            TurnRow.objects.create(**values | {"position": row.position * 3 + place})


@pytest.mark.parametrize("most_apart", [24, 0], ids=["each subject by itself", "all subjects at once"])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_turn_owed_by_several_stands_on_one_page_only(owed_by_three, hospital, monkeypatch, most_apart, limit):
    apart(monkeypatch, most_apart)
    for who in (MEI, GU, SHEN):
        for scope in ("mine", "unit", "all"):
            whole = my_turns(hospital, who, TurnFilter(scope=scope), limit=100).items
            assert len({(row.case_id, row.key, row.kind) for row in whole}) == len(whole)
            assert whole or who == MEI, (who, scope)
            found = pages(partial(my_turns, hospital, who, TurnFilter(scope=scope)), limit)
            assert [(row.case_id, row.key, row.kind) for row in found] == [(row.case_id, row.key, row.kind) for row in whole]
        cases = list_cases(hospital, who).items
        assert [item.row.id for item in pages(partial(list_cases, hospital, who), limit)] == [item.row.id for item in cases]
