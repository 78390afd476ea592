"""Orders through the interface: given, listed, reported on, accepted."""

from datetime import timedelta

import pytest
from tests.api.conftest import Caller
from tests.workbench.rehearsal import rehearsal_of

from huiyin.api.tokens import issue
from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.cases.commands import File, Perform
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.models import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital(db):
    return rehearsal_of("patient-relations")


@pytest.fixture
def number(hospital):
    """A complaint that 夏芷柔 of the nursing office handles."""
    matter = {"account": "换药等了两小时", "subject": "service"}
    about = Respondent(kind="unit", unit="orthopaedics-ward")
    command = File(kind="complaint", channel="phone", matter=matter, category="service", respondent=about)
    receipt = file_case(hospital, "patient-relations", Actor("jiang-xubai"), command)
    for who, step in (
        ("jiang-xubai", Perform(work="receive", outcome="guided")),
        ("he-wanyin", Perform(work="register", fields={"damage_dispute": "no"})),
        ("he-wanyin", Perform(work="assign", unit="nursing-office")),
    ):
        run(hospital, Actor(who), receipt.case_id, step)
    return receipt.number


def caller(hospital, person):
    staff = Staff.objects.get(organisation=hospital, person=person)
    _token, secret = issue(hospital, f"试用 {person}", ("read", "act"), staff=staff, life=timedelta(days=1))
    return Caller(secret)


def possible(who, number, command):
    return next(each for each in who.get(f"/cases/{number}").body["possible"] if each["command"] == command)


def test_an_order_is_given_listed_reported_and_accepted(hospital, number):
    office, handler = caller(hospital, "he-wanyin"), caller(hospital, "xia-zhirou")
    assert possible(office, number, "supervise")["gives"] == {
        "kind": "supervision", "title": "督办件", "to": ["handler", "handling-head"], "several": False,
        "due_needed": False, "accepted_by": ["giver", "relations-office"],
    }  # fmt: skip
    orders = [{"to": "handler", "due": "2026-09-29", "text": "请报排班记录"}]
    given = office.post(f"/cases/{number}/commands/supervise", {"text": "督办", "orders": orders})
    assert given.status == 200, given.body
    (item,) = handler.get("/orders", view="open").body["items"]
    assert (item["order"], item["text"], item["state"], item["due"][:10]) == ("order-1", "请报排班记录", "waiting", "2026-09-29")
    assert possible(handler, number, "answer-order")["member"] == "order-1"
    path = f"/cases/{number}/commands/"
    assert handler.post(f"{path}answer-order", {"text": "见附件", "order": "order-1"}).status == 200
    assert office.get("/orders", view="reported", kind="supervision", mine="true").body["items"][0]["report"] == "见附件"
    assert handler.post(f"{path}accept-report", {"order": "order-1"}).status == 403
    assert office.post(f"{path}accept-report", {"order": "order-1"}).status == 200
    assert office.get("/orders", view="over").body["items"][0]["state"] == "done"


def test_a_day_out_of_reason_and_an_unknown_filter_are_refused(hospital, number):
    office = caller(hospital, "he-wanyin")
    path = f"/cases/{number}/commands/supervise"
    for due in ("0001-01-01", "9999-12-31", "2026-09-01"):
        answer = office.post(path, {"text": "督办", "orders": [{"due": due}]})
        assert (answer.status, answer.body["code"]) == (422, "wrong-value")
    assert office.post(path, {"text": "督办", "orders": [{"day": "2026-10-09"}]}).status == 422
    assert office.get("/orders", sort="odd").status == 422
    assert caller(hospital, "ye-changfeng").get("/orders").body["items"] == []
