"""The desk on which a regime is compiled: it resolves names, reads conditions and limits, and notes what is used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
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
    PEOPLE_OF_A_CASE,
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
from huiyin.regime.problems import Findings, Severity, nearest
from huiyin.regime.schema import RegimeFile
from huiyin.regime.schema.parts import FieldPart
from huiyin.regime.source import Path, Source

from .events import known_events
from .names import gather_names
from .settings import answered

_MESSAGES = {"E3": "condition", "E4": "condition-type", "E5": "condition-choice", "E6": "condition-event"}


@dataclass(slots=True)
class Used:
    """What the rules of the regime refer to; whatever is left over is reported."""

    roles: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    questionnaires: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    promptly: list[tuple[str, Path]] = field(default_factory=list)


class Desk:
    """Resolves everything a section of the file names; every problem goes to `found`, and compiling goes on."""

    def __init__(self, file: RegimeFile, source: Source, found: Findings, answers: Mapping[str, Any]) -> None:
        self.file = file
        self.source = source
        self.found = found
        self.answers = answered(file, answers, found)
        self.events = known_events(file)
        self.used = Used()
        self.approvals: dict[str, Approval] = {}
        self._names: dict[Context, Names] = {"flow": gather_names(file, self.events, self.answers, found)}

    # -- names -----------------------------------------------------------------------------------------------------

    @cached_property
    def roles(self) -> frozenset[str]:
        """Roles of the regime and people of a case."""
        groups = self.file.roles
        return frozenset({*groups.units, *groups.posts, *groups.bodies, *groups.outside}) | PEOPLE_OF_A_CASE

    def role(self, name: str, path: Path) -> str:
        """A role, checked (E7)."""
        if name.startswith("$"):
            answer = self.setting(name[1:], path)
            name = answer if isinstance(answer, str) else name
        elif name not in self.roles:
            like = nearest(name, sorted(self.roles))
            hint_zh = f"或改为 {like}" if like else ""
            self.found.add(
                "unknown-role", path, name=name, hint_zh=hint_zh, hint_en=f" or write {like}" if like else ""
            )
        self.used.roles.add(name)
        return name

    def role_list(self, names: Iterable[str], path: Path) -> tuple[str, ...]:
        """Several roles."""
        return tuple(self.role(name, _item(path, number, self.source)) for number, name in enumerate(names))

    def optional_role(self, name: str | None, path: Path) -> str | None:
        """A role or none."""
        return None if name is None else self.role(name, path)

    def event(self, name: str, path: Path, *, message: str = "unknown-event", limit: str = "") -> str:
        """An event, checked (E6; E15 for the end of a limit)."""
        if name in self.events:
            return name
        owner, _, _outcome = name.partition(":")
        work = self.file.flow.get(owner) or self.file.acts.get(owner)
        if message == "unknown-event" and ":" in name and work and work.outcomes:
            self.found.add("unknown-outcome", path, name=name, step=owner, outcomes=list(work.outcomes))
            return name
        like = nearest(name, list(self.events))
        self.found.add(
            message, path, name=name, event=name, limit=limit,
            hint_zh=f"是否想写 {like}？" if like else "", hint_en=f"Did you mean {like}?" if like else "",
        )  # fmt: skip
        return name

    def event_list(self, names: Iterable[str], path: Path, **how: str) -> tuple[str, ...]:
        """Several events."""
        return tuple(self.event(name, _item(path, number, self.source), **how) for number, name in enumerate(names))

    def cite(self, clauses: tuple[str, ...], path: Path, *, needed: bool = True) -> tuple[str, ...]:
        """Articles, checked (E9); `path` is the thing that cites. A thing that decides must cite (E8)."""
        if not clauses and needed:
            self.found.add("no-cite", path, at_key=True, path="〈" + ".".join(str(part) for part in path) + "〉")
        for number, clause in enumerate(clauses):
            self.used.articles.add(clause)
            if clause not in self.file.articles:
                like = _like_article(clause, self.file.articles)
                self.found.add(
                    "unknown-article", _item((*path, "cite"), number, self.source), name=clause,
                    hint_zh=f"；有“{like}”" if like else "", hint_en=f"; there is '{like}'" if like else "",
                )  # fmt: skip
        return clauses

    def reference(self, name: str, known: Iterable[str], path: Path, kind_zh: str, kind_en: str) -> str:
        """The name of a form, ladder, ledger …, checked (E27)."""
        known = list(known)
        if name not in known:
            like = nearest(name, known)
            self.found.add(
                "unknown-reference", path, kind_zh=kind_zh, kind_en=kind_en, name=name,
                hint_zh=f"是否想写 {like}？" if like else "", hint_en=f"Did you mean {like}?" if like else "",
            )  # fmt: skip
        return name

    def forms(self, names: Iterable[str], path: Path) -> tuple[str, ...]:
        """Forms that something produces."""
        forms = tuple(names)
        for number, name in enumerate(forms):
            self.reference(name, self.file.forms, _item(path, number, self.source), "表单", "form")
        self.used.forms |= set(forms)
        return forms

    def questionnaire(self, name: str | None, path: Path) -> str | None:
        """A questionnaire that something asks."""
        if name is not None:
            self.reference(name, self.file.questionnaires, path, "问卷", "questionnaire")
            self.used.questionnaires.add(name)
        return name

    # -- conditions ------------------------------------------------------------------------------------------------

    def names(self, context: Context) -> Names:
        """What conditions may name in this context."""
        if context not in self._names:
            self._names[context] = replace(self._names["flow"], context=context)
        return self._names[context]

    def condition(
        self, text: str | None, path: Path, context: Context = "flow", *, result: Result = "bool", guard: str = ""
    ) -> Condition | None:
        """A condition, or None when there is none or it cannot be read (E3 to E6, W2).

        `guard` is the condition of the same row: what it vouches for with `given` may be read without asking again.
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
        for warning in condition.warnings:
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

    # -- values that may name a setting ----------------------------------------------------------------------------

    def setting(self, name: str, path: Path) -> Any:
        """The answer to a setting, None while it has none; E20 when it is not declared."""
        if name not in self.file.settings:
            like = nearest(name, list(self.file.settings))
            self.found.add(
                "unknown-setting", path, name=f"${name}",
                hint_zh=f"；有 {like}" if like else "；请在 settings 中定义",
                hint_en=f"; there is {like}" if like else "; define it under settings",
            )  # fmt: skip
            return None
        self.used.paths.add(f"settings.{name}")
        return self.answers.get(name)

    def value(self, raw: Any, path: Path) -> Any:
        """The value, or the answer behind `$setting`; the name of the setting while it has no answer."""
        if not (isinstance(raw, str) and raw.startswith("$")):
            return raw
        answer = self.setting(raw[1:], path)
        return raw[1:] if answer is None else answer

    def whole(self, raw: Any, path: Path) -> Any:
        """A whole number, or the name of a setting without an answer."""
        value = self.value(raw, path)
        return int(value) if isinstance(value, float) else value

    def share(self, raw: str | None, path: Path) -> int:
        """Percent; 100 when nothing is said or nothing is answered yet."""
        value = self.value(raw, path)
        if isinstance(value, float):
            return round(value)
        if isinstance(value, str) and value.endswith("%"):
            return round(float(value[:-1]))
        return 100

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

    def role_title(self, role: str) -> str:
        """The Chinese title of a role."""
        groups = self.file.roles
        for group in (groups.units, groups.posts, groups.bodies, groups.outside):
            if role in group:
                return group[role].title or role
        return _PEOPLE.get(role, role)

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
            note=part.note,
        )

    def required(self, names: Iterable[str], known: Mapping[str, Any], path: Path) -> tuple[str, ...]:
        """Names under `required`, which must be fields of the same thing."""
        return tuple(
            self.reference(name, known, _item(path, number, self.source), "字段", "field")
            for number, name in enumerate(names)
        )

    def report_unanswered(self, publishing: bool) -> None:
        """E22 for settings nobody answered: an error when publishing, else a warning. Limits count as `promptly`."""
        for name, part in self.file.settings.items():
            if name not in self.answers and part.type != "limit":
                severity = Severity.ERROR if publishing else Severity.WARNING
                self.found.add(
                    "unanswered", ("settings", name), at_key=True, severity=severity, title=part.title or name
                )


_PEOPLE = {"handler": "承办人", "handling-head": "承办部门负责人", "superior": "上级", "supervisor": "督办人"}


def _item(path: Path, number: int, source: Source) -> Path:
    """The place of one item of a list, or of the value itself where it stands alone."""
    inner = (*path, number)
    return inner if inner in source.values else path


def _like_article(clause: str, articles: Mapping[str, str]) -> str:
    bare = clause.removeprefix("第").removesuffix("条").removesuffix("款")
    return bare if bare in articles else nearest(clause, list(articles))
