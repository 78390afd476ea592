"""Putting right: severity and category by hand, values filled in wrongly, who is complained about."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Act, Field

from . import commands as cmd
from .draft import Draft
from .events import Corrected, Graded
from .filing import category_from
from .people import known_person, known_unit
from .recording import reason_of
from .refusals import Refused
from .values import WrongValue, checked

RESPONDENT = {"respondent.unit": "被投诉部门", "respondent.person": "被投诉人", "respondent.name": "被投诉人姓名"}
"""Who is complained about may be named or put right later: path → title."""


def regrade(draft: Draft, act: Act, command: cmd.Regrade, _fields: Mapping[str, Any]) -> None:
    """Set severity or category by hand; after that rules do not touch the severity any more."""
    severity = command.severity or draft.case.severity
    category = command.category or draft.case.category
    problems: dict[str, str] = {}
    if not command.severity and not command.category:
        problems["severity"] = "请选择严重程度或类别"
    if command.severity and severity not in draft.regime.severity.levels:
        problems["severity"] = "请选择：" + "、".join(draft.regime.severity.levels.values())
    if command.category and category not in draft.regime.categories:
        problems["category"] = "请选择：" + "、".join(each.title for each in draft.regime.categories.values())
    if problems:
        raise Refused("wrong-value", "；".join(problems.values()) + "。", cite=act.cite, fields=problems)
    draft.add(
        Graded(
            **draft.stamp,
            names=("regrade", "graded"),
            cite=act.cite,
            severity=severity,
            category=category,
            by_hand=bool(command.severity),
            text=command.text,
        )
    )


def correct(draft: Draft, act: Act, command: cmd.Correct, _fields: Mapping[str, Any]) -> None:
    """Put a value right; the old one is kept, and no limit restarts.

    `path` is `matter.<field>`, `facts.<field>`, or one of `RESPONDENT`, by which the accused is named later, too.
    """
    text = reason_of(command.text, act)
    if command.path in RESPONDENT:
        _name_respondent(draft, act, command.path, command.value, text)
        return
    section, _, name = command.path.partition(".")
    field = _known_fields(draft, section).get(name)
    if field is None:
        raise Refused("wrong-value", f"没有“{command.path}”这一项。", cite=act.cite, fields={"path": "请选择"})
    try:
        new = checked(field, command.value, draft.context.calendar.zone)
    except WrongValue as trouble:
        raise Refused("wrong-value", f"{trouble}。", cite=act.cite, fields={"value": str(trouble)}) from None
    before = category_from(draft.regime, draft.case.matter)
    _put(draft, act, command.path, getattr(draft.case, section).get(name), new, text)
    after = category_from(draft.regime, draft.case.matter)
    if after != before and draft.case.category == before:  # the category came from this field and follows it
        severity = draft.case.severity
        draft.add(Graded(**draft.stamp, names=("graded",), cite=act.cite, severity=severity, category=after))


def _put(draft: Draft, act: Act, path: str, old: Any, new: Any, text: str) -> None:
    draft.add(Corrected(**draft.stamp, names=("correct",), cite=act.cite, path=path, old=old, new=new, text=text))


def _known_fields(draft: Draft, section: str) -> Mapping[str, Field]:
    if section == "matter":
        return draft.regime.intake.fields
    if section == "facts":
        works = (*draft.regime.flow.values(), *draft.regime.acts.values())
        return {name: field for work in works for name, field in work.fields.items()}
    return {}


def _name_respondent(draft: Draft, act: Act, path: str, value: Any, text: str) -> None:
    name, directory = path.rpartition(".")[2], draft.context.directory
    new = value.strip() if isinstance(value, str) else ""
    if not new:
        raise Refused("wrong-value", f"请填写{RESPONDENT[path]}。", cite=act.cite, fields={"value": "请填写"})
    if name == "unit" and not known_unit(draft.regime, directory, new):
        raise Refused("wrong-value", f"没有“{new}”这个部门。", cite=act.cite, fields={"value": "请选择部门"})
    if name == "person" and not known_person(draft.regime, directory, new):
        raise Refused("wrong-value", f"没有“{new}”这个人。", cite=act.cite, fields={"value": "请选择人员"})
    _put(draft, act, path, getattr(draft.case.respondent, name), new, text)
    unit = directory.unit_of(new) if name == "person" else None
    if unit and not draft.case.respondent.unit:
        _put(draft, act, "respondent.unit", "", unit, text)
