"""Names: their form, what is reserved, what is taken twice."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.regime.compiling import Desk
from huiyin.regime.compiling.names import fields_of_work
from huiyin.regime.source import Path
from huiyin.regime.vocabulary import CATALOGUE, CORE_ACTS, REVISION, SCENARIO_VERBS

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_SNAKE = re.compile(r"[a-z][a-z0-9_]*\Z")
_SECTIONS_ZH = {"flow": "环节", "acts": "随时动作", "duties": "定期职责", "watches": "预警", "corrective": "整改",
                "orders": "交办事项", "measures": "处理措施"}  # fmt: skip


def check_structure(desk: Desk) -> None:
    """Everything that may be named in a rule has a well-formed name of its own."""
    _one_name_space(desk)
    _limits_named_like_orders(desk)
    file = desk.file
    for section in ("settings", "flow", "acts", "limits", "ladders", "orders", "flags", "approvals", "forms", "notices", "guidance",
                    "questionnaires", "corrective", "confidentiality", "records", "duties", "watches", "commitments",
                    "assessment", "routing", "tables", "samples"):  # fmt: skip
        form = _SNAKE if section == "settings" else _KEBAB
        _names(desk, getattr(file, section), (section,), form)
    for group in ("units", "posts", "bodies", "outside"):
        _names(desk, getattr(file.roles, group), ("roles", group), _KEBAB)
    _names(desk, file.intake.fields, ("intake", "fields"), _SNAKE)
    _names(desk, file.intake.channels, ("intake", "channels"), _KEBAB)
    for name, _owner, _part, path, _required in fields_of_work(file):
        _names(desk, [name], path[:-1], _SNAKE)
    for questionnaire, part in file.questionnaires.items():
        _names(desk, part.questions, ("questionnaires", questionnaire, "questions"), _SNAKE)


def _names(desk: Desk, names: Iterable[str], path: Path, form: re.Pattern[str]) -> None:
    joints = ("连字符", "hyphens") if form is _KEBAB else ("下划线", "underscores")
    for name in names:
        if not form.match(name):
            desk.found.add("bad-id", (*path, name), at_key=True, name=name, joint_zh=joints[0], joint_en=joints[1])


def _one_name_space(desk: Desk) -> None:
    taken: dict[str, str] = {}
    for section in _SECTIONS_ZH:
        where, things = _things(desk, section)
        for name in things:
            path: Path = (*where, name)
            if name in taken:
                desk.found.add(
                    "name-taken", path, at_key=True, name=name, other_zh=_SECTIONS_ZH[taken[name]], other_en=taken[name]
                )
            taken.setdefault(name, section)
            if reserved := _reserved(name, section):
                desk.found.add(
                    "reserved-name", path, at_key=True, name=name, other_zh=reserved[0], other_en=reserved[1]
                )


def _limits_named_like_orders(desk: Desk) -> None:
    """Both are overdue and met under their name."""
    for name in desk.file.limits:
        if name in desk.file.orders:
            desk.found.add("name-taken", ("limits", name), at_key=True, name=name, other_zh="交办事项", other_en="orders")


def _things(desk: Desk, section: str) -> tuple[Path, Mapping[str, Any]]:
    """What has a name of its own in a section, and where it stands: of the measures those that have to be carried out."""
    if section != "measures":
        return (section,), getattr(desk.file, section)
    measures = desk.file.accountability.measures
    return ("accountability", "measures"), {name: part for name, part in measures.items() if part.duty}


def _reserved(name: str, section: str) -> tuple[str, str] | None:
    if name in CATALOGUE:
        return "事件", "an event"
    if name in CORE_ACTS and section != "acts":
        return "通用动作", "a core act"
    if name == REVISION:
        return "制度定期修订", "the regular revision of the regime"
    if name in SCENARIO_VERBS:
        return "情景动词", "a verb of scenarios"
    return None
