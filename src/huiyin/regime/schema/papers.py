"""Forms, notices, guidance, questionnaires (2.6)."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Key

from .parts import ConditionText, FieldPart, Listed, Part, Plain


def _signatures(value: Any) -> Any:
    if isinstance(value, str):
        return {value: 1}
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return dict.fromkeys(value, 1)
    return value


def _labelled(value: Any) -> Any:
    """Names alone, or each with a label of its own: [a, b] or {a: 甲, b: 乙}."""
    if isinstance(value, str):
        return {value: ""}
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return dict.fromkeys(value, "")
    return value


Labelled = Annotated[dict[str, str], BeforeValidator(_labelled)]


class FormLinePart(Plain):
    """One line of a form's layout; a text may stand alone."""

    text: str = ""
    section: str = ""
    row: Labelled = {}
    each: Literal["points", "evidence", "enclosures", "steps", "limits", "orders", "carried", "samples", "custody", "results"] | None = None
    show: Labelled = {}
    blank: str = ""
    height: Annotated[int, Key(ge=1)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _text_alone(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class FormPart(Part):
    """A document made of a case, or a register of cases."""

    of: Literal["case", "cases"] = "case"
    fields: Listed = ()
    lines: tuple[FormLinePart, ...] = ()
    filled: dict[str, FieldPart] = {}
    blank: Listed = ()
    required: Listed = ()
    signed_by: Annotated[dict[str, Annotated[int, Key(ge=1)]], BeforeValidator(_signatures)] = {}
    seal: bool = False
    copies: Annotated[int, Key(ge=1)] = 1
    copies_to: Listed = ()
    to: Listed = ()
    number: str = ""
    replaces: str = ""
    says: Listed = ()
    header: str = ""
    footer: str = ""
    paper: Literal["A4", "A4-landscape", "A3-landscape", "A5"] | None = None


class NoticePart(Part):
    """What somebody is told after an event."""

    after: Listed
    to: Listed
    when: ConditionText | None = None
    text: str = ""
    form: str | None = None
    via: Listed = ()
    acknowledge: bool = False


class GuidancePart(Part):
    """Advice shown where it helps."""

    at: Listed = ()
    category: Listed = ()
    channel: Listed = ()
    say: Listed = ()
    avoid: dict[str, str] = {}
    insists: bool = False


class QuestionPart(Part):
    """One question."""

    type: Literal["scale", "yes-no", "choice", "text"] = "scale"
    choices: dict[str, Part] = {}
    low: float | None = None


class QuestionnairePart(Part):
    """Questions, and when the answers count as satisfied."""

    questions: dict[str, QuestionPart]
    satisfied: ConditionText | None = None


class MeasuredPart(Plain):
    """A measure of our own: how many of which cases."""

    count: ConditionText
    among: ConditionText | None = None
