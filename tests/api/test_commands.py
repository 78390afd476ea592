"""Commands through the interface: the same rules as on the page, and answers a program can act on."""

import pytest
from tests.api.conftest import FILING, Caller

from huiyin.api.language import REFUSALS_EN
from huiyin.api.problems import STATUS_OF_REFUSAL
from huiyin.api.schemas.commands import COMMAND_SCHEMAS
from huiyin.cases.commands import COMMANDS
from huiyin.cases.refusals import REFUSAL_CODES
from huiyin.store.models import CaseRow, EventRow


@pytest.fixture
def number(as_):
    """A complaint about 王澜 of the eastern ward, taken by 梅若溪."""
    return as_("mei").post("/file", FILING | {"channel": "phone"}).body["number"]


@pytest.fixture
def order(as_, number):
    """`order("mei", "perform", work="register")` gives a command to the case."""

    def give(person, name, *, key="", **fields):
        return as_(person).post(f"/cases/{number}/commands/{name}", fields, key=key)

    return give


def test_every_command_has_an_address():
    assert {*COMMAND_SCHEMAS, "file"} == set(COMMANDS)


def test_every_refusal_has_a_status_and_an_english_sentence():
    assert set(STATUS_OF_REFUSAL) == set(REFUSAL_CODES) == set(REFUSALS_EN)


def test_a_case_goes_from_filing_to_closing(order, as_, number):
    assert order("mei", "perform", work="register").body["phase"] == "分派"
    order("mei", "perform", work="assign")
    done = order("gu", "perform", work="verify", outcome="founded", fields={"cause": "ours"})
    assert done.status == 200, done.body
    order("gu", "perform", work="reply", text="已向您道歉")
    closed = order("mei", "perform", work="close")
    assert (closed.body["state"], closed.body["phase"]) == ("closed", "归档")
    assert "Closed" in [each["kind"] for each in closed.body["events"]]
    assert closed.body["version"] == CaseRow.objects.get(number=number).version


def test_what_a_rule_forbids_is_refused_with_its_article(order):
    order("mei", "perform", work="register")
    answer = order("mei", "perform", work="verify", outcome="founded", fields={"cause": "ours"})
    assert (answer.status, answer.body["code"]) == (409, "not-open-now")
    assert answer.body["cite"] == [{"article": "二", "text": "投诉由被投诉科室办理。"}]
    assert EventRow.objects.filter(kind="AttemptRefused", by="mei").count() == 1


def test_who_may_not_is_told_so(order):
    order("mei", "perform", work="register")
    order("mei", "perform", work="assign")
    answer = order("mei", "perform", work="verify", outcome="founded", fields={"cause": "ours"})
    assert (answer.status, answer.body["code"]) == (403, "not-yours")


def test_the_accused_finds_no_case(order, as_, number):
    assert order("gu", "record", kind_of_act="note", text="看过").status == 200
    assert order("wang", "record", kind_of_act="note", text="看过").status == 404
    assert as_("wang").get(f"/cases/{number}").status == 404


def test_english_is_spoken_on_request_and_the_regime_keeps_its_words(token_of, number):
    caller = Caller(token_of("mei"), "en-GB,en;q=0.9")
    answer = caller.post(f"/cases/{number}/commands/perform", {"work": "verify"})
    assert answer.body["message"] == "This cannot be done now."
    assert answer.body["original"] == "“核实”现在没有打开。"
    assert caller.post(f"/cases/{number}/commands/perform", {}).body["fields"] == {"work": "This is required"}


def test_the_same_order_under_one_key_is_carried_out_once(order):
    first = order("mei", "perform", work="register", key="k1")
    second = order("mei", "perform", work="register", key="k1")
    assert second.status == 200
    assert second.body["version"] == first.body["version"]
    assert second.body["events"] == first.body["events"]
    assert EventRow.objects.filter(kind="WorkDone").count() == 1


def test_an_order_based_on_an_old_version_is_answered_with_what_changed(order, as_, number):
    seen = as_("mei").get(f"/cases/{number}").body["version"]
    order("mei", "perform", work="register")
    answer = order("mei", "record", kind_of_act="note", text="补充一句", based_on=seen)
    assert (answer.status, answer.body["code"]) == (409, "conflict")
    assert answer.body["version"] > seen
    assert answer.body["changes"]
    assert not EventRow.objects.filter(kind="ActDone").exists()


def test_an_extension_is_asked_in_the_regime_s_words(order):
    order("mei", "perform", work="register")
    order("mei", "perform", work="assign")
    wrong = order("gu", "extend", limit="reply", by="5个工作日", text="等待调取监控")
    assert wrong.status == 422
    assert "5 workdays" in wrong.body["fields"]["by"]
    asked = order("gu", "extend", limit="reply", by="5 workdays", text="等待调取监控")
    assert "ApprovalAsked" in [each["kind"] for each in asked.body["events"]]
    approved = order("mei", "approve")
    assert "ObligationMoved" in [each["kind"] for each in approved.body["events"]]


