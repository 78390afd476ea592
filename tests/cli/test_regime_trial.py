"""huiyin regime trial: a line for every change that no story notices."""

import json

import pytest
from tests.trial.desk import REGIME, STORIES


@pytest.fixture
def folder(tmp_path):
    """A regime of which two changes go unnoticed."""
    (tmp_path / "regime.yaml").write_text(REGIME, encoding="utf-8")
    (tmp_path / "scenarios.yaml").write_text(STORIES, encoding="utf-8")
    return tmp_path


def test_the_command_lists_a_line_each_with_path_and_line(huiyin, folder):
    answer = huiyin("regime", "trial", str(folder), "--processes", "1")
    assert answer.code == 1
    assert "改了没有故事发现：settings.mark.default 1000 → 999（第 8 行）" in answer.lines
    assert "没有发现2处" in answer.lines[-1]


def test_the_command_is_content_when_everything_is_noticed(huiyin, folder):
    answer = huiyin("regime", "trial", str(folder), "--only", "limits", "--processes", "1", "--json")
    assert answer.code == 0
    (report,) = json.loads(answer.out)
    assert (report["tried"], report["noticed"], report["survivors"]) == (3, 3, [])


def test_the_command_says_what_is_not_in_order(huiyin, folder):
    (folder / "scenarios.yaml").write_text("regime: desk\n", encoding="utf-8")
    answer = huiyin("regime", "trial", str(folder))
    assert answer.code == 1
    assert "应有 regime: 和 stories: 两部分" in answer.err
