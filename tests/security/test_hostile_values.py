"""Numbers without end, times out of every calendar, JSON without bottom, fields twice: refused, never an error of ours."""

import json

from tests.security.conftest import HANDLER, MANAGER, RECEIVER, portal

from huiyin.store.models import CaseRow

NUMBERS = (
    "NaN", "-NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1e15", "-1", "-0", "0x10", "1_000", "١٢٣", "１２３", "1,5",
    "9" * 400, "1e-400", "", " ", "--1", "1/2", "null", "true", "[]", "\u221e", "½",
)  # fmt: skip
RAW_NUMBERS = ("NaN", "Infinity", "-Infinity", "1e400", "9" * 400, "-9e99", "1e15", "-1", "true", "[]", "{}", "null", '"NaN"')
DATES = ("0001-01-01", "9999-12-31", "2026-02-30", "-0001-01-01", "10000-01-01", "2026-13-01", "20260101", "2026-W01", "\x00")
SPANS = (
    "0 workdays", "-1 workdays", "999999999999 workdays", "1e9 days", "99999999 years", "1.5 workdays", "workdays", "5",
    "NaN days", "", "5 fortnights", "９ workdays",
)  # fmt: skip


def filing(**matter):
    return {
        "regime": "patient-relations", "kind": "complaint", "channel": "phone", "category": "fee",
        "matter": {"account": "多收了钱", "subject": "fee", **matter}, "personal": {"name": "林晓雨"},
    }  # fmt: skip


def statuses(post, bodies):
    return {str(body)[:60]: post(body).status_code for body in bodies}


def errors(answers, allowed=(201, 200, 400, 409, 413, 422)):
    return {body: status for body, status in answers.items() if status not in allowed}


def test_no_number_breaks_the_forms(hospital, nobody, desk_of):
    form = {"kind": "complaint", "matter-subject": "fee", "matter-account": "多收了钱", "identity": "anonymous", "do": "check"}
    address = portal(hospital, "file/patient-relations/")
    checked = {each: nobody.post(address, {**form, "matter-disputed_amount": each}).status_code for each in NUMBERS}
    assert errors(checked) == {}
    assert {checked[each] for each in ("NaN", "Infinity", "1e400", "--1", "½")} == {422}
    desk = desk_of(RECEIVER)
    intake = {"kind": "complaint", "channel": "phone", "f-account": "多收了钱", "f-subject": "fee", "name": "林晓雨", "category": "fee"}
    filed = {each: desk.post("/desk/intake/patient-relations/", {**intake, "f-disputed_amount": each}) for each in NUMBERS}
    assert {each: answer.status_code for each, answer in filed.items() if answer.status_code not in (302, 422)} == {}
    assert filed["NaN"].status_code == 422


def test_no_date_breaks_the_forms(hospital, nobody, desk_of):
    form = {"kind": "complaint", "matter-subject": "fee", "matter-account": "多收了钱", "identity": "anonymous", "do": "check"}
    address = portal(hospital, "file/patient-relations/")
    assert errors({each: nobody.post(address, {**form, "matter-happened_on": each}).status_code for each in DATES}) == {}
    desk = desk_of(RECEIVER)
    intake = {"kind": "complaint", "channel": "phone", "f-account": "多收了钱", "f-subject": "fee", "name": "林晓雨", "category": "fee"}
    for each in (*DATES, "0001-01-01T00:00", "9999-12-31T23:59", "2026-09-28T09:00+99:00"):
        data = {**intake, "received_at": each, "late_reason": "补登"}
        assert desk.post("/desk/intake/patient-relations/", data).status_code in (302, 400, 422), each
        assert desk.post("/desk/intake/patient-relations/forecast/", data).status_code in (200, 400), each


