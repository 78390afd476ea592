"""Whatever is sent, the answer is a result or a problem with a sentence, never a failure of ours."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests.api.conftest import FILING

from huiyin.api.schemas.commands import COMMAND_SCHEMAS
from huiyin.api.schemas.filing import FilingIn

WORDS = some.sampled_from(
    ["", "register", "assign", "verify", "reply", "close", "note", "contact", "founded", "ours", "reply", "ward-east", "wang",
     "complaint-office", "ward-head", "routing", "assessment", "rest", "matter.account", "facts.cause", "1 workday",
     "9999 years", "999999 months", "2026-13-45", "⟨保密⟩", "x" * 300, "0190", "\u202e回音", "😀", "'; --", "<b>"]
)
PLAIN = some.none() | some.booleans() | some.integers(-(10**15), 10**15) | some.floats(allow_nan=False) | WORDS
JSON = some.recursive(
    PLAIN, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(WORDS, inner, max_size=3), max_leaves=6
)
VALUES = some.dictionaries(some.sampled_from(["account", "subject", "bed", "order", "cause", "witness", "x"]), JSON, max_size=3)


@some.composite
def orders(draw):
    """A command with fields of its own, mostly of the right kind."""
    name = draw(some.sampled_from(sorted(COMMAND_SCHEMAS)))
    fields = COMMAND_SCHEMAS[name].model_fields
    chosen = draw(some.sets(some.sampled_from(sorted(fields))))
    chosen |= {field for field, info in fields.items() if info.is_required()}
    kind = {"fields": VALUES, "answers": VALUES, "measures": VALUES, "matter": VALUES}
    return name, {field: draw(kind.get(field, WORDS) | JSON) for field in sorted(chosen)}


SETTINGS = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def mei(as_):
    return as_("mei")


@SETTINGS
@given(order=orders(), started=some.booleans())
def test_no_order_breaks_the_interface(mei, order, started):
    name, body = order
    number = mei.post("/file", FILING | {"channel": "phone"}).body["number"]
    if started:
        mei.post(f"/cases/{number}/commands/perform", {"work": "register"})
    answer = mei.post(f"/cases/{number}/commands/{name}", body)
    assert answer.status in (200, 400, 403, 404, 409, 422), (name, body, answer.body)
    assert answer.status == 200 or answer.body["message"]
    assert mei.get(f"/cases/{number}").status in (200, 404)


@SETTINGS
@given(more=some.dictionaries(some.sampled_from(sorted(FilingIn.model_fields)), JSON | VALUES, max_size=4))
def test_no_filing_breaks_the_interface(mei, more):
    answer = mei.post("/file", FILING | more)
    assert answer.status in (201, 400, 404, 409, 422), (more, answer.body)    # 409: a duty that is not open
    assert answer.status == 201 or answer.body["message"]


@pytest.mark.parametrize(("name", "body"), [
    ("ask-more", {"text": "请补充", "within": "999999 years"}),
    ("ask-more", {"text": "请补充", "within": "999999 workdays"}),
    ("extend", {"limit": "reply", "by": "999999 months", "text": "等"}),
    ("extend", {"limit": "reply", "by": "999999 workdays", "text": "等"}),
    ("correct", {"path": "matter.account", "value": {"a": [1]}, "text": "更正"}),
    ("correct", {"path": "..", "value": None, "text": "更正"}),
    ("merge", {"into": "not-an-id", "text": "同一事项"}),
    ("link", {"other": "not-an-id", "text": "有关"}),
])
def test_orders_beyond_measure_are_answered(mei, name, body):
    number = mei.post("/file", FILING | {"channel": "phone"}).body["number"]
    mei.post(f"/cases/{number}/commands/perform", {"work": "register"})
    mei.post(f"/cases/{number}/commands/perform", {"work": "assign"})
    answer = mei.post(f"/cases/{number}/commands/{name}", body)
    assert answer.status in (200, 403, 409, 422), answer.body
    assert mei.get(f"/cases/{number}").status == 200
