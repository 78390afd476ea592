"""Kinds of samples, and what work may do with them."""

import re
from collections.abc import Iterator

from huiyin.regime.model import SampleKind, Tolerance
from huiyin.regime.schema.parts import FieldPart
from huiyin.regime.schema.samples import SAMPLE_WORK, SamplePart
from huiyin.regime.schema.work import WorkPart
from huiyin.regime.source import Path

from .desk import Desk
from .forms import check_number
from .resolving import item

_CODE = re.compile(r"\{code:(\d{1,2})\}")
LEAST_DIGITS, MOST_DIGITS = 4, 12
"""Of a blind code: with fewer than four it could be guessed."""
_FIGURES = ("number", "money")


def samples(desk: Desk) -> dict[str, SampleKind]:
    """The kinds of samples the regime knows."""
    return {kind_id: _kind(desk, kind_id, part) for kind_id, part in desk.file.samples.items()}


def work_on_samples(desk: Desk, part: WorkPart, path: Path) -> dict[str, tuple[str, ...]]:
    """What a piece of work does with samples: kinds, by the key of the file."""
    found = {}
    for key in SAMPLE_WORK:
        kinds: tuple[str, ...] = getattr(part, key)
        for number, kind in enumerate(kinds):
            place = item((*path, key), number, desk.source)
            desk.reference(kind, desk.file.samples, place, "样品", "kind of sample")
        found[key] = kinds
    return found


def _kind(desk: Desk, kind_id: str, part: SamplePart) -> SampleKind:
    path: Path = ("samples", kind_id)
    check_number(desk, part.number, (*path, "number"))
    _check_code(desk, part.blind, (*path, "blind"))
    testers = desk.whole(part.testers, (*path, "testers"))
    return SampleKind(
        id=kind_id,
        title=part.title or kind_id,
        sealed=bool(part.sealed),
        sealed_with=() if isinstance(part.sealed, bool) else desk.role_list(part.sealed, (*path, "sealed")),
        number=part.number,
        blind=part.blind,
        testers=testers if isinstance(testers, int) else 1,
        agree=_agree(desk, kind_id, part, (*path, "agree")),
        keep=desk.limit(part.keep, (*path, "keep"), key=f"samples.{kind_id}"),
        disposed_by=desk.role_list(part.disposed_by, (*path, "disposed_by")),
        cite=desk.cite(part.cite, path),
        note=part.note,
    )


def _check_code(desk: Desk, pattern: str, path: Path) -> None:
    """A blind code has one place for its digits, enough of them, and otherwise only the year (E25)."""
    if not pattern:
        return
    places = _CODE.findall(pattern)
    rest = _CODE.sub("", pattern).replace("{year}", "")
    if len(places) != 1 or not LEAST_DIGITS <= int(places[0]) <= MOST_DIGITS or "{" in rest or "}" in rest:
        zh = f"盲样编号的样式，如 盲{{year}}-{{code:5}}：恰有一处 {{code:位数}}，{LEAST_DIGITS}至{MOST_DIGITS}位"
        en = f"a pattern such as B{{code:5}}, with one {{code:digits}} of {LEAST_DIGITS} to {MOST_DIGITS} digits"
        desk.found.add("wrong-form", path, expected_zh=zh, expected_en=en)


def _agree(desk: Desk, kind_id: str, part: SamplePart, path: Path) -> dict[str, Tolerance]:
    results = dict(_results_of(desk, kind_id))
    found = {}
    for name, written in part.agree.items():
        desk.reference(name, results, (*path, name), "检验结果的字段", "field of a result")
        tolerance = _tolerance(desk, written, (*path, name))
        if tolerance.most is not None and name in results and results[name].type not in _FIGURES:
            zh, en = "same（不是数字的，只能比较是否相同）", "same: what is no figure can only be compared as it is"
            desk.found.add("wrong-form", (*path, name), expected_zh=zh, expected_en=en)
        found[name] = tolerance
    return found


def _tolerance(desk: Desk, written: str | float, path: Path) -> Tolerance:
    if written == "same":
        return Tolerance()
    relative = isinstance(written, str) and written.endswith("%")
    if isinstance(written, str) and written.startswith("$"):
        setting = desk.file.settings.get(written[1:])
        relative = setting is not None and setting.type == "share"
    value = desk.value(written, path)
    try:
        return Tolerance(float(str(value).removesuffix("%")), relative)
    except ValueError:  # a setting nobody has answered: reported as such
        return Tolerance(0.0, relative)


def _results_of(desk: Desk, kind_id: str) -> Iterator[tuple[str, FieldPart]]:
    """What testers of this kind fill in."""
    for works in (desk.file.flow, desk.file.acts, desk.file.duties):
        for work in works.values():
            if kind_id in work.tests:
                yield from work.fields.items()