def test_no_value_of_a_step_breaks_it(file, do, matter, desk_of):
    desk = desk_of(HANDLER)
    do(HANDLER, matter, "investigate", outcome="founded", fields={"point_finding": "属实"})
    do("tie-mingyuan", matter, "statement", fields={"statement": "情况如下"})
    address = f"/desk/cases/{matter.number}/do/perform.propose/"
    fields = {"f-facts_found": "属实", "f-liability": "staff", "f-proposal": "退费", "f-overcharged": "true"}
    for each in [each for each in NUMBERS if each not in ("1e15", "-0", "1e-400", "１２３", "١٢٣", "1_000", "1,5", "-1")]:
        answer = desk.post(address, {**fields, "f-refund_amount": each, "key": f"k{each[:40]}"})
        assert answer.status_code == 422, each
    assert "concluded" not in CaseRow.objects.get(number=matter.number).phase


def test_no_json_breaks_the_interface(matter, api_of):
    interface, service = api_of(MANAGER), api_of("")
    address = f"/api/v1/cases/{matter.number}/commands/"
    good = json.dumps(filing(disputed_amount=0))

    def post(client, path, raw, content_type="application/json"):
        return client.post(path, raw, content_type=content_type)

    answers = {}
    for number in RAW_NUMBERS:
        answers[f"amount {number}"] = post(service, "/api/v1/file", good.replace('"disputed_amount": 0', f'"disputed_amount": {number}'))
        body = f'{{"text": "x", "based_on": {number}}}'
        answers[f"based on {number}"] = post(interface, address + "supervise", body)
    for each in DATES:
        answers[f"date {each}"] = post(service, "/api/v1/file", json.dumps(filing(happened_on=each)))
        late = filing() | {"received_at": f"{each}T00:00:00+14:00", "late_reason": "补登"}
        answers[f"received {each}"] = post(interface, "/api/v1/file", json.dumps(late))
    for each in SPANS:
        answers[f"span {each}"] = post(interface, address + "extend", json.dumps({"limit": "feedback", "by": each}))
        answers[f"more {each}"] = post(interface, address + "ask-more", json.dumps({"text": "请补", "within": each}))
    deep = "[" * 100_000 + "]" * 100_000
    nested = '{"a":' * 60 + "1" + "}" * 60
    for raw in ("", "null", "[]", "1", '"x"', "{", "\ufeff{}", '{"a":1}{"b":2}', deep, nested, "\x00", "{'a': 1}", "﻿[]"):
        answers[f"raw {raw[:20]}"] = post(service, "/api/v1/file", raw)
        answers[f"order {raw[:20]}"] = post(interface, address + "supervise", raw)
    for kind in ("text/plain", "application/xml", "application/x-www-form-urlencoded", ""):
        answers[f"type {kind}"] = post(service, "/api/v1/file", good, kind)
    answers["letters of nowhere"] = service.generic("POST", "/api/v1/file", good.encode(), "application/json; charset=klingon")
    answers["invalid letters"] = post(service, "/api/v1/file", good.encode().replace(b"account", b"\xff\xfe"))
    many = filing() | {"points": ["x"] * 100_000}
    answers["many"] = post(service, "/api/v1/file", json.dumps(many))
    answers["more fields than there are"] = post(service, "/api/v1/file", json.dumps(filing(**{f"f{n}": "x" for n in range(5_000)})))
    answers["long"] = post(service, "/api/v1/file", json.dumps(filing(account="长" * 20_001)))
    answers["too long to read"] = post(service, "/api/v1/file", json.dumps(filing(account="长" * 2_000_000)))
    allowed = (200, 201, 400, 403, 409, 413, 415, 422)
    assert {what: answer.status_code for what, answer in answers.items() if answer.status_code not in allowed} == {}
    for what in ("amount NaN", "amount 1e400", "long", f"raw {deep[:20]}", "invalid letters"):
        assert answers[what].status_code in (400, 422), what
        assert answers[what].json()["message"], what


