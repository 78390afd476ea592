import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from huiyin.cli import main
from huiyin.commands_line import language

SOURCE = str(Path(__file__).parents[2] / "src")


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def lines(self):
        return self.out.splitlines()


@pytest.fixture(autouse=True)
def in_chinese(monkeypatch):
    """The tests' surroundings never decide the language."""
    monkeypatch.setenv("LANG", "C.UTF-8")
    yield
    language.choose("zh")


@pytest.fixture
def huiyin(capsys):
    """huiyin("calendar", "due", …) runs the command in this process."""

    def run(*words):
        capsys.readouterr()
        code = main(list(words))
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return run


@pytest.fixture
def huiyin_process(tmp_path):
    """The command in a process of its own, with a data folder of its own."""

    def run(*words, **environment):
        surroundings = {**os.environ, "HUIYIN_DATA": str(tmp_path / "data"), "PYTHONPATH": SOURCE, "LANG": "C.UTF-8"}
        surroundings.pop("HUIYIN_DATABASE", None)
        surroundings.pop("DJANGO_SETTINGS_MODULE", None)
        done = subprocess.run(
            [sys.executable, "-m", "huiyin.cli", *words],
            env=surroundings | environment, capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    return run
