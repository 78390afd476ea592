"""What a party outside sees of a case: its tasks with their due times, the matter, and what it has done."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.application.story_words import Words
from huiyin.cases.available import available
from huiyin.cases.possible import Possible
from huiyin.cases.turns import turns
from huiyin.portal.place import Place
from huiyin.site.components import Fact
from huiyin.store.log import events_of, read_event

from .moments import due_words, moment_words

_TASKS = frozenset({"perform", "approve", "sign", "acknowledge"})


@dataclass(frozen=True, slots=True)
class Task:
    """Something the party can do now. `name` stands in addresses; `due`: until when, in words, or empty."""

    name: str
    possible: Possible
    due: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The party's part in a case. `done`: when and what, newest first."""

    name: str
    role: str
    office: str
    tasks: list[Task]
    matter: list[Fact]
    done: list[tuple[str, str]]
    open: bool


def tasks_of(opened: Opened) -> list[Task]:
    """What the party can do now, by the same rules as everybody; its own steps first."""
    regime, case, world = opened.regime, opened.case, opened.world
    now = {each.key if each.kind in ("approval", "acknowledge", "sign") else each.work: each.due for each in
           turns(regime, case, world.directory(regime.id))}  # fmt: skip
    found = []
    for possible in available(regime, case, opened.context()):
        if possible.command not in _TASKS or possible.blocked is not None or possible.questionnaire is not None:
            continue
        due = now.get(possible.work)
        words = _("请在%(until)s办理。") % {"until": due_words(due, world.calendar.zone, world.now)} if due else ""
        name = ".".join(part for part in (possible.command, possible.work, possible.member) if part)
        found.append(Task(name, possible, words))
    return found


def part_of(place: Place, opened: Opened, key: str) -> Part:
    """Everything the page shows."""
    regime, case = opened.regime, opened.case
    invitation = case.invitations[key]
    words = Words(regime, case, opened.world, opened.sight.hidden)
    public = {name: field for name, field in regime.intake.fields.items() if not field.private}
    said = {name: value for name, value in case.matter.items() if name in public}
    matter = [Fact(_("类别"), regime.categories[case.category].title)] if case.category in regime.categories else []
    matter += [Fact(title, value) for title, value in words.fields(said, public, "matter").items()]
    matter += [Fact(_("诉求"), point) for point in case.points if "matter" not in opened.sight.hidden]
    mine = [event for event in map(read_event, events_of(opened.row.id)) if event.by == opened.actor.person]
    zone, now = place.world.calendar.zone, place.world.now
    return Part(
        name=invitation.name,
        role=regime.role_title(invitation.role),
        office=place.organisation.title,
        tasks=tasks_of(opened),
        matter=matter,
        done=[
            (moment_words(event.at, zone, now), words.work(getattr(event, "work", "")) or event.title)
            for event in reversed(mine)
        ],
        open=case.state != "closed",
    )
