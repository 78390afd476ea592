"""A regime for clients."""

from collections.abc import Iterable
from datetime import date

from huiyin.api.schemas.regimes import (
    ChannelOut,
    EvidenceKindOut,
    FieldOut,
    LimitOut,
    QuestionnaireOut,
    QuestionOut,
    RegimeItem,
    RegimeOut,
)
from huiyin.regime.model import Field, Question, Questionnaire, Regime
from huiyin.regime.saying import say_rows

SCALE = "scale"


def regime_item(regime: Regime) -> RegimeItem:
    """A regime in a list."""
    return RegimeItem(id=regime.id, title=regime.title, version=regime.version, kinds=dict(regime.kinds))


def regime_out(regime: Regime) -> RegimeOut:
    """A regime in full."""
    effective = regime.governance.effective_on
    return RegimeOut(
        id=regime.id,
        title=regime.title,
        version=regime.version,
        kinds=dict(regime.kinds),
        purpose=regime.purpose,
        scope=regime.scope,
        issuer=regime.governance.issuer,
        effective_on=effective if isinstance(effective, date) else None,
        articles=dict(regime.articles),
        anonymous=regime.intake.anonymous,
        points=regime.intake.points,
        channels=[
            ChannelOut(id=each.id, title=each.title, public=each.public, hours=each.hours, contact=each.contact)
            for each in regime.intake.channels.values()
        ],
        categories={each.id: each.title for each in regime.categories.values()},
        severities=dict(regime.severity.levels),
        fields=fields_out(regime.intake.fields.values()),
        evidence=[
            EvidenceKindOut(
                id=each.id,
                title=each.title,
                required=each.required if isinstance(each.required, bool) else None,
                instead=each.instead,
                fields=fields_out(each.fields.values()),
                physical=each.physical,
                cite=list(each.cite),
            )
            for each in regime.intake.evidence.values()
        ],
        limits=[
            LimitOut(id=each.id, title=each.title, within=say_rows(regime, each.within), cite=list(each.cite))
            for each in regime.limits.values()
        ],
        questionnaires=[questionnaire_out(each) for each in regime.questionnaires.values()],
    )


def fields_out(fields: Iterable[Field]) -> list[FieldOut]:
    """Fields of a form."""
    return [
        FieldOut(
            id=each.id,
            title=each.title,
            type=each.type.value,
            choices=dict(each.choices),
            required=each.required if isinstance(each.required, bool) else None,
            private=each.private,
            note=each.note,
        )
        for each in fields
    ]


def questionnaire_out(questionnaire: Questionnaire) -> QuestionnaireOut:
    """A questionnaire with its questions."""
    questions = [_question_out(each) for each in questionnaire.questions.values()]
    return QuestionnaireOut(id=questionnaire.id, title=questionnaire.title, questions=questions)


def _question_out(question: Question) -> QuestionOut:
    kind = question.type.value if question.type else SCALE
    return QuestionOut(id=question.id, title=question.title, type=kind, choices=dict(question.choices))
