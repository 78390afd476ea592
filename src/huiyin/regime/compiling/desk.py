"""The desk on which a regime is compiled: it resolves names, reads conditions and limits, and notes what is used."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from huiyin.calendars import Span
from huiyin.regime.expressions import (
    Condition,
    ConditionErrors,
    ConditionProblem,
    Context,
    Names,
    Result,
    compile_condition,
)
from huiyin.regime.limits_written import LimitWritingError, parse_amount, parse_limit, suggestion
from huiyin.regime.model import (
    Approval,
    ApprovalStage,
    AtField,
    BeforeField,
    Field,
    FieldType,
    FromSetting,
    LimitExpression,
    OnField,
    Permanent,
    Promptly,
)
from huiyin.regime.problems import Findings, Severity
from huiyin.regime.schema import RegimeFile
from huiyin.regime.schema.parts import FieldPart
from huiyin.regime.source import Path, Source

from .names import gather_names
from .resolving import Resolver, item
from .settings import may_stay_empty

_MESSAGES = {"E3": "condition", "E4": "condition-type", "E5": "condition-choice", "E6": "condition-event"}


class Desk(Resolver):
    """Resolves everything a section of the file names; every problem goes to `found`, and compiling goes on."""

    def __init__(self, file: RegimeFile, source: Source, found: Findings, answers: Mapping[str, Any]) -> None:
        super().__init__(file, source, found, answers)
        self.approvals: dict[str, Approval] = {}
        self._names: dict[Context, Names] = {"flow": gather_names(file, self.events, self.answers, found)}

    # -- conditions ------------------------------------------------------------------------------------------------

    def names(self, context: Context) -> Names:
        """What conditions may name in this context."""
        if context not in self._names:
            self._names[context] = replace(self._names["flow"], context=context)
        return self._names[context]

    def condition(
        self,
        text: str | None,
        path: Path,
        context: Context = "flow",
        *,
        result: Result = "bool",
        guard: str = "",
        may_lack: bool = False,
    ) -> Condition | None:
        """A condition, or None when there is none or it cannot be read (E3 to E6, W2).

        `guard` is the condition of the same row: what it vouches for with `given` may be read without asking again.
        `may_lack`: where a value is missing nothing is suggested, so nobody need be warned.
        """
        if text is None:
            return None
        try:
            condition = compile_condition(text, self.names(context), result=result)
        except ConditionErrors as errors:
            for problem in errors.problems:
                self._condition_problem(problem, path)
            return None
        vouched = {part.strip() for part in guard.split("&&")}
        for warning in () if may_lack else condition.warnings:
            if not any(part.startswith("given(") and part in warning.hint for part in vouched):
                self._condition_problem(warning, path)
        self.used.paths |= condition.reads
        self.used.roles |= {name for name in self.roles if f"'{name}'" in text or f'"{name}"' in text}
        return condition

    def must(self, text: str, path: Path, context: Context = "flow") -> Condition:
        """A condition that has to be there; `true` stands in for one that was reported."""
        return self.condition(text, path, context) or compile_condition("true", self.names(context))

    def _condition_problem(self, problem: ConditionProblem, path: Path) -> None:
        shift = problem.column - 1 + (path in self.source.quoted) if problem.line == 1 else 0
        message = _MESSAGES.get(problem.code, "condition-warning")
        self.found.add(message, path, shift=shift, zh=problem.message_zh + problem.hint, en=problem.message_en + ".")

    # -- limits ----------------------------------------------------------------------------------------------------

    def limit(self, text: str | None, path: Path, *, key: str = "") -> LimitExpression | None:
        """A limit expression (E16); `key` names the answer that fills in a bare `promptly`."""
        if text is None:
            return None
        try:
            expression = parse_limit(text)
        except LimitWritingError as error:
            self.found.add("bad-limit", path, text=text, hint=error.hint)
            return None
        if isinstance(expression, FromSetting):
            answer = self.setting(expression.name, path)
            return self._answered(answer, expression.name, path)
        if isinstance(expression, Promptly) and key:
            return self._answered(self.answers.get(key), key, path)
        if isinstance(expression, AtField | OnField | BeforeField):
            self._check_field(text, expression, path)
        return expression

    def _answered(self, answer: Any, key: str, path: Path) -> LimitExpression:
        if isinstance(answer, str):
            try:
                return parse_limit(answer)
            except LimitWritingError as error:
                self.found.add("bad-limit", path, text=answer, hint=error.hint)
        elif "." in key or key in self.file.settings:
            self.used.promptly.append((key, path))
        return Promptly(setting=key)

    def _check_field(self, text: str, expression: AtField | OnField | BeforeField, path: Path) -> None:
        name = self.names("flow").by_path.get(expression.path)
        types = {"at": ("datetime",), "on": ("date",)}.get(text.split(maxsplit=1)[0], ("date", "datetime"))
        root, _, key = expression.path.partition(".")
        declared = {"matter": self.names("flow").matter, "facts": self.names("flow").facts}.get(root, {}).get(key)
        fixed = name is not None and not name.mapped and name.value_type == "time"
        if fixed or (declared is not None and declared.type in types):
            self.used.paths.add(expression.path)
            return
        kinds = {"datetime": "日期时间", "date": "日期"}
        self.found.add(
            "bad-limit-field", path, text=text, path=expression.path, kind_zh="或".join(kinds[each] for each in types),
            kind_en=" or ".join(types),
        )  # fmt: skip

    def keep(self, text: str, path: Path) -> LimitExpression:
        """How long a case is kept; unreadable text was reported and counts as permanent."""
        return self.limit(text, path) or Permanent()

    def amount(self, text: str | None, path: Path) -> Span | None:
        """A plain amount of time, or the answer of a setting that is one."""
        if text is None:
            return None
        value = self.value(text, path)
        if text.startswith("$") and value == text[1:]:
            return None
        try:
            return parse_amount(str(value))
        except LimitWritingError as error:
            self.found.add("bad-limit", path, text=str(value), hint=error.hint if value else suggestion(text))
            return None

    # -- approvals and fields --------------------------------------------------------------------------------------

    def approval(self, name: str | None, path: Path) -> str | None:
        """The id of an approval; the id of a role becomes an approval of one stage."""
        if name is None or name in self.approvals:
            return name
        if name in self.file.approvals:
            return name
        role = self.role(name, path)
        title = self.role_title(role)
        self.approvals[name] = Approval(id=name, title=f"{title}审批", stages=(ApprovalStage(by=(role,)),))
        return name

    def fields(self, parts: Mapping[str, FieldPart], required: Iterable[str], path: Path) -> dict[str, Field]:
        """Fields of intake, work or a table. `path` is the mapping of fields."""
        wanted = set(required)
        return {name: self._field(name, part, name in wanted, (*path, name)) for name, part in parts.items()}

    def _field(self, name: str, part: FieldPart, wanted: bool, path: Path) -> Field:
        required: bool | Condition = wanted or part.required is True
        if isinstance(part.required, str):
            required = self.must(part.required, (*path, "required"))
        if part.type in {"choice", "choices"} and not part.choices and not part.lists:
            self.found.add("missing-key", path, at_key=True, key="choices")
        return Field(
            id=name,
            title=part.title or name,
            type=FieldType(part.type),
            choices={choice: each.title or choice for choice, each in part.choices.items()},
            required=required,
            private=part.private,
            lists=part.lists,
            not_under=self._barred(part, path),
            note=part.note,
        )

    def _barred(self, part: FieldPart, path: Path) -> tuple[str, ...]:
        if part.not_under and part.type not in {"person", "unit"}:
            self.found.add("bars-nobody", (*path, "not_under"), at_key=True, field=part.title or str(path[-1]))
        return self.measures(part.not_under, (*path, "not_under"))

    def measures(self, names: Iterable[str], path: Path) -> tuple[str, ...]:
        """Measures that bar something while they are in force; each has to say how long that is."""
        found = []
        for number, name in enumerate(names):
            there = item(path, number, self.source)
            self.reference(name, self.file.accountability.measures, there, "措施", "measure")
            part = self.file.accountability.measures.get(name)
            if part is not None and part.stands is None:
                self.found.add("stands-for-no-time", there, measure=part.title or name)
            found.append(name)
        return tuple(found)

    def required(self, names: Iterable[str], known: Mapping[str, Any], path: Path) -> tuple[str, ...]:
        """Names under `required`, which must be fields of the same thing."""
        return tuple(
            self.reference(name, known, item(path, number, self.source), "字段", "field")
            for number, name in enumerate(names)
        )

    def report_unanswered(self, publishing: bool) -> None:
        """E22 for settings nobody answered: an error when publishing, else a warning. Limits count as `promptly`.

        Texts that may stay empty are only named (I6): nothing is shown of them until they are filled in.
        """
        waiting = {
            name: part
            for name, part in self.file.settings.items()
            if name not in self.answers and part.type != "limit"
        }
        severity = Severity.ERROR if publishing else Severity.WARNING
        for name, part in waiting.items():
            if not may_stay_empty(part):
                self.found.add("unanswered", ("settings", name), at_key=True, severity=severity, title=part.title or name)
        empty = {name: part.title or name for name, part in waiting.items() if may_stay_empty(part)}
        if empty:
            first = ("settings", next(iter(empty)))
            self.found.add("to-fill-in", first, at_key=True, count=len(empty), titles=list(empty.values()))
