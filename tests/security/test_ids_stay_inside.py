"""Nobody who works with Huiyin, or comes to it, reads an id of the regime file: everything has a title.

The demo's cases are played under its hospital, then every page is read as the people see it who meet most of it.
"""

import json

import pytest
from tests.ids_shown import ids_of, ids_shown
from tests.security import routes
from tests.security.conftest import HANDLER, MANAGER, RECEIVER
from tests.security.test_routes import address

from huiyin.commands_line import demo_cases
from huiyin.regime import packs
from huiyin.store.models import CaseRow

ADMINISTRATOR = "qi-anlan"
SEES_IDS = {
    "desk/background/",  # the operator's page names work as the logs do
    "desk/drafts/",
    "desk/drafts/<uuid:draft>/",
    "desk/notices/wordings/",  # names the places of a wording: {title}
    "_components/",
    "_components/desk/",
    "_components/portal/",
    "metrics",
}
"""For those who run the system and those who write the file itself."""


@pytest.fixture
def ids(hospital):
    return ids_of(packs()["patient-relations"])


@pytest.fixture
def played(hospital):
    """The demo's cases under the hospital."""
    assert demo_cases.fill(hospital) >= 5
    return CaseRow.objects.filter(organisation_id=hospital.pk).order_by("number")


def test_a_word_of_the_file_is_found_and_a_title_is_not(ids):
    assert ids_shown("<p>head 科室负责人</p>", {"head"}) == {"head": "head 科室负责人"}
    assert ids_shown('<p title="ward-head">科室</p><script>register-form</script>', ids) == {"ward-head": "ward-head"}
    assert ids_shown("<p>网址 http://a.example/register-form，PDF，邮箱 photo@b.example</p>", ids | {"photo"}) == {}


def shown_on(client, path, ids):
    answer = client.get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)  # reading a download to its end closes the file
    if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
        return {}
    return {f"{path} {word}": where for word, where in ids_shown(answer.content.decode(), ids).items()}


@pytest.mark.parametrize("person", [MANAGER, RECEIVER, HANDLER, ADMINISTRATOR])
def test_on_no_page_of_the_desk(person, played, matter, hospital, desk_of, ids):
    client, found = desk_of(person), {}
    for route in routes.DESK:
        if route.method == "GET" and route.pattern not in SEES_IDS:
            found |= shown_on(client, address(route, hospital, matter), ids)
    for row in played:
        for path in ("", "?group=all", "similar/"):
            found |= shown_on(client, f"/desk/cases/{row.number}/{path}", ids)
    assert found == {}


def test_on_no_page_of_the_portal(matter, hospital, complainant, ids):
    found = {}
    for route in routes.PORTAL:
        if route.method == "GET":
            found |= shown_on(complainant, address(route, hospital, matter), ids)
    assert found == {}


LABELS = {"title", "sentence", "body", "why", "message", "who", "name", "seen_as_title"}
"""Texts of the interface that are written to be shown; ids stand in fields of their own."""


def labels(node, key=""):
    if isinstance(node, dict):
        for name, each in node.items():
            yield from labels(each, name)
    elif isinstance(node, list):
        for each in node:
            yield from labels(each, key)
    elif isinstance(node, str) and key in LABELS:
        yield node


def test_in_no_label_of_the_interface(played, api_of, ids):
    interface, found = api_of(MANAGER), {}
    for path in ("cases", "affairs", "orders", "obligations", "regimes/patient-relations", *(f"cases/{row.number}" for row in played)):
        answer = json.loads(interface.get(f"/api/v1/{path}").content)
        for text in labels(answer):
            found |= ids_shown(f"<p>{text}</p>", ids)
    assert found == {}
