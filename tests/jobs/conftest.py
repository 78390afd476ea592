"""The hospital in rehearsal, somebody who asks for work, and a kind of job that writes a line a step."""

import pytest
from tests.workbench.rehearsal import rehearsal_of

from huiyin.jobs.asking import ask
from huiyin.jobs.kinds import Kind
from huiyin.jobs.models import RESULT
from huiyin.jobs.running import Runner
from huiyin.store.sentences import kept

LINES = 5


@pytest.fixture
def hospital(db):
    return rehearsal_of("patient-relations")


@pytest.fixture
def runner():
    return Runner()


class Typist:
    """Types a line a step; `before` and `inside` may be replaced by something that goes wrong."""

    def __init__(self):
        self.steps = []
        self.before = lambda _line: None
        self.inside = lambda _line: None

    def step(self, run):
        line = run.done + 1
        run.doing("第%(line)s行", line=line)
        self.steps.append(line)
        self.before(line)
        with run.whole():
            self.inside(line)
            parts = [(RESULT, f"第{line}行\n".encode())]
            if line < LINES:
                words = kept("写到第%(line)s行", line=line)
                run.save({"line": line}, done=line, total=LINES, words=words, counts={"lines": line}, parts=parts)
            else:
                run.end(done=line, counts={"lines": line}, parts=parts)


@pytest.fixture
def typist(monkeypatch):
    typist = Typist()
    kind = Kind("typing", "打字", typist.step, counts=(("lines", "行"),))
    monkeypatch.setattr("huiyin.jobs.running.kinds", lambda: {"typing": kind})
    typist.kind = kind
    return typist


@pytest.fixture
def typing(hospital, typist):
    """`typing("…")` asks for a job of that text."""

    def ask_(text="会议记录", person="he-wanyin"):
        return ask(hospital, person, typist.kind, f"打字：{text}", {"text": text}, ending="txt")

    return ask_


