"""The mapping file: which column becomes what. Read with places, so that a slip is told by line."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from huiyin.regime.problems import Findings
from huiyin.regime.source import Source, read
from huiyin.store.sentences import SentenceError


class BadMapping(SentenceError):
    """The mapping file cannot be used; the sentence lists every problem with its line."""


class Strict(BaseModel):
    """Unknown keys are errors, not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cell(Strict):
    """Where a value comes from: a constant, one column, or several joined; `values` translates, `default` fills gaps.

    For times: `formats` as in strptime, tried in order; `plus_days` natural days are added.
    """

    value: Any = None
    column: str = ""
    columns: tuple[str, ...] = ()
    join: str = "\n"
    values: dict[str, Any] = Field(default_factory=dict)
    default: Any = None
    formats: tuple[str, ...] = ()
    plus_days: int = 0

    def named(self) -> tuple[str, ...]:
        """The columns it reads."""
        return (self.column, *self.columns) if self.column else self.columns


def _cell(raw: Any) -> Any:
    return raw if isinstance(raw, dict) else {"value": raw}


AnyCell = Annotated[Cell, BeforeValidator(_cell)]


class Past(Strict):
    """Work that was done in the past, in order: steps of the regime with their time (none: now) and fields.

    `as_role` names whose part it was; by default whoever's turn the step is. `do: answer-order` reports on the supervise
    orders that came up by then, `do: accept-report` accepts such reports, where there are any.
    """

    do: str
    at: AnyCell = Cell()
    outcome: AnyCell = Cell()
    fields: dict[str, AnyCell] = Field(default_factory=dict)
    answers: dict[str, AnyCell] = Field(default_factory=dict)
    text: AnyCell = Cell()
    unit: AnyCell = Cell()
    as_role: str = ""
    when: str = ""


class Mapping(Strict):
    """The whole mapping."""

    regime: str
    sheet: str = ""
    key: tuple[str, ...]
    kind: AnyCell
    channel: AnyCell
    category: AnyCell = Cell()
    received_at: AnyCell = Cell()
    late_reason: AnyCell = Cell(value="历史数据导入")
    history: Literal["now", "as-it-was"] = "now"
    matter: dict[str, AnyCell] = Field(default_factory=dict)
    points: AnyCell = Cell()
    name: AnyCell = Cell()
    phone: AnyCell = Cell()
    email: AnyCell = Cell()
    address: AnyCell = Cell()
    anonymous: AnyCell = Cell(value=False)
    respondent_unit: AnyCell = Cell()
    past: tuple[Past, ...] = ()

    def columns(self) -> set[str]:
        """Every column the mapping reads."""
        cells = [self.kind, self.channel, self.category, self.received_at, self.late_reason, self.points, self.name]
        cells += [self.phone, self.email, self.address, self.anonymous, self.respondent_unit, *self.matter.values()]
        for step in self.past:
            cells += [step.at, step.outcome, step.text, step.unit, *step.fields.values(), *step.answers.values()]
        return {name for cell in cells for name in cell.named()} | set(self.key)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A mapping and the file it came from."""

    mapping: Mapping
    source: Source = field(repr=False)


def read_mapping(file: Path) -> Mapping:
    """The mapping of a YAML file.

    Raises:
        BadMapping: every problem, each with its line.
    """
    if not file.is_file():
        raise BadMapping(gettext_noop("没有映射文件 %(file)s"), file=file.name)
    source = read(file)
    if source.faults:
        findings = Findings(source)
        for fault in source.faults:
            findings.add_fault(fault)
        raise BadMapping("%(problems)s", problems="\n".join(str(problem) for problem in findings.problems))
    try:
        return Mapping.model_validate(source.data)
    except ValidationError as error:
        raise BadMapping("%(problems)s", problems="\n".join(_said(file.name, source, each) for each in error.errors())) from error


def _said(name: str, source: Source, error: Any) -> str:
    path = tuple(error["loc"])
    while path and path not in source.values:
        path = path[:-1]
    line = source.place(path).line if path else 1
    where = ".".join(str(part) for part in error["loc"])
    return f"{name}:{line} {where}：{_WORDS.get(error['type'], error['msg'])}"


_WORDS = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识这一项",
    "string_type": "应是文字",
    "dict_type": "应是一组键和值",
}
