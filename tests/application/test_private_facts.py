"""Private facts, wherever they come from: kept out of the events, sealed beside the case, merged when looked at."""

import pytest
from tests.application.conftest import GU, MEI

from huiyin.application.personal import look_at_personal
from huiyin.cases.commands import Complete, Correct
from huiyin.cases.refusals import Refused
from huiyin.store.models import EventRow


def in_the_log(words):
    return EventRow.objects.filter(body__contains=words).exists()


@pytest.fixture
def verified(assigned, do):
    """A case with a private value of the filing, and one that the work found."""

    def verified_(**matter):
        receipt = assigned(**matter)
        do(GU, receipt, "verify", outcome="founded", fields={"cause": "ours", "witness": "护工老冯"})
        return receipt

    return verified_


def test_what_was_sealed_first_is_still_there_when_more_is_sealed(verified, hospital):
    receipt = verified(bed="东12床")
    assert look_at_personal(hospital, GU, receipt.case_id, "核对证人")["matter"].other == {
        "bed": "东12床",
        "witness": "护工老冯",
    }


def test_a_private_fact_is_put_right_without_standing_in_an_event(verified, do, hospital):
    receipt = verified()
    do(GU, receipt, Correct(path="facts.witness", value="护工老马", text="记错了姓"))
    assert not in_the_log("护工")
    assert look_at_personal(hospital, GU, receipt.case_id, "核对证人")["matter"].other["witness"] == "护工老马"


def test_a_completion_seals_what_it_brings(file, do):
    from huiyin.cases.commands import AskMore

    receipt = file()
    do(MEI, receipt, AskMore(text="请补床号"))
    do(MEI, receipt, Complete(matter={"bed": "西3床", "order": "A-77"}))
    assert in_the_log("A-77")
    assert not in_the_log("西3床")


def test_a_private_value_is_held_to_the_same_length_as_others(assigned, do):
    receipt = assigned()
    with pytest.raises(Refused) as refused:
        do(GU, receipt, "verify", outcome="founded", fields={"cause": "ours", "witness": "证" * 20_001})
    assert refused.value.code == "wrong-value"
    assert "最多20000字" in refused.value.fields["witness"]
