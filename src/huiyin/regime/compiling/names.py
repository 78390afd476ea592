"""What the conditions of a regime may speak of, gathered from the whole file."""

from collections.abc import Iterator, Mapping
from typing import Any

from huiyin.regime.expressions import Context, FieldType, Names
from huiyin.regime.model import PEOPLE_OF_A_CASE
from huiyin.regime.problems import Findings
from huiyin.regime.schema import RegimeFile
from huiyin.regime.schema.intake import CategoryPart
from huiyin.regime.schema.parts import FieldPart
from huiyin.regime.schema.standing import ConfirmPart, MeasureDutyPart
from huiyin.regime.source import Path

_TYPES_ZH = {
    "text": "文字", "long-text": "长文字", "number": "数字", "money": "金额", "date": "日期", "datetime": "日期时间",
    "yes-no": "是否", "choice": "选项", "choices": "多选", "person": "人员", "unit": "部门", "party": "当事人",
    "place": "地点", "product": "产品", "order": "订单", "file": "文件", "scale": "量表",
}  # fmt: skip


def gather_names(file: RegimeFile, events: Mapping[str, str], answers: Mapping[str, Any], found: Findings) -> Names:
    """The names for `context="flow"`; use `dataclasses.replace` for the other contexts."""
    return Names(
        matter={name: _type_of(part, name in file.intake.required) for name, part in file.intake.fields.items()},
        facts=_facts(file, found),
        answers=_answers(file, found),
        settings={
            name: FieldType(part.type, _titles(part.choices) or None, part.title or name, name in answers)
            for name, part in file.settings.items()
        },
        events=list(events),
        severities=_titles(file.severity.levels) if file.severity else {},
        categories=dict(_categories(file.categories)),
        kinds={str(kind): part.title for kind, part in file.kinds.items()},
        channels={name: part.title for name, part in file.intake.channels.items()},
        evidence={name: part.title or name for name, part in file.intake.evidence.items()},
        pieces={
            name: {key: _type_of(each, required=False) for key, each in part.fields.items()}
            for name, part in file.intake.evidence.items()
        },
        samples={name: part.title or name for name, part in file.samples.items()},
        forms={name: part.title or name for name, part in file.forms.items()},
        rules={name: part.title or name for name, part in file.accountability.rules.items()},
        measures={name: part.title or name for name, part in file.accountability.measures.items() if part.stands},
        ledgers={name: part.title or name for name, part in file.accountability.ledgers.items()},
        roles=[*_role_ids(file), *PEOPLE_OF_A_CASE],
        tables={
            name: {column: part.title or column for column, part in table.columns.items()}
            for name, table in file.tables.items()
        },
        context="flow",
    )


CONTEXTS: tuple[Context, ...] = ("table", "flow", "accountability", "watch", "limit")


def _role_ids(file: RegimeFile) -> Iterator[str]:
    yield from file.roles.every()


def _categories(categories: Mapping[str, CategoryPart]) -> Iterator[tuple[str, str]]:
    for name, part in categories.items():
        yield name, part.title
        yield from _categories(part.children)


def _titles(parts: Mapping[str, Any]) -> dict[str, str]:
    return {name: part.title or name for name, part in parts.items()}


def _type_of(part: FieldPart, required: bool) -> FieldType:
    # A yes-no field is asked as "yes or no", so it is as good as given; the rest may be left empty.
    given = required or part.required is True or part.type == "yes-no"
    return FieldType(part.type, _titles(part.choices) or None, part.title, given)


def fields_of_work(file: RegimeFile) -> Iterator[tuple[str, str, FieldPart, Path, bool]]:
    """Every field of any work: id, whose it is, the field, where it stands, whether it is always filled in."""
    groups: list[tuple[Path, Mapping[str, Any]]] = [
        (("flow",), file.flow),
        (("acts",), file.acts),
        (("duties",), file.duties),
        (("corrective",), file.corrective),
        (("orders",), file.orders),
    ]
    for where, works in groups:
        for work_id, work in works.items():
            required = getattr(work, "required", ())
            for name, part in work.fields.items():
                yield name, work_id, part, (*where, work_id, "fields", name), name in required
    for duty_id, duty in file.duties.items():
        for step_id, step in duty.steps.items():
            for name, part in step.fields.items():
                place: Path = ("duties", duty_id, "steps", step_id, "fields", name)
                yield name, f"{duty_id}.{step_id}", part, place, name in step.required
    yield from _fields_of_measures(file)
    for form_id, form in file.forms.items():
        for name, part in form.filled.items():
            yield name, form_id, part, ("forms", form_id, "filled", name), False
    for limit_id, limit in file.limits.items():
        if limit.extension:
            for name, part in limit.extension.fields.items():
                path: Path = ("limits", limit_id, "extension", "fields", name)
                yield name, limit_id, part, path, name in limit.extension.required


def _fields_of_measures(file: RegimeFile) -> Iterator[tuple[str, str, FieldPart, Path, bool]]:
    """What is filled in when a measure is carried out, and when that is confirmed."""
    for measure_id, measure in file.accountability.measures.items():
        if measure.duty is None:
            continue
        there: Path = ("accountability", "measures", measure_id, "duty")
        asking: list[tuple[MeasureDutyPart | ConfirmPart, Path]] = [(measure.duty, there)]
        if measure.duty.confirm is not None:
            asking.append((measure.duty.confirm, (*there, "confirm")))
        for asked, place in asking:
            for name, part in asked.fields.items():
                yield name, measure_id, part, (*place, "fields", name), name in asked.required


def _facts(file: RegimeFile, found: Findings) -> dict[str, FieldType]:
    facts: dict[str, FieldType] = {}
    first_in: dict[str, str] = {}
    for name, owner, part, path, required in fields_of_work(file):
        new = _type_of(part, required)
        old = facts.get(name)
        if old is None:
            facts[name], first_in[name] = new, owner
        elif old.value_type != new.value_type:
            _differs(found, path, name, (first_in[name], old.type), (owner, new.type))
        else:
            options = {**(old.options or {}), **(new.options or {})} or None
            facts[name] = FieldType(old.type, options, old.title or new.title, old.always_given or new.always_given)
    return facts


def _answers(file: RegimeFile, found: Findings) -> dict[str, FieldType]:
    answers: dict[str, FieldType] = {}
    first_in: dict[str, str] = {}
    for questionnaire_id, questionnaire in file.questionnaires.items():
        for name, part in questionnaire.questions.items():
            new = FieldType(part.type, _titles(part.choices) or None, part.title or name, part.type != "text")
            old = answers.get(name)
            if old is not None and old.value_type != new.value_type:
                path = ("questionnaires", questionnaire_id, "questions", name)
                _differs(found, path, name, (first_in[name], old.type), (questionnaire_id, new.type))
            answers.setdefault(name, new)
            first_in.setdefault(name, questionnaire_id)
    return answers


def _differs(found: Findings, path: Path, name: str, first: tuple[str, str], second: tuple[str, str]) -> None:
    found.add(
        "field-twice", path, at_key=True, field=name, first=first[0], second=second[0],
        first_zh=_TYPES_ZH[first[1]], second_zh=_TYPES_ZH[second[1]], first_type=first[1], second_type=second[1],
    )  # fmt: skip