@pytest.mark.parametrize("raw", [
    b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"work": NaN}', b'{"work": "\\u0000"}',
    b'{"work": "\\ud83d"}', b'{"fields": {"a": 1e999}, "work": "register"}', b'{"work": ' + b"9" * 5000 + b"}",
    b'{"work": "register", "fields": {"cause": ' + b"[" * 60 + b"]" * 60 + b"}}",
])
def test_broken_bodies_are_answered_and_change_nothing(as_, number, raw):
    version = CaseRow.objects.get(number=number).version
    answer = as_("mei").post(f"/cases/{number}/commands/perform", raw=raw)
    assert answer.status in (400, 422), answer.body
    assert answer.body["message"]
    assert CaseRow.objects.get(number=number).version == version


def test_too_large_a_body_is_refused(as_, number):
    answer = as_("mei").post(f"/cases/{number}/commands/perform", raw=b'{"text": "' + b"x" * 6_000_000 + b'"}')
    assert (answer.status, answer.body["code"]) == (413, "too-large")


@pytest.mark.parametrize("key", ["x" * 65, "键", "a\tb"])
def test_an_unusable_key_is_refused(as_, number, key):
    answer = as_("mei").post(f"/cases/{number}/commands/perform", {"work": "register"}, key=key)
    assert (answer.status, list(answer.body["fields"])) == (422, ["Idempotency-Key"])


def test_a_wrong_method_is_told_which_one_is_right(as_):
    answer = as_("").get("/file")
    assert (answer.status, answer.body["code"], answer.headers["Allow"]) == (405, "wrong-method", "POST")


@pytest.mark.parametrize("path", ["/cases/2026-9999", "/cases/%00", "/cases/" + "9" * 61, "/nowhere", "/cases/a/b/c"])
def test_what_is_not_there_is_not_found(as_, path):
    answer = as_("mei").get(path)
    assert answer.status in (400, 404, 422)
    assert answer.body["message"]


def test_every_possible_command_is_accepted_as_sent_or_refused_with_a_rule(as_, number):
    """Whatever a client sends to whichever command, the answer is a result or a refusal, never a failure of ours."""
    caller = as_("mei", "act", "read")
    for name, schema in COMMAND_SCHEMAS.items():
        body = {field: "x" for field, info in schema.model_fields.items() if info.is_required()}
        body |= {"by": "1 workday"} if name == "extend" else {}
        body |= {"evidence": [{"key": "a", "title": "照片"}]} if name == "add-evidence" else {}
        answer = caller.post(f"/cases/{number}/commands/{name}", body)
        assert answer.status in (200, 403, 409, 422), (name, answer.body)
        assert answer.status == 200 or answer.body["cite"] or answer.body["code"] == "scope-missing", (name, answer.body)


def test_an_entry_of_a_ledger_is_taken_back_once(order):
    order("mei", "perform", work="register")
    order("mei", "perform", work="assign")
    order("gu", "perform", work="verify", outcome="founded", fields={"cause": "ours"})
    order("yan", "approve", rule="rude")
    done = order("mei", "reverse-booking", ledger="scores", text="并非本人当班")
    assert (done.status, [each["kind"] for each in done.body["events"]]) == (200, ["BookingReversed"])
    again = order("mei", "reverse-booking", text="再冲一次")
    assert (again.status, again.body["code"]) == (422, "wrong-value")


def answering(order, text):
    order("mei", "perform", work="register")
    order("mei", "perform", work="assign")
    order("gu", "perform", work="verify", outcome="founded", fields={"cause": "ours"})
    return order("gu", "perform", work="reply", text=text)


def test_discouraged_words_are_taken_and_named_in_the_answer(order):
    answer = answering(order, "抱歉，这不归我们管。")
    assert answer.status == 200
    assert answer.body["wording"] == [
        {
            "phrase": "这不归我们管",
            "better": "我来登记并告诉您由谁办理",
            "cite": [{"article": "一", "text": "首接负责，当场登记。"}],
        }
    ]


def test_words_the_regime_insists_on_are_refused(order):
    answer = answering(order, "我保证不会再有下次")
    assert (answer.status, answer.body["code"]) == (403, "forbidden-here")
    assert answer.body["cite"][0]["article"] == "三"
    assert "我会按规定尽力" in str(answer.body)


def test_other_words_bring_no_remark(order):
    assert answering(order, "已向您道歉").body["wording"] == []
