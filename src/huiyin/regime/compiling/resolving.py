"""Look up everything a regime names: roles, events, articles, forms, settings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from huiyin.regime.model import PEOPLE_OF_A_CASE
from huiyin.regime.problems import Findings, nearest
from huiyin.regime.schema import RegimeFile
from huiyin.regime.source import Path, Source

from .events import known_events
from .settings import answered


@dataclass(slots=True)
class Used:
    """What the rules of the regime refer to; whatever is left over is reported."""

    roles: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    questionnaires: set[str] = field(default_factory=set)
    orders: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    promptly: list[tuple[str, Path]] = field(default_factory=list)


class Resolver:
    """Finds what a name means; an unknown one is reported with the nearest known one, and compiling goes on."""

    def __init__(self, file: RegimeFile, source: Source, found: Findings, answers: Mapping[str, Any]) -> None:
        self.file = file
        self.source = source
        self.found = found
        self.answers = answered(file, answers, found)
        self.events = known_events(file)
        self.used = Used()

    # -- names -----------------------------------------------------------------------------------------------------

    @cached_property
    def roles(self) -> frozenset[str]:
        """Roles of the regime and people of a case."""
        return frozenset(self.file.roles.every()) | PEOPLE_OF_A_CASE

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
        return tuple(self.role(name, item(path, number, self.source)) for number, name in enumerate(names))

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
        return tuple(self.event(name, item(path, number, self.source), **how) for number, name in enumerate(names))

    def cite(self, clauses: tuple[str, ...], path: Path, *, needed: bool = True) -> tuple[str, ...]:
        """Articles, checked (E9); `path` is the thing that cites. A thing that decides must cite (E8)."""
        if not clauses and needed:
            self.found.add("no-cite", path, at_key=True, path="〈" + ".".join(str(part) for part in path) + "〉")
        for number, clause in enumerate(clauses):
            self.used.articles.add(clause)
            if clause not in self.file.articles:
                like = _like_article(clause, self.file.articles)
                self.found.add(
                    "unknown-article", item((*path, "cite"), number, self.source), name=clause,
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
            self.reference(name, self.file.forms, item(path, number, self.source), "表单", "form")
        self.used.forms |= set(forms)
        return forms

    def questionnaire(self, name: str | None, path: Path) -> str | None:
        """A questionnaire that something asks."""
        if name is not None:
            self.reference(name, self.file.questionnaires, path, "问卷", "questionnaire")
            self.used.questionnaires.add(name)
        return name

    def order_kind(self, name: str | None, path: Path) -> str | None:
        """A kind of order that work gives."""
        if name is not None:
            self.reference(name, self.file.orders, path, "交办事项", "order")
            self.used.orders.add(name)
        return name

    def role_title(self, role: str) -> str:
        """The Chinese title of a role."""
        known = self.file.roles.every().get(role)
        if known is not None:
            return known.title or role
        return _PEOPLE.get(role, role)

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

    def words(self, raw: str, path: Path) -> str:
        """Words, or the answer behind `$setting`; nothing while it has no answer."""
        if not raw.startswith("$"):
            return raw
        answer = self.setting(raw[1:], path)
        return "" if answer is None else str(answer)

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


_PEOPLE = {"handler": "承办人", "handling-head": "承办部门负责人", "superior": "上级", "supervisor": "督办人",
           "addressee": "受办人", "giver": "交办人"}  # fmt: skip


def item(path: Path, number: int, source: Source) -> Path:
    """The place of one item of a list, or of the value itself where it stands alone."""
    inner = (*path, number)
    return inner if inner in source.values else path


def _like_article(clause: str, articles: Mapping[str, str]) -> str:
    bare = clause.removeprefix("第").removesuffix("条").removesuffix("款")
    return bare if bare in articles else nearest(clause, list(articles))
