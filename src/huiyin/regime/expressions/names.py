"""The names a condition may speak of: fixed ones of every case, declared ones of the regime, and vocabularies."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Literal

from huiyin.regime.expressions.fixed_names import FIXED_NAMES, FixedName

Context = Literal["table", "flow", "accountability", "watch", "limit"]
ValueType = Literal["yes-no", "number", "text", "time", "texts"]
Vocabulary = Mapping[str, str] | Collection[str] | None
"""Ids that may be named, with their Chinese titles where they have any. None: not known here, so not checked."""

VALUE_TYPES: Mapping[str, ValueType] = {
    "text": "text", "long-text": "text", "choice": "text", "choices": "texts", "yes-no": "yes-no",
    "number": "number", "money": "number", "share": "number", "scale": "number",
    "date": "time", "datetime": "time",
    "person": "text", "unit": "text", "party": "text", "place": "text", "product": "text", "order": "text",
    "file": "text", "role": "text", "limit": "text", "every": "text",
}  # fmt: skip
"""How the value of each declared field or setting type is seen by a condition."""

_WRITABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class FieldType:
    """A declared field, question or setting.

    `type` is a key of `VALUE_TYPES`. `options` maps the ids of a choice to their titles. `always_given` says that the
    value cannot be empty when a condition reads it (a required field, a setting that publication asks for).
    """

    type: str
    options: Mapping[str, str] | None = None
    title: str = ""
    always_given: bool = False

    def __post_init__(self) -> None:
        if self.type not in VALUE_TYPES:
            raise ValueError(f"unknown field type {self.type!r}; known: {', '.join(VALUE_TYPES)}")

    @property
    def value_type(self) -> ValueType:
        """The type of the value as a condition sees it."""
        return VALUE_TYPES[self.type]


@dataclass(frozen=True, slots=True)
class Name:
    """One readable path, e.g. `matter.harm`. In the scope it stands under `root` as `key` (`matter`, `harm`).

    `mapped` tells whether the root is a mapping (declared names) or an object with attributes (fixed names).
    """

    path: str
    root: str
    key: str
    mapped: bool
    value_type: ValueType
    title: str
    options: Vocabulary
    always_given: bool
    untrue: str = ""

    @property
    def as_written(self) -> str:
        """As the author writes it: `matter.harm`, `evidence('test-report').number`."""
        if self.root != "evidence":
            return self.path
        kind, _, key = self.key.partition(".")
        return f"evidence('{kind}').{key}"


@dataclass(frozen=True, eq=False)
class Names:
    """Everything one condition may name. Build one per place in the regime and reuse it for all conditions there.

    `matter`, `facts`, `answers` and `settings` map field ids to their types. The vocabularies (events, severities,
    categories, kinds, channels, evidence, samples, forms, rules, ledgers, measures, roles) list ids, with titles where they
    are mappings; `pieces` maps a kind of evidence to the fields asked about each piece of it;
    `tables` maps a table's id to its columns and `table_titles` to its title. `context` says where the condition
    stands: `person.*` and `unit.id` exist only in accountability and watches, `now` neither in rule tables nor in
    limits.
    """

    matter: Mapping[str, FieldType] = field(default_factory=dict)
    facts: Mapping[str, FieldType] = field(default_factory=dict)
    answers: Mapping[str, FieldType] = field(default_factory=dict)
    settings: Mapping[str, FieldType] = field(default_factory=dict)
    events: Vocabulary = None
    severities: Vocabulary = None
    categories: Vocabulary = None
    kinds: Vocabulary = None
    channels: Vocabulary = None
    evidence: Vocabulary = None
    pieces: Mapping[str, Mapping[str, FieldType]] = field(default_factory=dict)
    samples: Vocabulary = None
    forms: Vocabulary = None
    rules: Vocabulary = None
    ledgers: Vocabulary = None
    measures: Vocabulary = None
    roles: Vocabulary = None
    tables: Mapping[str, Vocabulary] | None = None
    table_titles: Vocabulary = None
    context: Context = "flow"

    @cached_property
    def by_path(self) -> Mapping[str, Name]:
        """All names of every context by path; ids that no condition could write are left out."""
        names = {fixed.path: self._of_fixed(fixed) for fixed in FIXED_NAMES}
        for root in ("matter", "facts", "answers", "settings"):
            for key, declared in getattr(self, root).items():
                if _WRITABLE.fullmatch(key):
                    path = f"{root}.{key}"
                    names[path] = Name(
                        path, root, key, True, declared.value_type, declared.title or key, declared.options,
                        declared.always_given,
                    )  # fmt: skip
        for kind, fields in self.pieces.items():
            title = title_in(self.evidence, kind)
            for key, declared in fields.items():
                if _WRITABLE.fullmatch(key):
                    path = f"evidence.{kind.replace('-', '_')}.{key}"
                    names[path] = Name(
                        path, "evidence", f"{kind}.{key}", True, declared.value_type,
                        f"{title}的{declared.title or key}", declared.options, declared.always_given,
                    )  # fmt: skip
        return names

    def _of_fixed(self, fixed: FixedName) -> Name:
        options = fixed.options or (self.vocabulary(fixed.vocabulary) if fixed.vocabulary else None)
        root, _, key = fixed.path.rpartition(".")
        return Name(
            fixed.path, root, fixed.attribute or key, False, fixed.value_type, fixed.title, options,
            fixed.always_given, fixed.untrue,
        )  # fmt: skip

    def vocabulary(self, which: str) -> Vocabulary:
        """The vocabulary of that attribute name, e.g. `events`."""
        if which == "tables":
            return self.tables
        found: Vocabulary = getattr(self, which)
        return found

    def forbidden_here(self, path: str) -> bool:
        """Whether the name exists but not in this context."""
        if path == "now":
            return self.context in ("table", "limit")
        if path.startswith(("person.", "unit.")):
            return self.context not in ("accountability", "watch")
        return False

    def nearest(self, path: str) -> str | None:
        """The known path that was most likely meant, first among those with the same root."""
        root, _, last = path.rpartition(".")
        here = [known for known in self.by_path if not self.forbidden_here(known)]
        siblings = {known.rpartition(".")[2]: known for known in here if known.rpartition(".")[0] == root}
        if near := get_close_matches(last, siblings, 1, 0.6):
            return siblings[near[0]]
        if moved := [known for known in here if known.rpartition(".")[2] == last]:
            return moved[0]
        near = get_close_matches(path, here, 1, 0.75)
        return near[0] if near else None


def title_in(vocabulary: Vocabulary, wanted: str) -> str:
    """The Chinese title of an id, or the id itself."""
    return vocabulary.get(wanted, wanted) or wanted if isinstance(vocabulary, Mapping) else wanted
