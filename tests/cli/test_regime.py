"""huiyin regime list, check, show."""

import json

import pytest

GOOD = """\
regime: desk
title: 窗口投诉制度
version: "1.0"
kinds: {complaint: 投诉}
articles: {"一": 统一受理，五个工作日内答复。}
roles: {units: {office: 办公室}}
intake: {channels: {visit: 来访}, fields: {account: 经过}}
assessment: {all: {outcome: accept, cite: "一"}}
routing: {all: {to: office, cite: "一"}}
flow:
  receive: {title: 接待, by: office, after: received, marks: registered, cite: "一"}
  reply: {title: 答复, by: office, after: assigned, marks: replied, cite: "一"}
  close: {title: 归档, by: office, after: reply, marks: closed, cite: "一"}
limits: {reply: {title: 答复, from: received, to: reply, within: 5 workdays, cite: "一"}}
"""
BAD = GOOD.replace("reply: {title: 答复, by: office", "reply: {title: 答复, by: offise").replace("5 workdays", "5 wrkdays")


@pytest.fixture
def file(tmp_path):
    """file(text) is the path of a regime file with this text."""

    def write(text):
        path = tmp_path / "regime.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_a_regime_in_order_passes(huiyin, file):
    answer = huiyin("regime", "check", file(GOOD))
    assert answer.code == 0
    assert "0 处错误" in answer.lines[-1]


def test_all_errors_are_shown_with_their_places_at_once(huiyin, file):
    answer = huiyin("regime", "check", file(BAD))
    assert answer.code == 1
    assert any(":12:" in line and "offise" in line for line in answer.lines)
    assert any(":14:" in line and "5 wrkdays" in line for line in answer.lines)
    assert "2 处错误" in answer.lines[-1]


def test_the_same_in_english(huiyin, file):
    answer = huiyin("regime", "check", file(BAD), "--lang", "en")
    assert answer.code == 1
    assert "2 errors" in answer.lines[-1]


def test_problems_as_json(huiyin, file):
    answer = huiyin("regime", "check", file(BAD), "--json")
    errors = [one for one in json.loads(answer.out) if one["severity"] == "error"]
    assert answer.code == 1
    assert {(one["code"], one["line"]) for one in errors} == {("E7", 12), ("E16", 14)}


def test_regimes_are_listed_also_one_that_cannot_be_read(huiyin, file, tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("regime: [", encoding="utf-8")
    answer = huiyin("regime", "list", file(GOOD), str(broken), "--json")
    good, bad = json.loads(answer.out)
    assert answer.code == 1
    assert (good["regime"], good["title"], good["version"]) == ("desk", "窗口投诉制度", "1.0")
    assert bad["regime"] is None
    assert bad["errors"] >= 1


def test_all_packs_are_listed_without_a_name(huiyin):
    from huiyin.regime import packs

    answer = huiyin("regime", "list", "--json")
    assert [one["name"] for one in json.loads(answer.out)] == list(packs())


def test_a_regime_is_shown_in_words(huiyin, file):
    answer = huiyin("regime", "show", file(GOOD))
    assert answer.code == 0
    for words in ("窗口投诉制度", "统一受理，五个工作日内答复。", "5个工作日"):
        assert words in answer.out


def test_a_regime_with_errors_is_not_shown(huiyin, file):
    answer = huiyin("regime", "show", file(BAD))
    assert answer.code == 1
    assert "offise" in answer.err


@pytest.mark.parametrize("command", ["list", "check", "test", "show"])
def test_an_unknown_name_is_bad_usage(huiyin, command):
    answer = huiyin("regime", command, "no-such-regime")
    assert answer.code == 2
    assert "no-such-regime" in answer.err


STORIES = """\
regime: desk
stories:
- story: 当面提出的，登记后限五个工作日答复
  steps:
    - {at: 2026-03-02 09:00, office: file, kind: complaint, channel: visit, account: 排队两小时}
    - {at: 2026-03-02 09:10, office: receive}
    - {expect: {open: [reply], due: {reply: 2026-03-09}, cite: "一"}}
"""


@pytest.fixture
def folder(tmp_path, file):
    """folder(stories) is a folder with the good regime and these stories."""

    def write(stories):
        file(GOOD)
        (tmp_path / "scenarios.yaml").write_text(stories, encoding="utf-8")
        return str(tmp_path)

    return write


def test_stories_that_come_true_pass(huiyin, folder):
    answer = huiyin("regime", "test", folder(STORIES))
    assert answer.code == 0
    assert "✓ 当面提出的，登记后限五个工作日答复" in answer.lines
    assert answer.lines[-1] == "1 通过，0 未通过"


def test_a_story_that_fails_shows_what_was_expected_and_what_happened(huiyin, folder):
    answer = huiyin("regime", "test", folder(STORIES.replace("2026-03-09", "2026-03-10")))
    assert answer.code == 1
    assert "✗ 当面提出的，登记后限五个工作日答复" in answer.lines
    assert "2026-03-10" in answer.out
    assert "2026-03-09" in answer.out
    assert answer.lines[-1] == "0 通过，1 未通过"


def test_stories_as_json(huiyin, folder):
    (story,) = json.loads(huiyin("regime", "test", folder(STORIES), "--json").out)
    assert (story["story"], story["passed"], story["failure"]) == ("当面提出的，登记后限五个工作日答复", True, None)


def test_a_regime_without_stories_fails(huiyin, file):
    answer = huiyin("regime", "test", file(GOOD))
    assert answer.code == 1
    assert "scenarios.yaml" in answer.out


def test_stories_of_a_regime_with_errors_are_not_played(huiyin, folder, file):
    path = folder(STORIES)
    file(BAD)
    answer = huiyin("regime", "test", path)
    assert answer.code == 1
    assert "offise" in answer.out
