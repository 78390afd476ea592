"""Samples: kinds nobody takes or codes, work that could not record what happened to them, results nobody could read."""

from collections.abc import Iterator

from huiyin.regime.compiling import Desk
from huiyin.regime.model import Act, Regime, SampleKind, Step, Work
from huiyin.regime.schema.samples import SAMPLE_WORK
from huiyin.regime.source import Path

_RECORDED_AT_ONCE = ("takes", "hands_over", "blinds", "tests")


def check_samples(desk: Desk, regime: Regime) -> None:
    """E25 for work that does not fit, W6 for kinds that lead nowhere."""
    for work, path in _works(regime):
        _refuse_core_act(desk, work, path)
        _refuse_two_things(desk, work, path)
        _refuse_approval(desk, work, path)
        _check_testing(desk, regime, work, path)
        _check_blinding(desk, regime, work, path)
    for kind in regime.samples.values():
        _leads_somewhere(desk, regime, kind)


def _works(regime: Regime) -> Iterator[tuple[Work, Path]]:
    for section, works in (("flow", regime.flow), ("acts", regime.acts), ("duties", regime.duties)):
        for work in works.values():
            if any(getattr(work, key) for key in SAMPLE_WORK):
                yield work, (section, work.id)


def _done_with(work: Work) -> list[str]:
    return [key for key in SAMPLE_WORK if getattr(work, key)]


def _wrong(desk: Desk, path: Path, zh: str, en: str) -> None:
    desk.found.add("wrong-form", path, at_key=True, expected_zh=zh, expected_en=en)


def _refuse_core_act(desk: Desk, work: Work, path: Path) -> None:
    if isinstance(work, Act) and work.core:
        zh = "环节、职责或者本制度自己的动作；通用动作不能采取、交接、编码、检验"
        _wrong(desk, (*path, _done_with(work)[0]), zh, "a step, a duty or an act of the regime's own, no core act")


def _refuse_two_things(desk: Desk, work: Work, path: Path) -> None:
    """Each entry is one thing that happened to a sample."""
    done = _done_with(work)
    if len(done) > 1:
        zh = f"一项：{done[0]} 之外不能再写 {done[1]}，请分成两个环节"
        _wrong(desk, (*path, done[1]), zh, f"one thing only: {done[0]} and {done[1]} need work of their own")


def _refuse_approval(desk: Desk, work: Work, path: Path) -> None:
    """What happened to a sample is a fact; it does not wait for anybody's yes."""
    if work.approval and any(getattr(work, key) for key in _RECORDED_AT_ONCE):
        zh = "不要审批的工作：样品的采取、交接、编码和检验结果当时就要记下；须批准的，另写一个环节"
        _wrong(desk, (*path, "approval"), zh, "work without approval: what happens to a sample is on record at once")


def _check_testing(desk: Desk, regime: Regime, work: Work, path: Path) -> None:
    """Several results are kept apart until all are in: the work has fields to hold them, and no end of its own."""
    if not work.tests:
        return
    if not work.fields:
        desk.found.add("missing-key", path, at_key=True, key="fields")
    if not tests_alone(regime, work) and work.outcomes:
        zh = "不分结果的检验：几人各自检验的，由比对（compares）的环节下结论"
        _wrong(desk, (*path, "outcomes"), zh, "no outcomes where several test: the work that compares concludes")
    if isinstance(work, Step) and work.per:
        zh = "不分份的检验：每件样品、每名检验人员各有一份结果，不用写 per"
        _wrong(desk, (*path, "per"), zh, "no copies: every sample has a result of every tester anyway")


def tests_alone(regime: Regime, work: Work) -> bool:
    """Whether one result is all there is, so that it becomes facts of the case at once."""
    return all(kind not in regime.samples or regime.samples[kind].testers == 1 for kind in work.tests)


def _check_blinding(desk: Desk, regime: Regime, work: Work, path: Path) -> None:
    for kind in work.blinds:
        if kind in regime.samples and not regime.samples[kind].blind:
            zh = f"写明盲样编号样式的样品：请在 samples.{kind} 写 blind"
            _wrong(desk, (*path, "blinds"), zh, f"a kind with a pattern for its codes: write blind under samples.{kind}")


def _leads_somewhere(desk: Desk, regime: Regime, kind: SampleKind) -> None:
    works = [work for work, _path in _works(regime)]
    if not any(kind.id in work.takes for work in works):
        desk.found.add("idle-sample", ("samples", kind.id), at_key=True, name=kind.title, what_zh="采取", what_en="takes")
    elif kind.blind and not any(kind.id in work.blinds for work in works):
        path: Path = ("samples", kind.id, "blind")
        desk.found.add("idle-sample", path, at_key=True, name=kind.title, what_zh="编码", what_en="codes")
