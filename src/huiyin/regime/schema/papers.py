"""Forms, notices, guidance, questionnaires (2.6)."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key

from .parts import ConditionText, Listed, Part, Plain


def _signatures(value: Any) -> Any:
    if isinstance(value, str):
        return {value: 1}
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return dict.fromkeys(value, 1)
    return value


class FormPart(Part):
    """A document rendered from case data."""

    fields: Listed = ()
    signed_by: Annotated[dict[str, Annotated[int, Key(ge=1)]], BeforeValidator(_signatures)] = {}
    copies: Annotated[int, Key(ge=1)] = 1
    copies_to: Listed = ()
    to: Listed = ()
    number: str = ""
    says: Listed = ()


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
