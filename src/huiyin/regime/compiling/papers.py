"""Notices, guidance, questionnaires."""

from huiyin.regime.model import FieldType, Guidance, Notice, Question, Questionnaire, Sending
from huiyin.regime.source import Path
from huiyin.regime.vocabulary import TOLD, WAYS

from .desk import Desk
from .resolving import item

_QUESTION_TYPES = {"scale": None, "yes-no": FieldType.YES_NO, "choice": FieldType.CHOICE, "text": FieldType.TEXT}


def notices(desk: Desk) -> dict[str, Notice]:
    """What somebody is told after an event."""
    result = {}
    for notice_id, part in desk.file.notices.items():
        path: Path = ("notices", notice_id)
        to = desk.role_list(part.to, (*path, "to"))
        if part.form is not None:
            desk.forms([part.form], (*path, "form"))
        result[notice_id] = Notice(
            id=notice_id,
            title=part.title or "告知" + "、".join(desk.role_title(role) for role in to),
            after=desk.event_list(part.after, (*path, "after")),
            to=to,
            when=desk.condition(part.when, (*path, "when")),
            text=part.text,
            form=part.form,
            via=_ways(desk, part.via, (*path, "via")),
            acknowledge=part.acknowledge,
            cite=desk.cite(part.cite, path),
        )
    return result


def _ways(desk: Desk, ways: tuple[str, ...], path: Path) -> tuple[str, ...]:
    for number, way in enumerate(ways):
        desk.reference(way, WAYS, item(path, number, desk.source), "通知方式", "way of telling")
    return ways


def sending(desk: Desk) -> Sending:
    """How what is told goes out: which ways are open, which cannot be turned off, what cannot wait for office hours."""
    part = desk.file.sending
    for number, told in enumerate(part.at_once):
        path = item(("sending", "at_once"), number, desk.source)
        desk.reference(told, [*TOLD, *desk.file.notices], path, "告知", "kind or notice")
    return Sending(
        open=Sending().open if part.open is None else _ways(desk, part.open, ("sending", "open")),
        insist={kind: _ways(desk, ways, ("sending", "insist", kind)) for kind, ways in part.insist.items()},
        at_once=part.at_once,
    )


def guidance(desk: Desk) -> dict[str, Guidance]:
    """Advice and where it shows."""
    result = {}
    categories = desk.names("flow").categories or ()
    for guidance_id, part in desk.file.guidance.items():
        path: Path = ("guidance", guidance_id)
        for number, place in enumerate(part.at):
            desk.reference(place, [*desk.file.flow, *desk.file.acts], (*path, "at", number), "环节", "step")
        for number, category in enumerate(part.category):
            desk.reference(category, categories, (*path, "category", number), "类别", "category")
        for number, channel in enumerate(part.channel):
            desk.reference(channel, desk.file.intake.channels, (*path, "channel", number), "渠道", "channel")
        result[guidance_id] = Guidance(
            id=guidance_id,
            at=part.at,
            category=part.category,
            channel=part.channel,
            say=part.say,
            avoid=dict(part.avoid),
            insists=part.insists,
            cite=desk.cite(part.cite, path, needed=False),
        )
    return result


def questionnaires(desk: Desk) -> dict[str, Questionnaire]:
    """Questions, and when the answers count as satisfied."""
    return {
        questionnaire_id: Questionnaire(
            id=questionnaire_id,
            title=part.title or "意见征询",
            questions={
                name: Question(
                    id=name,
                    title=question.title or name,
                    type=_QUESTION_TYPES[question.type],
                    choices={choice: each.title or choice for choice, each in question.choices.items()},
                    low=question.low,
                )
                for name, question in part.questions.items()
            },
            satisfied=desk.condition(part.satisfied, ("questionnaires", questionnaire_id, "satisfied")),
        )
        for questionnaire_id, part in desk.file.questionnaires.items()
    }
