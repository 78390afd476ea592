"""A produced document as a sheet: its fields filled from the case, and the places for signatures."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.application.personal import parties_of
from huiyin.application.story_words import Words, local_time, shown
from huiyin.cases.state import Document
from huiyin.regime.model import Field
from huiyin.store.personal.data import PersonalData
from huiyin.workbench.pages.case import respondent_words


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign, with the name where it is signed."""

    role: str
    name: str


def paper_words(opened: Opened, document: Document) -> dict[str, Any]:
    """What the printed sheet shows. What is not known stays empty for the pen."""
    form = opened.regime.forms.get(document.form)
    local = document.produced_at.astimezone(opened.world.calendar.zone)
    return {
        "organisation": opened.world.organisation,
        "document": document,
        "case": opened.case,
        "regime": opened.regime,
        "form": form,
        "rows": _rows(opened, form.fields if form else ()),
        "says": form.says if form else (),
        "signatures": _signatures(opened, document),
        "day": _("%(year)s年%(month)s月%(day)s日") % {"year": local.year, "month": local.month, "day": local.day},
    }


def _rows(opened: Opened, wanted: tuple[str, ...]) -> list[tuple[str, str]]:
    """Label and value in the order of the form; a form that names no fields shows the matter and what was found."""
    values = _values(opened)
    if not wanted:
        case = opened.case
        wanted = ("case.number", "respondent", *opened.regime.intake.fields, *(name for name in case.facts if name in values))
    found = []
    for path in wanted:
        known = values.get(path) or values.get(path.partition(".")[2])
        if known is not None:
            found.append(known)
        elif not path.isascii():
            found.append((path, ""))
    return found


def _values(opened: Opened) -> dict[str, tuple[str, str]]:
    """Everything a form can name: path → label and value. Names and numbers of people stay masked on paper, too."""
    case, regime, world = opened.case, opened.regime, opened.world
    words = Words(regime, case, world, opened.sight.hidden)
    channel, category = regime.intake.channels.get(case.channel), regime.categories.get(case.category)
    points = "\n".join(f"{number}. {point}" for number, point in enumerate(case.points, start=1))
    party = parties_of(opened).get("complainant", PersonalData())
    anonymous = _("匿名") if case.complainant.anonymous else ""
    values = {
        "case.number": (_("编号"), case.number),
        "case.received_at": (_("收到时间"), local_time(case.received_at, words)),
        "case.channel": (_("来源"), channel.title if channel else case.channel),
        "case.kind": (_("事项类型"), regime.kinds.get(case.kind, case.kind)),
        "case.category": (_("类别"), category.title if category else ""),
        "case.severity": (_("严重程度"), regime.severity.levels.get(case.severity, "")),
        "case.points": (_("诉求"), points),
        "complainant.name": (_("投诉人"), party.name or anonymous),
        "complainant.phone": (_("电话"), party.phone),
        "complainant.address": (_("地址"), party.address),
        "respondent": (_("被投诉"), respondent_words(opened)),
        "respondent.unit": (_("被投诉部门"), words.unit(case.respondent.unit)),
        "respondent.person": (_("被投诉人"), words.person(case.respondent.person)),
        "satisfied": (_("是否满意"), _satisfied(opened)),
    }
    values |= {f"settings.{name}": (each.title, str(regime.answers.get(name, ""))) for name, each in regime.settings.items()}
    for asked in regime.questionnaires.values():
        values |= {name: (each.title, str(case.answers.get(name, ""))) for name, each in asked.questions.items()}
    for work in (*regime.flow.values(), *regime.acts.values()):
        values |= {name: (field.title, _shown(case.facts.get(name), field)) for name, field in work.fields.items()}
    values |= {name: (field.title, _shown(case.matter.get(name), field)) for name, field in regime.intake.fields.items()}
    hidden = {path.partition(".")[2] or path for path in words.hidden}
    return {path: each for path, each in values.items() if path.partition(".")[0] not in hidden}


def _shown(value: object, field: Field) -> str:
    return "" if value in (None, "", []) else shown(value, field)


def _satisfied(opened: Opened) -> str:
    if opened.case.happened("satisfied"):
        return _("满意")
    return _("不满意") if opened.case.happened("dissatisfied") else ""


def _signatures(opened: Opened, document: Document) -> list[Signature]:
    """Signed places first by role, then empty ones."""
    regime, people = opened.regime, opened.world.people
    places = [
        Signature(regime.role_title(role), _("投诉人") if person == "complainant" else people.name_of(person))
        for role, person in document.signatures
    ]
    for role, many in document.missing().items():
        places += [Signature(regime.role_title(role), "")] * many
    return places
