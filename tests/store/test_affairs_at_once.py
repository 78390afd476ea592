"""Affairs when several act at once: a watch fires once, a duty opens once."""

from datetime import timedelta

import pytest
from tests.application.clinic import MONDAY, NEI, YI, Clinic
from tests.store.test_concurrency import AT_ONCE, all_at_once

from huiyin.application.standing import open_due
from huiyin.application.upkeep import verify
from huiyin.store.models import StandingRow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clinic(transactional_db, tmp_path):
    return Clinic(tmp_path)


def test_cases_that_come_to_count_at_once_set_off_one_alarm(clinic):
    cases = [clinic.file("nei") for _ in range(AT_ONCE)]
    for case_id in cases:
        clinic.do(YI, case_id, "register", unit="nei")
    all_at_once(lambda number: clinic.do(NEI, cases[number], "verify", outcome="founded"))
    assert len(clinic.affairs("same-ward")) == 1
    assert len(clinic.affairs("improve")) == AT_ONCE
    assert verify(clinic.organisation) == []


def test_workers_that_look_at_once_open_a_period_once(clinic):
    clinic.at(MONDAY)
    StandingRow.objects.update(next_at=MONDAY)
    all_at_once(lambda _: open_due(clinic.organisation, MONDAY + timedelta(days=8)))
    assert [row.member for row in clinic.affairs("open-boxes")] == ["门诊", "住院部"]
    assert verify(clinic.organisation) == []
