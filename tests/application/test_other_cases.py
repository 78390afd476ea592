"""Naming another case: by its number, only one of ours, only one the person may see."""

import json

import pytest
from tests.application.conftest import MEI

from huiyin.application.loading import load_case
from huiyin.cases.commands import Link
from huiyin.cases.refusals import Refused
from huiyin.organisations.models import Organisation
from huiyin.store.models import CaseRow, EventRow


def linked_to(receipt):
    return json.loads(EventRow.objects.get(case_id=receipt.case_id, kind="Linked").body)["other"]


def test_a_case_is_linked_by_its_register_number(file, do):
    first, second = file("护士态度差"), file("又来反映护士态度", subject="fee")
    do(MEI, second, Link(other=first.number, text="同一病区"))
    assert linked_to(second) == str(first.case_id)


def test_a_number_that_is_nobodys_is_refused_and_changes_nothing(hospital, file, do):
    receipt = file()
    with pytest.raises(Refused, match="没有“2026-9999”这件案件") as refused:
        do(MEI, receipt, Link(other="2026-9999", text="同一病区"))
    assert refused.value.fields.keys() == {"other"}
    assert load_case(hospital, MEI, receipt.case_id)


def test_a_case_cannot_be_linked_to_itself(file, do):
    receipt = file()
    with pytest.raises(Refused):
        do(MEI, receipt, Link(other=receipt.number, text="自己"))


def test_another_organisations_case_is_as_good_as_none(file, do):
    receipt, foreign = file(), file("另一家的事", subject="fee")
    stranger = Organisation.objects.create(slug="other", title="别的医院")
    CaseRow.objects.filter(id=foreign.case_id).update(organisation_id=stranger.pk)
    with pytest.raises(Refused):
        do(MEI, receipt, Link(other=str(foreign.case_id), text="看一眼"))
