"""Evidence in a regime file: what is asked about a piece, conditions on it, force, and what is found wrong."""

import json

import pytest

from huiyin.regime import check
from huiyin.regime.expressions import ConditionErrors, FieldType, Names, PlainScope, compile_condition

NAMES = Names(
    evidence={"test-report": "检验报告"},
    pieces={
        "test-report": {
            "number": FieldType("text", title="编号"),
            "opened": FieldType("yes-no", title="已开启", always_given=True),
            "grade": FieldType("choice", {"a": "甲", "b": "乙"}, "等级"),
        }
    },
)


@pytest.mark.parametrize(
    ("source", "values", "expected"),
    [
        ("evidence('test-report').number == 'J7'", {"evidence.test-report.number": "J7"}, True),
        ('given(evidence("test-report").number)', {}, False),
        ("!evidence( 'test-report' ) . opened && 2 > 1", {"evidence.test-report.opened": False}, True),
        ("given(evidence('test-report').grade) && evidence('test-report').grade in ['a', 'b']", {"evidence.test-report.grade": "b"}, True),
    ],
)  # fmt: skip
def test_a_condition_reads_what_was_said_about_a_piece(source, values, expected):
    condition = compile_condition(source, NAMES)
    assert condition.evaluate(PlainScope(values)) is expected
    assert compile_condition(condition.tree and source, NAMES) == condition


def test_it_is_said_as_people_say_it():
    from huiyin.regime.expressions.say import say
    from huiyin.regime.expressions.written import written

    condition = compile_condition("given(evidence('test-report').number) && evidence('test-report').grade == 'a'", NAMES)
    assert say(condition, NAMES) == "已填写检验报告的编号，且检验报告的等级为甲"
    assert "evidence('test-report').grade" in written(condition.tree)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("evidence('test-report').colour == 'red'", "colour"),
        ("evidence('test-report') == 'x'", "evidence 后面须写材料的一项内容"),
        ("evidence(matter.kind).number == 'x'", "evidence 后面须写材料的一项内容"),
        ("evidence('test-report').grade == 'c'", "“c”不是“检验报告的等级”的选项"),
        ("evidence_count('photo') > 0", "没有证据种类“photo”"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(source, words):
    with pytest.raises(ConditionErrors) as caught:
        compile_condition(source, NAMES)
    assert words in str(caught.value)


def test_an_optional_field_without_given_is_pointed_out_as_written():
    (warning,) = compile_condition("evidence('test-report').grade == 'a'", NAMES).warnings
    assert (warning.code, warning.column) == ("W2", 1)
    assert "given(evidence('test-report').grade) &&" in warning.hint


def problems_of(tmp_path, intake):
    file = tmp_path / "regime.yaml"
    regime = {
        "regime": "small", "title": "试用", "version": "1", "kinds": {"complaint": "投诉"}, "articles": {"一": "一条。"},
        "roles": {"units": {"desk": "办公室"}},
        "intake": {"channels": {"phone": "电话"}, **intake},
        "routing": {"rest": {"to": "desk", "cite": "一"}},
        "flow": {
            "reply": {"by": "desk", "after": "assigned", "marks": "replied", "cite": "一"},
            "close": {"by": "desk", "after": "reply", "marks": "closed", "cite": "一"},
        },
    }  # fmt: skip
    file.write_text(json.dumps(regime, ensure_ascii=False), encoding="utf-8")
    return [str(problem.message_zh) for problem in check(file).errors]


def test_levels_must_be_declared_and_fields_of_evidence_are_not_private(tmp_path):
    wrong = {
        "force": {"strong": "强"},
        "evidence": {
            "receipt": {
                "title": "凭证",
                "fields": {"buyer": {"title": "买方", "private": True}, "scan": {"title": "扫描件", "type": "file"}},
                "force": {"rest": {"is": "huge", "cite": "一"}},
            }
        },
    }
    found = "\n".join(problems_of(tmp_path, wrong))
    assert "“huge”不是“force”的选项" in found
    assert "材料的内容“buyer”不能是 private 或 file" in found
    assert "材料的内容“scan”不能是 private 或 file" in found


def test_a_rule_of_force_and_a_kind_sealed_for_some_cite_their_article(tmp_path):
    bare = {
        "force": {"strong": "强"},
        "evidence": {"receipt": {"force": {"rest": {"is": "strong"}}}, "letter": {"title": "检举信", "sealed_for": "desk"}},
    }
    assert len(problems_of(tmp_path, bare)) == 2
