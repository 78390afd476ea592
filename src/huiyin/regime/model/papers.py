"""Forms, notices, guidance, questionnaires (regime-language 2.6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .condition import Condition
from .fields import FieldType


@dataclass(frozen=True, slots=True)
class Form:
    """A document rendered from case data. `signed_by`: role → how many signatures."""

    id: str
    title: str
    fields: tuple[str, ...] = ()
    signed_by: Mapping[str, int] = field(default_factory=dict)
    copies: int = 1
    copies_to: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    number: str = ""
    says: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Told to somebody after an event. `acknowledge`: the reader must confirm, which is an obligation."""

    id: str
    title: str
    after: tuple[str, ...]
    to: tuple[str, ...]
    when: Condition | None = None
    text: str = ""
    form: str | None = None
    via: tuple[str, ...] = ()
    acknowledge: bool = False
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guidance:
    """Advice shown where it helps. `avoid`: discouraged phrase → better wording."""

    id: str
    at: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    avoid: Mapping[str, str] = field(default_factory=dict)
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question; a scale runs from 1 to 5. An answer at or below `low` counts as low."""

    id: str
    title: str
    type: FieldType | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    low: float | None = None


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Questions and the condition under which the answers count as satisfied. `type` None in a question is a scale."""

    id: str
    title: str
    questions: Mapping[str, Question]
    satisfied: Condition | None = None
