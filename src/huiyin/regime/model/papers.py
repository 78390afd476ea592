"""Forms, notices, guidance, questionnaires (regime-language 2.6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from huiyin.regime.vocabulary import OPEN_WAYS

from .condition import Condition
from .fields import Field, FieldType

Paper = Literal["A4", "A4-landscape", "A3-landscape", "A5"]
FormOf = Literal["case", "cases"]
ListOf = Literal["points", "evidence", "enclosures", "steps", "limits", "orders", "carried", "samples", "custody", "results"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text: words as they stand, or (`path` given) the place of a content of the case."""

    words: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of a form's layout; exactly one of the first five is given.

    `text` a paragraph, `section` a heading, `row` label and value side by side (path → label, empty: the usual one),
    `each` a table with a row for each point, piece of evidence, step, limit, sample, hand-over or result
    with the columns `show`, `blank` room for the pen. `height`: lines of room, 0 for the usual.
    """

    text: tuple[Piece, ...] = ()
    section: str = ""
    row: Mapping[str, str] = field(default_factory=dict)
    each: ListOf | None = None
    blank: str = ""
    show: Mapping[str, str] = field(default_factory=dict)
    height: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A document made of a case, or (`of` cases) a register with a line for each case of a period.

    `signed_by`: role → how many signatures, in the order of signing. `required`: contents without which nobody can
    sign. `filled`: what the person who produces it fills in, asked with the fields of the work. `blank`: room for the
    pen after the fields. Without `lines` the layout is the usual one. `replaces`: where the case
    says the number of the paper, known only by that number, in whose place this one is issued.
    """

    id: str
    title: str
    of: FormOf = "case"
    fields: tuple[str, ...] = ()
    lines: tuple[FormLine, ...] = ()
    filled: Mapping[str, Field] = field(default_factory=dict)
    blank: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    signed_by: Mapping[str, int] = field(default_factory=dict)
    seal: bool = False
    copies: int = 1
    copies_to: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    number: str = ""
    replaces: str = ""
    says: tuple[str, ...] = ()
    header: tuple[Piece, ...] = ()
    footer: tuple[Piece, ...] = ()
    paper: Paper = "A4"
    cite: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every content of the case that the body of the form names, in its order, each once."""
        of_lines = (name for line in self.lines for name in (*(piece.path for piece in line.text), *line.row))
        return tuple(dict.fromkeys(name for name in (*self.fields, *of_lines) if name))


@dataclass(frozen=True, slots=True)
class Notice:
    """Told to somebody after an event. `acknowledge`: the reader must confirm, which is an obligation.

    `via`: ways it goes out on in any case, whatever the reader has chosen.
    """

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
class Sending:
    """How what is told goes out of the house (`huiyin.regime.vocabulary.WAYS`).

    `open`: ways that others may read, where nothing personal goes. `insist`: kind → ways nobody can turn off. `at_once`:
    kinds and notices told outside working hours, too.
    """

    open: tuple[str, ...] = OPEN_WAYS
    insist: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at_once: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guidance:
    """Advice shown where it helps. `avoid`: discouraged phrase → better wording; `insists`: what has one is not taken."""

    id: str
    at: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    avoid: Mapping[str, str] = field(default_factory=dict)
    insists: bool = False
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
