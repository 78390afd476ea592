"""A disk that fills up in the middle of an import: a sentence, exit code 1, whole cases only, and the rest can follow."""

import csv
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = str(Path(__file__).parents[2] / "src")
ROWS = 800
MAPPING = """
regime: efficiency-network
key: [编号]
kind: complaint
channel: web
matter: {subject: environment, title: {column: 标题}, account: {column: 内容}}
name: 林知秋
"""


@pytest.fixture
def huiyin(tmp_path):
    """`huiyin("import", …, largest_file=bytes)` runs the command in a data folder of its own: code, output, errors."""

    def run(*words, largest_file=None):
        surroundings = {**os.environ, "HUIYIN_DATA": str(tmp_path / "data"), "PYTHONPATH": SOURCE, "LANG": "C.UTF-8"}
        surroundings.pop("HUIYIN_DATABASE", None)
        surroundings.pop("DJANGO_SETTINGS_MODULE", None)

        def limited():
            if largest_file is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

        return subprocess.run(
            [sys.executable, "-m", "huiyin.cli", *words],
            env=surroundings, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path, preexec_fn=limited,
        )  # fmt: skip

    return run


@pytest.mark.slow
def test_an_import_on_a_full_disk_stops_with_a_word_and_goes_on_later(huiyin, tmp_path):
    prepared = huiyin("demo")
    assert prepared.returncode == 0, prepared.stderr
    with (tmp_path / "table.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = ([str(number), f"第{number}件", "连续三晚施工到凌晨" * 20] for number in range(ROWS))
        csv.writer(stream).writerows([["编号", "标题", "内容"], *rows])
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    words = ("import", str(tmp_path / "table.csv"), "--map", str(tmp_path / "mapping.yaml"), "--json")
    database = tmp_path / "data" / "huiyin.sqlite3"

    full = huiyin(*words, largest_file=database.stat().st_size + 3_000_000)
    assert full.returncode == 1
    assert "磁盘空间已满" in full.stderr
    assert "Traceback" not in full.stderr

    checked = huiyin("verify")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    rest = huiyin(*words)
    assert rest.returncode == 0, rest.stderr
    report = json.loads(rest.stdout)
    assert report["filed"] + report["already"] == ROWS
    assert 0 < report["already"] < ROWS
