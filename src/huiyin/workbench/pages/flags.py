"""Flags on a person in words: what it is, who put it up, why, until when, what was done to protect."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.flags import StandingFlag
from huiyin.application.story_words import said
from huiyin.application.world import World
from huiyin.regime.affairs import split_affair_id
from huiyin.regime.model import Field, FieldType, fields_of_work
from huiyin.site.components import Fact
from huiyin.workbench.words.articles import Cited, all_cited
from huiyin.workbench.words.moments import moment_words
from huiyin.workbench.words.people import person_name


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A flag as it is shown above the case; `href` leads to its case for those who may see it."""

    title: str
    note: str
    text: str
    facts: list[Fact]
    number: str
    href: str
    cites: list[Cited]


def flag_lines(flags: Iterable[StandingFlag], world: World) -> list[FlagLine]:
    """The lines, newest first as they come."""
    return [_line(each, world) for each in flags]


def _line(flag: StandingFlag, world: World) -> FlagLine:
    regime = world.in_force(split_affair_id(flag.regime)[0])
    until = moment_words(flag.until, world) if flag.until else _("解除")
    words = {"who": person_name(flag.by, world), "when": moment_words(flag.at, world), "until": until}
    fields = fields_of_work(regime)
    return FlagLine(
        title=flag.title,
        note=_("%(who)s，%(when)s提出，到%(until)s为止") % words,
        text=flag.text,
        facts=[_fact(name, value, fields.get(name), world) for name, value in flag.said.items()],
        number=flag.number,
        href=reverse("desk-case", args=[flag.number]) if flag.number else "",
        cites=list(all_cited(regime, flag.cite)),
    )


def _fact(name: str, value: object, field: Field | None, world: World) -> Fact:
    if field is None:
        return Fact(name, str(value))
    named = {FieldType.PERSON: world.people.name_of, FieldType.UNIT: world.people.unit_title}.get(field.type)
    return Fact(field.title, named(str(value)) if named else said(value, field, world.calendar.zone))
