"""A produced document as a sheet: its fields filled from the case, and the places for signatures."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.application.story_words import Words, shown
from huiyin.cases.state import Document
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
        "points": opened.case.points,
        "says": form.says if form else (),
        "signatures": _signatures(opened, document),
        "day": _("%(year)s年%(month)s月%(day)s日") % {"year": local.year, "month": local.month, "day": local.day},
    }


def _rows(opened: Opened, wanted: tuple[str, ...]) -> list[tuple[str, str]]:
    """Label and value: the form's own fields, or else the matter and what was found."""
    case, regime = opened.case, opened.regime
    words = Words(regime, case, opened.world, opened.sight.hidden)
    rows = [(_("编号"), case.number), (_("被投诉"), respondent_words(opened))]
    facts = {name: field for work in (*regime.flow.values(), *regime.acts.values()) for name, field in work.fields.items()}
    names = [name.partition(".")[2] or name for name in wanted]
    for name, field in regime.intake.fields.items():
        if (not wanted or name in names) and f"matter.{name}" not in words.hidden:
            rows.append((field.title, shown(case.matter[name], field) if case.matter.get(name) not in (None, "") else ""))
    for name, field in facts.items():
        if (name in names if wanted else name in case.facts) and f"facts.{name}" not in words.hidden:
            rows.append((field.title, shown(case.facts[name], field) if case.facts.get(name) not in (None, "") else ""))
    known = {name for name in (*regime.intake.fields, *facts)}
    rows += [(name, "") for name in names if name not in known and not name.isascii()]
    return rows


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
