"""Codes of blind samples: none twice in an organisation, none that tells its place in the order, none used up by a refusal."""

import itertools
from datetime import date

import pytest
from django.db import transaction

from huiyin.organisations.models import Organisation
from huiyin.store.blind_codes import scrambled_code
from huiyin.store.registers import DocumentNumbers

DAY = date(2026, 9, 28)


def codes(count, pattern="盲{code:4}", register="青屿"):
    return [scrambled_code(pattern, DAY, serial, register) for serial in range(1, count + 1)]


def test_all_codes_of_a_size_differ_and_so_do_those_beyond_it():
    found = codes(10_050)
    assert len(set(found)) == 10_050
    assert {len(code) for code in found[:9_999]} == {5}
    assert {len(code) for code in found[9_999:]} == {6}


def test_the_next_code_does_not_follow_from_the_last():
    numbers = [int(code[1:]) for code in codes(200)]
    steps = {after - before for before, after in itertools.pairwise(numbers)}
    assert len(steps) > 150


def test_another_organisation_has_other_codes():
    assert codes(20, register="甲") != codes(20, register="乙")


def test_the_year_stands_where_the_pattern_has_it():
    assert codes(1, "盲{year}-{code:5}")[0].startswith("盲2026-")


@pytest.mark.django_db
def test_codes_go_on_over_the_years_and_a_refusal_uses_none_up():
    organisation = Organisation.objects.create(slug="lab", title="监测站").pk
    with transaction.atomic():
        refused = DocumentNumbers(organisation).blind_code("盲{code:5}", DAY)
        taken = DocumentNumbers(organisation)
        pair = taken.blind_code("盲{code:5}", DAY), taken.blind_code("盲{code:5}", DAY)
        taken.write()
        later = DocumentNumbers(organisation).blind_code("盲{code:5}", date(2027, 1, 4))
    assert refused == pair[0]
    assert len({*pair, later}) == 3
