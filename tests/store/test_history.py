"""What rules are told about earlier cases."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.application.conftest import GU, MEI, MONDAY, YAN

from huiyin.application.loading import open_case
from huiyin.cases.commands import Approve
from huiyin.cases.people import Respondent
from huiyin.store.history import CaseHistory, since_of
from huiyin.store.personal.data import PersonalData

CHEN = PersonalData(name="陈一鸣", phone="13900001111")
WEST = Respondent(kind="unit", unit="ward-west")
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def seen_from(hospital):
    """`seen_from(receipt)` gives history and case as a rule deciding that case sees them."""

    def look(receipt):
        opened = open_case(hospital, MEI, receipt.case_id)
        world = opened.world
        return CaseHistory(hospital.pk, opened.regime, world.now, world.calendar.zone), opened.case

    return look


@pytest.mark.parametrize(
    ("relation", "many"),
    [
        ("same-complainant", 2),
        ("same-respondent", 1),
        ("same-matter", 1),
        ("same-nature", 1),
        ("same-product", 1),
        ("same-cause", 0),
        ("similar", 1),
        ("unheard-of", 0),
    ],
)
def test_relations(file, seen_from, relation, many):
    file("护士态度冷淡，等了很久", order="DD-1001")                                   # the same matter
    file("多收费用", subject="fee", respondent=WEST)                                # the same complainant, else different
    file("停车难", subject="fee", respondent=WEST, personal=CHEN)                   # nothing in common
    history, case = seen_from(file("护士态度冷淡，等了很久。", order="dd-1001"))
    assert history.earlier(case, relation, "any", None) == many


def test_open_and_closed_and_periods(file, do, at, seen_from):
    closed = file()
    do(MEI, closed, "register")
    do(MEI, closed, "assign")
    do(GU, closed, "verify", outcome="unfounded", fields={"cause": "other"})
    do(GU, closed, "reply")
    do(MEI, closed, "close")
    at(MONDAY + timedelta(days=40))
    open_one = file()
    history, case = seen_from(file())
    assert history.earlier(case, "same-matter", "any") == 2
    assert history.earlier(case, "same-matter", "open") == 1
    assert history.earlier(case, "same-matter", "closed") == 1
    assert history.earlier(case, "same-matter", "any", "30 days") == 1
    assert history.earlier_case(case, "same-matter", "open") == str(open_one.case_id)
    assert history.earlier_case(case, "same-matter", "closed") == str(closed.case_id)


def test_an_anonymous_complaint_has_no_earlier_ones_of_its_complainant(file, seen_from):
    file(personal=None)
    history, case = seen_from(file(personal=None))
    assert history.earlier(case, "same-complainant") == 0
    assert history.earlier_case(case, "same-matter") == ""


def test_offences_and_balances_come_from_confirmed_decisions(assigned, do, seen_from):
    receipt = assigned()
    do(GU, receipt, "verify", outcome="founded", fields={"cause": "ours"})
    history, _ = seen_from(receipt)
    assert history.offences("rude", "wang", "12 months") == 0
    assert history.balance("scores", "wang") == 100
    do(YAN, receipt, Approve(rule="rude"))
    history, _ = seen_from(receipt)
    assert history.offences("rude", "wang", "12 months") == 1
    assert history.offences("rude", "gu", "12 months") == 0
    assert history.balance("scores", "wang") == 95


@pytest.mark.parametrize(
    ("period", "since"),
    [
        ("90 days", "2025-12-02 09:00"),
        ("2 weeks", "2026-02-16 09:00"),
        ("12 months", "2025-03-02 09:00"),
        ("1 year", "2025-03-02 09:00"),
        ("calendar year", "2026-01-01 00:00"),
        ("quarter", "2026-01-01 00:00"),
        ("calendar month", "2026-03-01 00:00"),
        ("half-year", "2026-01-01 00:00"),
        ("week", "2026-03-02 00:00"),
    ],
)
def test_periods_begin_by_the_local_calendar(period, since):
    start = since_of(period, MONDAY, SHANGHAI)
    assert f"{start.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == since


def test_a_month_back_from_a_long_month_ends_on_its_last_day():
    last_of_march = datetime(2026, 3, 31, 2, 0, tzinfo=UTC)
    assert since_of("1 month", last_of_march, SHANGHAI).astimezone(SHANGHAI).date().isoformat() == "2026-02-28"
    with pytest.raises(ValueError, match="不认识的时间段"):
        since_of("for ages", MONDAY, SHANGHAI)
