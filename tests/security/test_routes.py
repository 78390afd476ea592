"""Who may come in where: every address of the URLconf, for every kind of visitor. Closed unless written down as open."""

import json

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.security import routes
from tests.security.conftest import ACCUSED, MANAGER, PNG, ROLELESS, STRANGER, portal

from huiyin.api.schemas.commands import COMMAND_SCHEMAS
from huiyin.store.models import CaseRow

PEOPLE = {"stranger": STRANGER, "accused": ACCUSED, "roleless": ROLELESS, "manager": MANAGER}


def patterns(resolver, prefix=""):
    for each in resolver.url_patterns:
        written = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, written)
        else:
            assert isinstance(each, URLPattern)
            yield written


def test_every_address_is_written_down_with_who_may_come_in():
    served = set(patterns(get_resolver()))
    assert served - routes.written_down() == set(), "写进 tests/security/routes.py：谁能进，谁不能进"
    assert routes.written_down() - served == set(), "这些地址已经没有了，从 tests/security/routes.py 里删去"


def address(route, hospital, matter):
    path = route.path or route.pattern
    for written, real in {
        "<slug:slug>": hospital.slug,
        "<str:regime_id>": "patient-relations",
        "<slug:regime_id>": "patient-relations",
        "<slug:regime>": "patient-relations",
        "<str:number>": matter.number,
        "<number>": matter.number,
        "<uuid:attachment>": matter.attachment,
        "<uuid:case>": matter.attachment,
        "<uuid:source>": matter.attachment,  # of no body outside
        "<slug:channel>": "web",
        "<int:sanction>": "1",
        "<int:sequence>": "1",
        "<str:key>": "nothing",
        "<uuid:draft>": matter.attachment,  # no draft of that id: the door is closed before anybody looks
        "<uuid:change>": matter.attachment,
        "<uuid:row>": matter.attachment,  # of nothing this person may touch
        "{number}": matter.number,
        "{attachment}": matter.attachment,
        "{paper}": matter.paper,
    }.items():
        path = path.replace(written, real)
    return f"/{path}"


def knock(client, route, path):
    body = {"data": json.dumps(route.data), "content_type": "application/json"} if "api/" in path else {"data": route.data}
    answer = client.post(path, **body) if route.method == "POST" else client.get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)  # reading a download to its end closes the file
    to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/sign-in/?next=")
    return routes.SIGN_IN if to_sign_in else answer.status_code


def compare(client, table, place, hospital, matter):
    """What differs from the table, so that one look shows all of it."""
    found = {route.pattern: knock(client, route, address(route, hospital, matter)) for route in table}
    expected = {route.pattern: route.answers[place] for route in table}
    return {pattern: (expected[pattern], got) for pattern, got in found.items() if got != expected[pattern]}


@pytest.mark.parametrize("visitor", routes.VISITORS)
def test_pages_open_to_whom_they_are_for(visitor, hospital, matter, nobody, complainant, desk_of):
    client = {"nobody": nobody, "complainant": complainant}.get(visitor) or desk_of(PEOPLE[visitor])
    place = routes.VISITORS.index(visitor)
    table = (*routes.PORTAL, *routes.DESK, *routes.SITE)
    assert compare(client, table, place, hospital, matter) == {}


@pytest.mark.parametrize("caller", routes.CALLERS)
def test_the_interface_opens_to_whom_it_is_for(caller, hospital, matter, nobody, api_of):
    client = nobody if caller == "nobody" else api_of(PEOPLE.get(caller, ""))
    assert compare(client, routes.INTERFACE, routes.CALLERS.index(caller), hospital, matter) == {}


