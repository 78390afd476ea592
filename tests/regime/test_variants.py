"""Regimes that extend others and state only what differs."""

from tests.regime.examples import SMALL

from huiyin.calendars import Span, Unit
from huiyin.regime import check, load

BRANCH = """\
regime: branch
title: 分院投诉处理制度
version: "2"
extends: small
"""


def branch(folder, text):
    (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
    file = folder / "branch.yaml"
    file.write_text(BRANCH + text, encoding="utf-8")
    return file


def test_mappings_are_merged_and_values_replaced(tmp_path):
    regime = load(branch(tmp_path, "limits: {conclude: {within: 10 workdays}}\n"))
    assert (regime.id, regime.version, regime.extends) == ("branch", "2", "small")
    assert regime.limits["conclude"].within[0].within == Span(10, Unit.WORKDAYS)
    assert regime.limits["conclude"].start == ("assign",)
    assert set(regime.flow) == {"register", "assign", "verify", "plan", "reply", "close"}


def test_a_tilde_removes(tmp_path):
    regime = load(branch(tmp_path, "acts: {extra: ~}\n"))
    assert "extra" not in regime.acts


def test_a_new_row_stands_before_the_last_one(tmp_path):
    row = 'routing: {fee: {when: "matter.subject == \'fee\'", to: office, cite: "二"}}\n'
    assert [each.id for each in load(branch(tmp_path, row)).routing] == ["grave", "fee", "rest"]


def test_a_replaced_row_keeps_its_place(tmp_path):
    row = "routing: {grave: {to: ward}}\n"
    assert [(each.id, each.to) for each in load(branch(tmp_path, row)).routing] == [
        ("grave", ("ward",)),
        ("rest", ("ward",)),
    ]


def test_a_variant_has_a_digest_of_its_own(tmp_path):
    file = branch(tmp_path, "limits: {conclude: {within: 10 workdays}}\n")
    assert load(file).digest != load(tmp_path / "small.yaml").digest


def test_problems_point_into_the_file_they_come_from(tmp_path):
    report = check(branch(tmp_path, "limits: {conclude: {within: 10天}}\n"))
    assert [(p.file, p.line, p.code) for p in report.errors] == [(str(tmp_path / "branch.yaml"), 5, "E16")]
    (tmp_path / "small.yaml").write_text(SMALL.replace("by: director, cite", "by: nobody, cite"), encoding="utf-8")
    report = check(tmp_path / "branch.yaml")
    assert (str(tmp_path / "small.yaml"), "E7") in {(p.file, p.code) for p in report.errors}


def test_missing_and_circular_bases_are_told(tmp_path):
    file = tmp_path / "branch.yaml"
    file.write_text(BRANCH.replace("extends: small", "extends: nothing-there"), encoding="utf-8")
    assert [(p.line, p.code) for p in check(file).errors] == [(4, "E23")]
    file.write_text(BRANCH.replace("extends: small", "extends: ../../etc/passwd"), encoding="utf-8")
    assert [p.code for p in check(file).errors] == ["E23"]
    (tmp_path / "small.yaml").write_text(BRANCH.replace("regime: branch", "regime: small").replace(
        "extends: small", "extends: branch"), encoding="utf-8")  # fmt: skip
    file.write_text(BRANCH, encoding="utf-8")
    assert any("branch → small → branch" in p.message_zh for p in check(file).errors)


def test_removing_what_is_not_there_is_told(tmp_path):
    report = check(branch(tmp_path, "acts: {nothing: ~}\n"))
    assert [(p.line, p.column, p.code) for p in report.errors] == [(5, 8, "E23")]
