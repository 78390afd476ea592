"""The benchmarks run from end to end at tiny sizes, and their table says what was kept and what was missed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.figures import Figure, table

ROOT = Path(__file__).parents[2]


def test_a_figure_is_kept_up_to_its_budget_and_missed_beyond():
    assert Figure("pages", "list", 50, "ms", 50).verdict == "kept"
    assert Figure("pages", "list", 50.1, "ms", 50).verdict == "missed"
    assert Figure("import", "rate", 1999, "cases/s", 2000, at_least=True).verdict == "missed"
    assert Figure("import", "rate", 2000, "cases/s", 2000, at_least=True).verdict == "kept"
    assert Figure("core", "one command", 12, "µs").verdict == ""


def test_the_table_keeps_its_columns_under_each_other_with_chinese_words_in_it():
    text = table([Figure("search", "居民", 12.34, "ms", 50), Figure("search", "electricity", 7, "ms", 50)])
    header, _, chinese, latin = text.splitlines()
    assert header.split() == ["subject", "what", "figure", "unit", "budget", "verdict", "beside", "it"]
    assert chinese.split() == ["search", "居民", "12.3", "ms", "≤", "50", "kept"]
    assert chinese.index("ms") + len("居民") == latin.index("ms")     # two columns each


@pytest.mark.slow
def test_every_subject_gives_figures(tmp_path):
    """All but those that start a server, whose port may be taken."""
    subjects = ["core", "due", "simulation", "import", "lists", "case", "search", "sweep"]
    file = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks", "--size", "tiny", "--json", file, "--keep", tmp_path / "stores", *subjects]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert file.exists(), done.stderr
    figures = json.loads(file.read_text("utf-8"))["figures"]
    measured = {"core", "due time", "simulation", "import", "lists", "case page", "search", "sweep"}
    assert {figure["subject"] for figure in figures} == measured
    assert all(figure["value"] > 0 for figure in figures)


@pytest.mark.slow
def test_what_is_due_in_a_store_made_by_copying_can_be_handled(tmp_path):
    file = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks", "--size", "tiny-copied", "--json", file, "--keep", tmp_path / "stores", "sweep"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert file.exists(), done.stderr
    finding, in_memory, on_disk = json.loads(file.read_text("utf-8"))["figures"]
    assert finding["what"] == "find 4 due among 64 open"
    assert in_memory["beside"].startswith("8 events")
    assert on_disk["beside"].startswith("8 events")


@pytest.mark.slow
def test_more_processes_are_measured_with_real_ones():
    command = [sys.executable, "-m", "benchmarks.scaling", "--cases", "40", "--databases", "sqlite", "--processes", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines() if line.startswith("sqlite")]
    assert [row[-1] for row in rows] == ["filings/s", "due/s"]
    assert all(float(row[-2].replace(",", "")) > 0 for row in rows)


def test_an_unknown_subject_is_bad_usage():
    command = [sys.executable, "-m", "benchmarks", "moon"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "moon" in done.stderr
