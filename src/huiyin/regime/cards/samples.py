"""Kinds of samples as cards."""

from collections.abc import Iterator

from huiyin.regime.model import Field, Regime, SampleKind, Tolerance, Work
from huiyin.regime.saying import roles_zh, say_limit

from .card import Card, filled
from .phrases import say_pattern

SAMPLE_WORK_ZH = {"takes": "采取", "hands_over": "交接样品", "blinds": "编盲样", "tests": "检验", "compares": "比对结果"}
"""What work does with samples, by the key of the file."""


def sample_cards(regime: Regime) -> Iterator[Card]:
    """The kinds of samples, in order."""
    for kind in regime.samples.values():
        yield Card(f"samples.{kind.id}", "样品", kind.title, filled(_kind(regime, kind)), kind.cite, kind.note)


def say_work_on_samples(regime: Regime, work: Work) -> str:
    """What work does with which samples: 检验原样、新样."""
    done = []
    for key, words in SAMPLE_WORK_ZH.items():
        kinds = "、".join(regime.samples[kind].title for kind in getattr(work, key) if kind in regime.samples)
        done += [f"{words}（{kinds}）"] if kinds else []
    return "、".join(done)


def _kind(regime: Regime, kind: SampleKind) -> dict[str, str]:
    return {
        **{f"{words}的环节": _where(regime, kind.id, key) for key, words in SAMPLE_WORK_ZH.items()},
        "封样": _sealed(regime, kind),
        "编号": say_pattern(kind.number),
        "盲样编号": f"由系统给出，{say_pattern(kind.blind)}；检验人员只看到这个编号" if kind.blind else "",
        "检验人数": f"{kind.testers}人各自检验，交齐之前互不可见" if kind.testers > 1 else "",
        "一致": "；".join(f"{_title(regime, kind, name)}{_near(each)}" for name, each in kind.agree.items()),
        "留样": say_limit(regime, kind.keep) if kind.keep is not None else "",
        "到期处置": roles_zh(regime, kind.disposed_by) or "采取样品的环节由谁办，就由谁处置" if kind.keep is not None else "",
    }


def _where(regime: Regime, kind: str, key: str) -> str:
    works = (*regime.flow.values(), *regime.acts.values(), *regime.duties.values())
    return "、".join(f"{work.title}（{roles_zh(regime, work.by)}）" for work in works if kind in getattr(work, key))


def _sealed(regime: Regime, kind: SampleKind) -> str:
    if kind.sealed_with:
        return f"须封样，{roles_zh(regime, kind.sealed_with)}在场"
    return "须封样" if kind.sealed else ""


def _near(tolerance: Tolerance) -> str:
    if tolerance.most is None:
        return "相同"
    return f"相差不超过{tolerance.most:g}{'%（占平均值）' if tolerance.relative else ''}"


def _title(regime: Regime, kind: SampleKind, name: str) -> str:
    fields: list[Field] = []
    for work in (*regime.flow.values(), *regime.acts.values(), *regime.duties.values()):
        fields += [field for field in work.fields.values() if kind.id in work.tests and field.id == name]
    return fields[0].title if fields else name
