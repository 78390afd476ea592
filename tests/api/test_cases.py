"""Reading cases and obligations: pages by key, what is hidden stays hidden, every due time says why."""

import pytest
from tests.api.conftest import FILING


@pytest.fixture
def file_as(as_):
    """`file_as("mei", kind="report")` files and gives the number."""

    def file_(person="mei", **given):
        answer = as_(person).post("/file", FILING | {"channel": "phone"} | given)
        assert answer.status == 201, answer.body
        return answer.body["number"]

    return file_


def do(caller, number, work, **fields):
    answer = caller.post(f"/cases/{number}/commands/perform", {"work": work, **fields})
    assert answer.status == 200, answer.body


def test_a_case_shows_what_it_says_and_what_can_be_done(as_, file_as):
    mei = as_("mei")
    number = file_as()
    do(mei, number, "register")
    case = mei.get(f"/cases/{number}").body
    assert case["matter"]["account"] == "护士态度差，喊了三次才来"
    assert case["complainant"]["name"] == "林**"
    assert case["complainant"]["phone"] == "138****5521"
    assert case["respondent"]["name"] == "王澜"
    assert case["respondent"]["unit_title"] == "东病区"
    expected = [each for each in case["possible"] if each["expected"]]
    assert [(each["command"], each["work"]) for each in expected] == [("perform", "assign")]
    assert expected[0]["cite"] == [{"article": "二", "text": "投诉由被投诉科室办理。"}]
    assert case["story"][-1]["sentence"].startswith("收到电话投诉")


def test_a_due_time_says_why(as_, file_as):
    mei = as_("mei")
    number = file_as()
    do(mei, number, "register")
    (limit,) = mei.get(f"/cases/{number}").body["obligations"]
    assert limit["due"].startswith("2026-03-16T15:59")     # the end of the tenth working day in Shanghai
    assert limit["cite"][0]["article"] == "三"
    assert any("10个工作日" in sentence for _word, sentence in limit["why"])


def test_what_is_hidden_is_left_out_and_named(as_, file_as):
    """The regime hides who reports from the ward; the complaint office still sees the name."""
    mei, gu = as_("mei"), as_("gu")
    number = file_as(kind="report", private={"bed": "东-12床"})
    do(mei, number, "register")
    do(mei, number, "assign")
    assert mei.get(f"/cases/{number}").body["complainant"]["name"] == "林**"
    seen = gu.get(f"/cases/{number}")
    assert seen.body["hidden"] == ["complainant"]
    assert seen.body["complainant"] is None
    assert seen.body["matter"]["bed"] == "⟨保密⟩"
    assert "林" not in str(seen.body)
    assert [each["complainant"] for each in gu.get("/cases").body["items"]] == [""]


def test_private_values_are_never_given_out(as_, file_as):
    number = file_as(private={"bed": "东-12床"})
    assert "东-12床" not in str(as_("mei").get(f"/cases/{number}").body)


def test_pages_follow_their_key_to_the_end(as_, file_as):
    numbers = [file_as() for _ in range(5)]
    mei, found, after = as_("mei"), [], ""
    for _ in range(3):
        page = mei.get("/cases", limit=2, after=after).body
        found += [each["number"] for each in page["items"]]
        after = page["next"]
    assert found == numbers[::-1]
    assert after == ""


def test_lists_are_narrowed_and_searched(as_, file_as):
    number = file_as(matter={"account": "多收了床位费", "subject": "fee"})
    file_as()
    mei = as_("mei")
    assert [each["number"] for each in mei.get("/cases", q="床位费").body["items"]] == [number]
    assert [each["number"] for each in mei.get("/cases", category="fee").body["items"]] == [number]
    assert len(mei.get("/cases", q="5521").body["items"]) == 2
    assert mei.get("/cases", state="closed").body["items"] == []


def test_nobody_lists_what_is_not_theirs(as_, file_as):
    file_as()
    assert as_("shen").get("/cases").body["items"] == []
    assert as_("wang").get("/cases", q="态度").body["items"] == []


@pytest.mark.parametrize(("query", "status", "field"), [
    ({"limit": 0}, 422, "limit"), ({"limit": 101}, 422, "limit"), ({"limit": "x"}, 422, "limit"),
    ({"view": "everything"}, 422, "view"), ({"received_from": "2026-01-01T00:00:00"}, 422, "received_from"),
    ({"after": "!!"}, 400, "after"), ({"after": "WzFd"}, 400, "after"), ({"unknown": "1"}, 422, "unknown"),
])
def test_a_wrong_query_names_its_part(as_, query, status, field):
    answer = as_("mei").get("/cases", **query)
    assert (answer.status, list(answer.body["fields"])) == (status, [field]), answer.body


def test_obligations_are_mine_soonest_first(as_, file_as):
    """What has a due time comes first, then what has none."""
    mei = as_("mei")
    waiting = file_as()
    started = file_as(respondent={"kind": "unit", "unit": "ward-west"}, personal={"name": "苏晚晴", "phone": "13900001234"})
    do(mei, started, "register")
    do(mei, started, "assign")
    items = as_("shen").get("/obligations").body["items"]
    assert next((each["number"], each["title"], each["overdue"]) for each in items) == (started, "答复", False)
    assert items[0]["work"] == ""      # its step has not come yet
    assert items[0]["due"] is not None
    assert [each["number"] for each in mei.get("/obligations").body["items"]] == [waiting]
    assert as_("yan").get("/obligations").body["items"] == []


def test_an_obligation_bears_the_title_its_reader_may_read(as_, file_as):
    """Here the whole title; what a rule hides is left out of it (tests/security/test_confidentiality.py)."""
    number = file_as(kind="report")
    (item,) = [each for each in as_("mei").get("/obligations").body["items"] if each["number"] == number]
    assert item["case_title"] == "护士态度差，喊了三次才来"


def test_obligations_page_by_key(as_, file_as):
    numbers = {file_as() for _ in range(3)}
    mei, found, after = as_("mei"), [], ""
    for _ in range(3):
        page = mei.get("/obligations", limit=1, after=after).body
        found += [each["number"] for each in page["items"]]
        after = page["next"]
    assert set(found) == numbers
    assert after == ""


def test_regimes_tell_what_to_fill_in(as_):
    website = as_("")
    assert [each["id"] for each in website.get("/regimes").body["items"]] == ["service"]
    regime = website.get("/regimes/service").body
    assert regime["articles"]["三"].startswith("十个工作日内答复")
    assert {each["id"]: each["required"] for each in regime["fields"]}["account"] is True
    assert regime["limits"][0]["within"] == "10个工作日"
    assert website.get("/regimes/nowhere").body["code"] == "unknown-regime"