BODIES = {
    "perform": {"work": "propose"},
    "decide": {"table": "assessment", "row": "rest"},
    "approve": {"key": "approval-1"},
    "reject": {"key": "approval-1", "text": "再核实"},
    "fill": {"questionnaire": "satisfaction", "answers": {}},
    "acknowledge": {"notice": "danger"},
    "reverse-booking": {"text": "记错了人"},
    "renew-code": {"text": "按登记的电话回拨核对"},
    "record": {"kind_of_act": "contact", "text": "打过电话"},
    "add-evidence": {"evidence": []},
    "seal-evidence": {"evidence": "file-1"},
    "open-evidence": {"evidence": "file-1", "text": "鉴定需要"},
    "weigh-evidence": {"evidence": "file-1", "force": "strong"},
    "ask-more": {"text": "请补票据"},
    "complete": {"matter": {}},
    "transfer": {"to": "functional-department", "text": "归别处"},
    "send-transfer": {},
    "confirm-transfer": {"received_by": "某人"},
    "return-transfer": {"text": "不归我们"},
    "return": {"text": "分错了"},
    "reassign": {"to": "functional-department", "text": "改派"},
    "add-unit": {"unit": "medical-affairs"},
    "extend": {"limit": "feedback", "by": "2 workdays"},
    "merge": {"into": "00000000-0000-0000-0000-000000000000"},
    "link": {"other": "00000000-0000-0000-0000-000000000000"},
    "supervise": {"text": "抓紧"},
    "answer-order": {"text": "在办"},
    "accept-report": {"order": "order-1"},
    "return-report": {"text": "再报"},
    "amend-report": {"text": "日期写错", "report": "已于九月二十八日调整班次"},
    "withdraw-report": {"text": "还没有查清"},
    "recall-order": {"text": "不用办了"},
    "invite": {"role": "health-authority", "name": "某单位"},
    "uninvite": {"invitation": "1"},
    "renew-link": {"invitation": "1"},
    "ask-back": {"text": "什么时候到现场"},
    "tell-outside": {"invitation": "1", "text": "明天上午"},
    "state-view": {"text": "不是我"},
    "object-to": {"text": "不服"},
    "regrade": {"severity": "danger"},
    "correct": {"path": "matter.account", "value": "改", "text": "笔误"},
    "recuse": {"text": "认识"},
    "sign": {"document": "register-form-1"},
    "reissue": {"document": "register-form-1", "text": "更正后重新出具"},
    "recall": {"paper": "register-form-1", "stage": "asked"},
}


def test_every_command_of_the_interface_is_tried():
    assert set(COMMAND_SCHEMAS) == {*routes.COMMANDS, *routes.OF_MAINTENANCE}


@pytest.mark.parametrize("caller", ["stranger", "accused", "roleless"])
def test_no_command_reaches_a_case_one_may_not_see(caller, hospital, matter, api_of):
    client, before = api_of(PEOPLE[caller]), CaseRow.objects.get(number=matter.number).version
    answers = {}
    for name in routes.COMMANDS:
        path = f"/api/v1/cases/{matter.number}/commands/{name}"
        answers[name] = client.post(path, json.dumps(BODIES.get(name, {})), content_type="application/json").status_code
    assert answers == dict.fromkeys(routes.COMMANDS, 404)
    assert CaseRow.objects.get(number=matter.number).version == before


def test_no_file_reaches_a_case_one_may_not_see(hospital, matter, api_of):
    from django.core.files.uploadedfile import SimpleUploadedFile

    for person, expected in ((STRANGER, 404), (ACCUSED, 404), (ROLELESS, 404), (MANAGER, 200)):
        files = {"files": SimpleUploadedFile("补充.png", PNG)}
        assert api_of(person).post(f"/api/v1/cases/{matter.number}/files", files).status_code == expected


def test_commands_ask_for_a_token_and_services_give_none(matter, nobody, api_of):
    for client, expected in ((nobody, 401), (api_of(""), 403)):
        for name in routes.COMMANDS:
            path = f"/api/v1/cases/{matter.number}/commands/{name}"
            answer = client.post(path, json.dumps(BODIES.get(name, {})), content_type="application/json")
            assert (name, answer.status_code) == (name, expected)


def test_acts_through_the_desk_are_closed_in_the_same_way(matter, desk_of):
    for person in (STRANGER, ACCUSED, ROLELESS):
        for name in ("perform.propose", "supervise.supervise", "recuse.recuse", "no-such-act"):
            answer = desk_of(person).post(f"/desk/cases/{matter.number}/do/{name}/", {"text": "x", "key": "k"})
            assert (person, name, answer.status_code) == (person, name, 404)


def test_an_account_without_a_person_behind_it_sees_no_desk(hospital, django_user_model):
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(django_user_model.objects.create_user("leftover", password="x"))
    for path in ("/desk/", "/desk/cases/", "/desk/ledgers/"):
        assert client.get(path).status_code == 403


def test_a_case_of_another_organisation_is_no_case_here(hospital, matter, nobody):
    """Number and code of the rehearsal open nothing in the organisation that stands at /."""
    assert nobody.post("/track/", {"number": matter.number, "code": matter.code}).status_code == 422
    assert nobody.post(portal(hospital, "track/"), {"number": matter.number, "code": matter.code}).status_code == 302
    assert nobody.get("/track/case/").status_code == 302
