"""What holds for every command: counted once, based on what was seen, refused with its rule, recorded as tried."""

import pytest
from tests.application.conftest import GU, MEI, SHEN, WANG

from huiyin.application.loading import load_case, open_by_number
from huiyin.application.running import run
from huiyin.calendars import parse_span
from huiyin.cases.commands import Complete, Extend, Record
from huiyin.cases.people import Actor
from huiyin.cases.refusals import Refused
from huiyin.organisations.models import Organisation
from huiyin.store.errors import Conflict, KeyReused, UnknownCase
from huiyin.store.models import CaseRow, EventRow, OutboxRow, RegisterRow


def test_the_same_filing_twice_is_one_case_with_the_same_code(file):
    first, second = file(key="form-1"), file(key="form-1")
    assert first == second
    assert CaseRow.objects.count() == 1
    assert RegisterRow.objects.get().last == 1


def test_a_key_does_not_serve_for_another_content(file):
    file("护士态度差", key="form-1")
    with pytest.raises(KeyReused, match="Idempotency-Key"):
        file("多收了费用", key="form-1")
    assert CaseRow.objects.count() == 1


def test_the_same_step_twice_happens_once(file, do):
    receipt = file()
    first = do(MEI, receipt, "register", key="click-1")
    again = do(MEI, receipt, "register", key="click-1")
    assert again.events == first.events
    assert again.version == first.version


def test_numbers_have_no_gap_where_a_filing_was_refused(file):
    assert file().number == "2026-0001"
    with pytest.raises(Refused):
        file("")
    assert file(subject="fee").number == "2026-0002"


def test_a_refused_filing_leaves_nothing_behind(file):
    with pytest.raises(Refused) as refused:
        file("", key="form-1")
    assert refused.value.fields.keys() == {"account"}
    assert not EventRow.objects.exists()
    assert not OutboxRow.objects.exists()
    assert not RegisterRow.objects.exists()


def test_who_looks_at_an_old_version_is_told_what_has_changed(file, do):
    receipt = file()
    do(MEI, receipt, "register")
    with pytest.raises(Conflict) as conflict:
        do(MEI, receipt, "assign", based_on=receipt.version)
    assert "完成" in conflict.value.message_zh
    assert {change.by for change in conflict.value.changes} == {"mei"}
    do(MEI, receipt, "assign", based_on=conflict.value.version)


def test_a_refused_attempt_is_kept_with_its_article_and_does_not_make_the_page_stale(file, do, hospital):
    receipt = file()
    version = do(MEI, receipt, "register").version
    do(MEI, receipt, "assign")
    with pytest.raises(Refused):
        do(MEI, receipt, "reply")
    with pytest.raises(Refused):
        do(MEI, receipt, "reply")
    attempts = EventRow.objects.filter(case_id=receipt.case_id, kind="AttemptRefused")
    assert attempts.count() == 1
    assert attempts.get().by == "mei"
    _, case, _ = load_case(hospital, MEI, receipt.case_id)
    assert case.version == attempts.get().sequence
    do(GU, receipt, "verify", outcome="founded", fields={"cause": "ours"}, based_on=case.version - 1)
    assert version < case.version


def test_the_accused_finds_no_case(assigned, hospital):
    receipt = assigned()
    assert load_case(hospital, GU, receipt.case_id)[2].sees
    with pytest.raises(UnknownCase):
        load_case(hospital, WANG, receipt.case_id)
    with pytest.raises(UnknownCase):
        open_by_number(hospital, WANG, receipt.number)
    with pytest.raises(UnknownCase):
        run(hospital, WANG, receipt.case_id, Record(kind_of_act="note", text="我没有"))


def test_roles_are_looked_up_and_not_believed(assigned, hospital, do):
    receipt = assigned()
    intruder = Actor("intruder", holdings=GU.holdings)
    with pytest.raises(UnknownCase):
        load_case(hospital, intruder, receipt.case_id)


def test_another_organisation_does_not_know_the_case(file):
    receipt = file()
    other = Organisation.objects.create(slug="other", title="另一家")
    with pytest.raises(UnknownCase):
        load_case(other, MEI, receipt.case_id)


def test_an_extension_waits_for_its_approval(assigned, do, hospital):
    receipt = assigned()
    result = do(GU, receipt, Extend(limit="reply", by=parse_span("3 workdays"), text="等待核价"))
    assert result.case.approvals
    assert SHEN.person not in {event.by for event in result.events}


def test_private_values_never_reach_the_events(file, do, hospital):
    receipt = file(bed="12床")
    do(MEI, receipt, "register")
    do(MEI, receipt, "assign")
    do(GU, receipt, "verify", outcome="founded", fields={"cause": "ours", "witness": "邻床赵先生"})
    bodies = "".join(EventRow.objects.values_list("body", flat=True))
    for secret in ("12床", "邻床赵先生", "林晓雨", "5521", "海棠路"):
        assert secret not in bodies
    assert "⟨保密⟩" in bodies


def test_time_never_runs_backwards_within_a_case(file, do, at, hospital):
    from datetime import timedelta

    receipt = file()
    at(hospital.rehearsal_clock - timedelta(hours=3))
    do(MEI, receipt, "register")
    times = list(EventRow.objects.filter(case_id=receipt.case_id).order_by("sequence").values_list("at", flat=True))
    assert times == sorted(times)


def test_completing_is_for_a_case_that_waits_for_it(file, do):
    receipt = file()
    with pytest.raises(Refused):
        do(MEI, receipt, Complete(text="补充", on_behalf=True))
