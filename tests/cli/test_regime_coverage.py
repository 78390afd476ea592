"""huiyin regime coverage: troubles first, then the table; the same as data."""

import json

import pytest

from huiyin.regime import packs
from huiyin.regime.loading import FILE_NAME

HEAD = "regime: property-staff-service\ninventory: S0-07\nfacts:\n  1: {information: 题目}\n"


@pytest.fixture
def folder(tmp_path):
    """A pack of which one fact is covered."""
    source = packs()["property-staff-service"].parent
    for name in (FILE_NAME, "scenarios.yaml"):
        (tmp_path / name).write_text((source / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "coverage.yaml").write_text(HEAD, encoding="utf-8")
    return str(tmp_path)


def test_facts_without_an_entry_are_told_and_counted(huiyin, folder):
    answer = huiyin("regime", "coverage", folder)
    assert answer.code == 1
    assert sum("没有写由什么执行" in line for line in answer.lines) == 67
    assert answer.lines[-1].split()[1:] == ["S0-07", "68", "0", "1", "0", "67", "10", "0", "10", "67"]


def test_what_waits_is_listed_with_its_facts(huiyin, folder, tmp_path):
    (tmp_path / "coverage.yaml").write_text(HEAD + "  68: {planned: archive-access}\n", encoding="utf-8")
    assert huiyin("regime", "coverage", folder).lines[-1].endswith("待做 archive-access：第 68 条")


def test_the_same_in_english(huiyin, folder):
    answer = huiyin("regime", "coverage", folder, "--lang", "en")
    assert any("Fact 2 (" in line and ") has no entry." in line for line in answer.lines)


def test_the_same_as_data(huiyin, folder):
    (report,) = json.loads(huiyin("regime", "coverage", folder, "--json").out)
    assert report["facts"] == {"total": 68, "carried_out": 0, "information": 1, "planned": 0, "missing": 67}
    assert {trouble["code"] for trouble in report["troubles"]} == {"C4"}


def test_a_regime_without_a_coverage_file_is_a_trouble(huiyin, tmp_path):
    answer = huiyin("regime", "coverage", str(tmp_path))
    assert answer.code == 1
    assert "没有 coverage.yaml" in answer.lines[0]
