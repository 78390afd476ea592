"""Questionnaires: answers checked, satisfaction told from them."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.expressions import Undecided
from huiyin.regime.model import Field, FieldType, Question, Work

from .draft import Draft
from .events import AnswersFilled
from .principles import COMPLETE_RECORDS
from .refusals import Refused
from .values import WrongValue, checked, is_empty

SCALE = (1, 5)  # the default scale of a question, worst to best


def asked_now(draft: Draft) -> tuple[str, ...]:
    """The questionnaires that open steps ask."""
    flow = draft.regime.flow
    asked = (flow[run.step].asks for run in draft.case.open_runs() if run.step in flow)
    return tuple(dict.fromkeys(name for name in asked if name))


def answers_given(draft: Draft, work: Work, given: Mapping[str, Any]) -> tuple[dict[str, Any], bool | None]:
    """The answers that came with a piece of work which asks a questionnaire, as `checked_answers` gives them."""
    if work.asks is None or not given:
        return {}, None
    return checked_answers(draft, work.asks, given, cite=work.cite)


def checked_answers(
    draft: Draft, questionnaire: str, given: Mapping[str, Any], *, cite: tuple[str, ...]
) -> tuple[dict[str, Any], bool | None]:
    """Answers in stored form, and whether they count as satisfied (None when that cannot be told).

    Raises:
        Refused: wrong-value, with a message for each question.
    """
    declared = draft.regime.questionnaires[questionnaire]
    problems: dict[str, str] = {}
    stored: dict[str, Any] = {}
    for name, raw in given.items():
        question = declared.questions.get(name)
        if question is None:
            problems[name] = "没有这个问题"
        elif not is_empty(raw):
            try:
                stored[name] = _answer(draft, question, raw)
            except WrongValue as trouble:
                problems[name] = str(trouble)
    if problems:
        message = "；".join(problems.values()) + "。"
        raise Refused("wrong-value", message, cite=cite or COMPLETE_RECORDS, fields=problems)
    if declared.satisfied is None or not stored:
        return stored, None
    try:
        return stored, bool(declared.satisfied.evaluate(draft.scope().with_values("answers", stored)))
    except Undecided:
        return stored, None


def _answer(draft: Draft, question: Question, raw: Any) -> Any:
    if question.type is None:
        number = checked(Field(question.id, question.title, FieldType.NUMBER), raw, draft.context.calendar.zone)
        if not SCALE[0] <= number <= SCALE[1]:
            raise WrongValue(f"“{question.title}”请打{SCALE[0]}至{SCALE[1]}分")
        return number
    field = Field(question.id, question.title, question.type, question.choices)
    return checked(field, raw, draft.context.calendar.zone)


def fill(
    draft: Draft,
    questionnaire: str,
    answers: Mapping[str, Any],
    satisfied: bool | None,
    *,
    cite: tuple[str, ...] = (),
    on_behalf: bool = False,
) -> None:
    """Record checked answers. An answer at or below its `low` mark happens as `<step>.low` for each step that asks."""
    questions = draft.regime.questionnaires[questionnaire].questions
    is_low = any(
        mark is not None and isinstance(answers.get(name), int | float) and answers[name] <= mark
        for name, mark in ((each.id, each.low) for each in questions.values())
    )
    asking = [step.id for step in draft.regime.flow.values() if step.asks == questionnaire] if is_low else []
    draft.add(
        AnswersFilled(
            **draft.stamp,
            names=tuple(f"{step}.low" for step in asking),
            cite=cite,
            questionnaire=questionnaire,
            answers=answers,
            satisfied=satisfied,
            on_behalf=on_behalf,
        )
    )
