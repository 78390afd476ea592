"""From filing to the closed case: what is decided is written, and reads back as it was decided."""

from tests.application.conftest import GU, MEI

from huiyin.application.loading import load_case
from huiyin.store.models import CaseRow, EventRow, TurnRow


def test_a_case_goes_from_filing_to_closing(hospital, file, do):
    receipt = file()
    assert receipt.number == "2026-0001"
    do(MEI, receipt, "register")
    do(MEI, receipt, "assign")
    do(GU, receipt, "verify", outcome="founded", fields={"cause": "ours"})
    do(GU, receipt, "reply", text="已向您道歉")
    result = do(MEI, receipt, "close")

    assert result.case.state == "closed"
    _, case, view = load_case(hospital, MEI, receipt.case_id)
    assert case == result.case
    assert view.sees
    row = CaseRow.objects.get(id=receipt.case_id)
    assert (row.state, row.phase, row.handling_unit, row.handler, row.version) == (
        "closed", "归档", "ward-east", "gu", EventRow.objects.filter(case_id=receipt.case_id).count()
    )
    assert not TurnRow.objects.filter(case_id=receipt.case_id, kind="step").exists()
