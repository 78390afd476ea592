"""Samples in the language: what the checker says of them, and how they read."""

import json

import pytest
from tests.cases.desk import BASE, FLOW

from huiyin.regime import check, load
from huiyin.regime.cards import cards
from huiyin.regime.saying import say_condition

KIND = {"title": "原样", "sealed": ["complainant"], "blind": "盲{code:5}", "testers": 2, "agree": {"lead": "10%"}, "cite": "六"}
FIELDS = {"lead": {"title": "铅含量", "type": "number"}, "smell": {"title": "气味"}}


def works(**changes):
    """Acts that take, code, test and compare, with parts of them changed; `_` stands for `-`."""
    acts = {
        "take": {"title": "采样", "by": "handler", "takes": "original", "cite": "六"},
        "hand-on": {"title": "交接", "by": "handler", "hands_over": "original", "cite": "六"},
        "code": {"title": "编盲样", "by": "desk", "blinds": "original", "cite": "六"},
        "test": {"title": "检验", "by": "leader", "tests": "original", "fields": FIELDS, "cite": "六"},
        "compare": {"title": "比对", "by": "desk", "compares": "original", "cite": "六"},
    }
    return {act: {**acts.get(act, {}), **part} for act, part in ({act: {} for act in acts} | changes).items() if part is not None}


@pytest.fixture
def written(tmp_path):
    """`written(samples=…, acts=…)` is the file of a regime with these parts."""

    def write(kind=None, acts=None, **sections):
        wanted = {**BASE, "flow": FLOW, "samples": {"original": {**KIND, **(kind or {})}}, "acts": acts or works(), **sections}
        file = tmp_path / "regime.yaml"
        file.write_text(json.dumps(wanted, ensure_ascii=False), encoding="utf-8")
        return file

    return write


def said(file):
    """Code, place and message of everything to mend."""
    return [(each.code, each.path, each.message_zh) for each in check(file).problems if each.code in ("E25", "E26", "E27", "W6", "E3")]


def test_a_regime_with_samples_is_clean(written):
    assert said(written()) == []


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"kind": {"blind": "盲{code:3}"}}, "E25", "samples.original.blind"),
        ({"kind": {"blind": "盲样"}}, "E25", "samples.original.blind"),
        ({"kind": {"number": "样{week}"}}, "E27", "samples.original.number"),
        ({"kind": {"agree": {"led": "10%"}}}, "E27", "samples.original.agree.led"),
        ({"kind": {"agree": {"smell": 5}}}, "E25", "samples.original.agree.smell"),
        ({"kind": {"blind": ""}}, "E25", "acts.code.blinds"),
        ({"acts": works(take={"takes": "copy"})}, "E27", "acts.take.takes"),
        ({"acts": works(take={"approval": "leader"})}, "E25", "acts.take.approval"),
        ({"acts": works(test={"outcomes": {"good": "合格"}})}, "E25", "acts.test.outcomes"),
        ({"acts": works(test={"fields": {}}), "kind": {"agree": {}}}, "E25", "acts.test"),
        ({"acts": works(take={"blinds": "original"})}, "E25", "acts.take.blinds"),
        ({"acts": works(note={"by": "handler", "takes": "original", "cite": "六"})}, "E25", "acts.note.takes"),
        ({"acts": works(take=None)}, "W6", "samples.original"),
        ({"acts": works(code=None)}, "W6", "samples.original.blind"),
    ],
)
def test_what_does_not_fit_is_said_where_it_stands(written, change, code, place):
    assert (code, place) in [(found, path) for found, path, _words in said(written(**change))]


def test_one_tester_may_end_the_work_in_several_ways(written):
    acts = works(test={"outcomes": {"good": "合格", "bad": "不合格"}})
    assert said(written(kind={"testers": 1}, acts=acts)) == []


def test_a_condition_names_known_samples_only(written):
    acts = works(compare={"requires": [{"that": "agree('copy')", "otherwise": "不一致"}]})
    assert [code for code, _path, words in said(written(acts=acts)) if "样品种类" in words] == ["E3"]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("intact('original')", "样品“原样”封样完好、交接不断"),
        ("!intact('original')", "样品“原样”封样破损或者交接有缺"),
        ("agree('original') && results('original') >= 2", "样品“原样”的各份检验结果一致，且样品“原样”已交来的检验结果数≥2"),
        ("!agree('original')", "样品“原样”的各份检验结果不一致"),
        ("samples('original') > 0", "样品“原样”的件数>0"),
        ("!voided(matter.account)", "经过所指的文书没有作废"),
        ("voided('note')", "“便函”已作废"),
    ],
)
def test_conditions_about_samples_and_papers_read_as_sentences(written, condition, words):
    acts = works(compare={"requires": [{"that": condition, "otherwise": "不行"}]})
    regime = load(written(acts=acts, forms={"note": "便函"}))
    assert say_condition(regime, regime.acts["compare"].requires[0].that) == words


def test_a_kind_of_sample_is_a_card(written):
    card = next(each for each in cards(load(written())) if each.path == "samples.original")
    assert card.says["封样"] == "须封样，投诉人在场"
    assert card.says["检验人数"] == "2人各自检验，交齐之前互不可见"
    assert card.says["一致"] == "铅含量相差不超过10%（占平均值）"
    assert card.says["检验的环节"] == "检验（分管领导）"
