"""Forms in a regime file: contents and places are looked up, and what does not fit is said where it stands."""

from pathlib import Path

import pytest
from tests.regime.examples import SMALL, spoiled

from huiyin.regime import load
from huiyin.regime.form_names import CASE_NAMES, LIST_COLUMNS
from huiyin.regime.model import FormLine, Piece

LETTER = "forms: {letter: {title: 答复书, to: complainant}}"
MANUAL = Path(__file__).parents[2] / "docs" / "regime-language.md"


def test_lines_are_texts_with_places_headings_rows_lists_and_room_for_the_pen(tmp_path):
    lines = '["{handler}：您好", {section: 一}, {row: [account, case.number]}, {each: steps, show: {title: 环节}}, {blank: 批示}]'
    file = tmp_path / "regime.yaml"
    file.write_text(SMALL.replace(LETTER, f"forms: {{letter: {{title: 答复书, lines: {lines}}}}}"), encoding="utf-8")
    assert load(file).forms["letter"].lines == (
        FormLine(text=(Piece(path="handler"), Piece(words="：您好"))),
        FormLine(section="一"),
        FormLine(row={"account": "", "case.number": ""}),
        FormLine(each="steps", show={"title": "环节"}),
        FormLine(blank="批示"),
    )
    assert load(file).forms["letter"].names == ("handler", "account", "case.number")


@pytest.mark.parametrize(
    ("form", "code", "said"),
    [
        ("{title: 答复书, fields: [¦acount]}", "E27", "没有字段“acount”。是否想写 account？"),
        ('{title: 答复书, lines: ["收到{¦acount}"]}', "E27", "没有字段“acount”。"),
        ("{title: 答复书, lines: [{text: '收到{¦nothing_like_it}'}]}", "E27", "没有字段“nothing_like_it”。"),
        ("{title: 答复书, lines: [¦'收到{account']}", "E25", "成对的 {字段}"),
        ("{title: 答复书, lines: [¦{section: 一, blank: 批示}]}", "E25", "一句话，或者 section、row、each、blank 之一"),
        ("{title: 答复书, lines: [{each: ¦point}]}", "E5", "points"),
        ("{title: 答复书, lines: [{each: steps, show: [¦account]}]}", "E27", "没有字段“account”。"),
        ("{title: 答复书, lines: [¦{section: 一, show: [title]}]}", "E25", "缺少“each”"),
        ("\n    title: 答复书\n    lines:\n      - 收到{¦acount}的来信", "E27", "没有字段“acount”。是否想写 account？"),
        ("{title: 答复书, required: ¦acount}", "E27", "没有字段“acount”。"),
        ("{title: 答复书, footer: '联系{¦phone}'}", "E27", "没有字段“phone”。"),
        ("{title: 答复书, number: '复{¦years}'}", "E27", "没有编号中的“years”。是否想写 year？"),
        ("{title: 答复书, of: ¦cases}", "E25", "登记簿按期间打印，不由环节出具"),
    ],
)
def test_what_does_not_fit_is_said_where_it_stands(tmp_path, form, code, said):
    written = f"forms:\n  letter:{form}" if form.startswith("\n") else f"forms: {{letter: {form}}}"
    spoilt = spoiled(tmp_path, LETTER, written)
    assert code in spoilt.at_place()
    assert any(said in problem.message_zh + problem.mend_zh for problem in spoilt.report.problems)


def test_a_register_has_columns_and_nothing_to_sign(tmp_path):
    good = LETTER[:-1] + ", book: {title: 登记簿, of: cases, fields: [case.number, account]}}"
    report, _ = spoiled(tmp_path, LETTER, good)
    assert report.errors == ()
    assert "W6" not in {problem.code for problem in report.problems if "登记簿" in problem.message_zh}
    bad = LETTER[:-1] + ", book: {title: 登记簿, of: cases, ¦signed_by: office}}"
    assert "E25" in spoiled(tmp_path, LETTER, bad).at_place()
    of_a_document = LETTER[:-1] + ", book: {title: 登记簿, of: cases, fields: [¦document.number]}}"
    assert "E27" in spoiled(tmp_path, LETTER, of_a_document).at_place()


def test_what_is_filled_in_at_the_end_belongs_to_the_work_that_produces_the_form(tmp_path):
    file = tmp_path / "regime.yaml"
    text = 'forms: {letter: {title: 答复书, filled: {words: {title: 答复内容, required: true}}, lines: ["{words}"]}}'
    file.write_text(SMALL.replace(LETTER, text), encoding="utf-8")
    regime = load(file)
    assert regime.flow["reply"].fields["words"].required is True
    assert "words" not in regime.flow["verify"].fields


@pytest.mark.parametrize("name", [*CASE_NAMES, *sorted({column for each in LIST_COLUMNS.values() for column in each})])
def test_every_name_a_form_may_use_is_in_the_manual(name):
    section, _, key = name.partition(".")
    written = MANUAL.read_text(encoding="utf-8")
    assert f"`{name}`" in written or (section == "complainant" and f"`.{key}`" in written)