def test_the_same_field_twice_does_not_slip_past_a_check(hospital, nobody, matter, desk_of):
    """Checked and used must be the same one of the two."""
    form = {"kind": "complaint", "matter-account": "多收了钱", "identity": ["named", "anonymous"], "name": "", "do": "check"}
    answer = nobody.post(portal(hospital, "file/patient-relations/"), {**form, "matter-subject": ["fee", "no-such-subject"]})
    assert answer.status_code == 422
    twice = {"number": [matter.number, "x"], "code": [matter.code, "AAAA-AAAA"]}
    assert nobody.post(portal(hospital, "track/"), twice).status_code == 422
    raw = '{"number": "x", "number": "%s", "code": "%s", "code": "AAAA-AAAA"}' % (matter.number, matter.code)  # noqa: UP031
    assert nobody.post("/api/v1/track", raw, content_type="application/json").status_code == 401
    sent = desk_of(MANAGER).post(f"/desk/cases/{matter.number}/do/supervise.supervise/", {"text": ["x", ""], "key": ["a", "b"]})
    assert sent.status_code == 422


def test_a_choice_that_was_not_offered_is_refused(hospital, nobody, desk_of, matter):
    intake = {"kind": "complaint", "channel": "phone", "f-account": "多收了钱", "f-subject": "fee", "name": "林晓雨", "category": "fee"}
    desk = desk_of(RECEIVER)
    for name in ("kind", "channel", "f-subject", "category", "unit", "person"):
        answer = desk.post("/desk/intake/patient-relations/", {**intake, name: "no-such-choice"})
        assert (name, answer.status_code) == (name, 422)
    form = {"kind": "internal", "matter-subject": "fee", "matter-account": "x", "identity": "anonymous", "do": "submit"}
    assert nobody.post(portal(hospital, "file/patient-relations/"), form).status_code == 422


def test_nobody_is_assigned_who_does_not_exist(file, do, api_of):
    """Over the interface, where no form offers choices: units and persons that there are not."""
    receipt = file()
    do(RECEIVER, receipt, "receive", outcome="guided")
    do(MANAGER, receipt, "register", fields={"damage_dispute": "no"})
    interface, address = api_of(MANAGER), f"/api/v1/cases/{receipt.number}/commands/"
    orders = (
        ("perform", {"work": "assign", "unit": "no-such-unit"}),
        ("perform", {"work": "assign", "unit": "nursing-office", "handler": "no-such-person"}),
        ("perform", {"work": "assign", "unit": "nursing-office", "also": ["no-such-unit"]}),
        ("recuse", {"person": "no-such-person", "text": "认识"}),
        ("reassign", {"to": "functional-department", "unit": "no-such-unit", "text": "改派"}),
        ("add-unit", {"unit": "no-such-unit"}),
    )
    answers = {}
    for name, order in orders:
        answer = interface.post(address + name, json.dumps(order), content_type="application/json")
        answers[str(order)] = answer.status_code
    assert {order: status for order, status in answers.items() if status not in (403, 409, 422)} == {}


def test_a_clock_cannot_be_set_out_of_every_calendar(hospital):
    from django.test import Client
    from tests.workbench.rehearsal import account

    from huiyin.organisations.models import Staff

    administrator = Staff.objects.filter(organisation=hospital, administrator=True).exclude(user=None).first()
    if administrator is None:
        administrator = Staff.objects.get(organisation=hospital, person=MANAGER)
        Staff.objects.filter(pk=administrator.pk).update(administrator=True)
    client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    client.force_login(account(administrator.person))
    for to in ("9999-12-31T23:59", "0001-01-01T00:00", "NaN", "", "2026-09-28T25:00", "2025-01-01T00:00"):
        assert client.post("/desk/clock/", {"to": to}).status_code == 422, to
    assert client.get("/desk/").status_code == 200


def test_strange_questions_of_my_day_are_answered(matter, desk_of):
    desk = desk_of(MANAGER)
    answers = {query: desk.get(f"/desk/?{query}").status_code for query in ("paused=maybe", "scope=x&regime='", "regime=%00")}
    assert answers == {"paused=maybe": 200, "scope=x&regime='": 200, "regime=%00": 400}
