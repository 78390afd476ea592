"""Affairs through the interface: listed, shown like cases, with what they were opened for; cases filed from a duty."""

from datetime import timedelta

import pytest
from tests.api.conftest import Caller
from tests.application.clinic import MONDAY, Clinic

from huiyin.api.tokens import issue
from huiyin.organisations.models import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(db, tmp_path):
    clinic = Clinic(tmp_path)
    clinic.at(MONDAY)
    clinic.at(MONDAY + timedelta(days=7))
    return clinic


def caller(clinic, person="", scopes=("read", "act", "file")):
    """A client with a person's token, or with one that stands for nobody."""
    staff = Staff.objects.get(organisation=clinic.organisation, person=person) if person else None
    _token, secret = issue(clinic.organisation, f"试用 {person}", scopes, staff=staff, life=timedelta(days=1))
    return Caller(secret)


def test_affairs_are_listed_by_pages_and_narrowed(clinic):
    wen = caller(clinic, "wen")
    page = wen.get("/affairs", limit=1).body
    assert [item["title"] for item in page["items"]] == ["开意见箱"]
    assert wen.get("/affairs", after=page["next"]).body["items"][0]["member"] == "门诊"
    assert wen.get("/affairs", kind="watch").body["items"] == []
    assert wen.get("/affairs", closed="true", regime="clinic").body["items"] == []
    assert caller(clinic, "nei").get("/affairs").body["items"] == []
    assert wen.get("/affairs", sort="odd").status == 422
    assert wen.get("/cases").body["items"] == []


def test_one_is_shown_like_a_case_with_what_it_was_opened_for_and_what_came_of_it(clinic):
    wen, box = caller(clinic, "wen"), clinic.affairs("open-boxes")[0]
    shown = wen.get(f"/cases/{box.number}").body
    assert (shown["kind"], shown["occasion"]["member"], shown["related"]) == ("duty", "门诊", [])
    filing = {"regime": "clinic", "kind": "complaint", "channel": "box", "matter": {"account": "饭菜太凉"}, "origin": str(box.id)}
    filed = wen.post("/file", filing)
    assert filed.status == 201, filed.body
    assert wen.get(f"/cases/{box.number}").body["related"] == [
        {"how": "stem", "number": filed.body["number"], "kind": "complaint"}
    ]
    case = wen.get(f"/cases/{filed.body['number']}").body
    assert (case["occasion"], case["related"]) == (None, [{"how": "origin", "number": box.number, "kind": "duty"}])


def test_nobody_from_outside_files_from_a_duty(clinic):
    box = clinic.affairs("open-boxes")[0]
    filing = {"regime": "clinic", "kind": "complaint", "channel": "box", "matter": {"account": "x"}, "origin": str(box.id)}
    answer = caller(clinic, scopes=("file",)).post("/file", filing)
    assert answer.body["code"] == "not-open-now"
