"""What the logs say of cases: numbers and commands, never who complained or what about."""

import pytest
import structlog
from structlog.testing import capture_logs
from tests.application.conftest import GU, LIN, MEI

from huiyin.application import filing, running
from huiyin.cases.refusals import Refused


@pytest.fixture
def logs(monkeypatch):
    """What was logged, whatever level the tests run with."""
    with capture_logs() as captured:
        for module in (filing, running):
            monkeypatch.setattr(module, "_log", structlog.get_logger())
        yield captured


def test_a_filing_and_a_step_are_logged_with_the_number_and_nothing_personal(hospital, file, do, logs):
    receipt = file("护士王澜态度差", personal=LIN)
    do(MEI, receipt, "register")
    filed, done = logs
    assert (filed["event"], filed["number"], filed["by"]) == ("filed", receipt.number, "staff")
    assert (done["event"], done["number"], done["command"]) == ("done", receipt.number, "register")
    assert "林" not in repr(logs)
    assert "王澜" not in repr(logs)


def test_a_refusal_is_logged_with_its_reason(hospital, file, do, logs):
    receipt = file("护士态度差")
    with pytest.raises(Refused):
        do(GU, receipt, "register")
    assert logs[-1]["event"] == "refused"
    assert logs[-1]["command"] == "register"
    assert logs[-1]["refusal"]
