"""Cases of the demo: stories from demo_cases.yaml, made by the same commands that people give on the pages.

Where an updated pack no longer permits a step, its story ends there; the case is a true case all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any

import structlog
import yaml

if TYPE_CHECKING:
    from huiyin.cases.commands import Command, File
    from huiyin.cases.people import Actor
    from huiyin.organisations.models import Organisation
    from huiyin.regime.model import Regime
    from huiyin.store.files.storage import Upload

_log = structlog.get_logger(__name__)
_LATE_REASON = "接待登记簿补录"
_KEY = "demo-story"


@dataclass(frozen=True, slots=True)
class Story:
    """One case to be.

    `days_ago` is when the matter was received; `by` is a person's id or `complainant`; `dates` are date fields of the
    matter given as days before today; `files` are pieces of evidence: name, evidence kind, text.
    """

    pack: str
    by: str
    kind: str
    channel: str
    matter: Mapping[str, Any]
    category: str = ""
    points: tuple[str, ...] = ()
    days_ago: int = 0
    complainant: Mapping[str, str] = field(default_factory=dict)
    respondent: Mapping[str, str] = field(default_factory=dict)
    passed_on_by: str = ""
    dates: Mapping[str, int] = field(default_factory=dict)
    files: tuple[Mapping[str, str], ...] = ()
    steps: tuple[Mapping[str, Any], ...] = ()


def stories() -> tuple[Story, ...]:
    """The stories as written."""
    text = resources.files("huiyin.commands_line").joinpath("demo_cases.yaml").read_text(encoding="utf-8")
    return tuple(
        Story(**story | {name: tuple(story.get(name, ())) for name in ("points", "files", "steps")})
        for story in yaml.load(text, Loader=yaml.CSafeLoader)
    )


def fill(organisation: "Organisation") -> int:
    """File the demo's cases where the demo has none yet; gives how many were filed."""
    from huiyin.organisations.services import regimes_in_force
    from huiyin.store.models import CaseRow

    if CaseRow.objects.filter(organisation_id=organisation.pk).exists():
        return 0
    regimes = {regime.id: regime for regime in regimes_in_force(organisation)}
    filed = sum(
        _play(organisation, regimes[story.pack], story, number)
        for number, story in enumerate(stories(), start=1)
        if story.pack in regimes
    )
    _begin_duties(organisation)
    return filed


def _begin_duties(organisation: "Organisation") -> None:
    """Let duties be owed since the beginning of this month, so that the month's are there to be done."""
    from huiyin.application.standing import enter, open_due
    from huiyin.application.world import world_of

    world = world_of(organisation)
    local = world.now.astimezone(world.calendar.zone)
    enter(world, since=local.replace(day=1, hour=0, minute=0, second=0, microsecond=0))
    open_due(organisation)


def _play(organisation: "Organisation", regime: "Regime", story: Story, number: int) -> bool:
    """File the case and take its steps; False when it could not even be filed."""
    from huiyin.application.filing import file_case
    from huiyin.application.running import run
    from huiyin.cases.refusals import Refused
    from huiyin.store.personal.data import PersonalData

    key = f"{_KEY}-{number}"
    who = _actor(organisation, regime, story.by)
    personal = PersonalData(
        story.complainant.get("name", ""), story.complainant.get("phone", ""), story.complainant.get("address", "")
    )
    try:
        receipt = file_case(
            organisation, regime.id, who, _filing(organisation, story), personal=personal, uploads=_uploads(story), key=key
        )
    except Refused as refused:
        _log.warning("demo-story-not-filed", pack=story.pack, story=number, refused=str(refused), fields=refused.fields)
        return False
    for count, step in enumerate(story.steps, start=1):
        try:
            who = _actor(organisation, regime, step["by"])
            run(organisation, who, receipt.case_id, command_of(step), key=f"{key}-{count}")
        except Refused as refused:
            _log.warning("demo-story-ends", pack=story.pack, story=number, step=count, refused=str(refused))
            break
    return True


def _filing(organisation: "Organisation", story: Story) -> "File":
    from django.utils import timezone

    from huiyin.cases.commands import File
    from huiyin.cases.people import Complainant, Respondent
    from huiyin.organisations.services import now_of

    now = now_of(organisation)
    received = now - timedelta(days=story.days_ago) if story.days_ago else None
    dates = {name: (timezone.localdate(now) - timedelta(days=days)).isoformat() for name, days in story.dates.items()}
    return File(
        kind=story.kind,
        channel=story.channel,
        matter={**story.matter, **dates},
        category=story.category,
        points=story.points,
        complainant=Complainant(anonymous=not story.complainant),
        respondent=_respondent(story.respondent, Respondent),
        passed_on_by=story.passed_on_by,
        received_at=received,
        late_reason=_LATE_REASON if received else "",
        on_behalf=story.by != "complainant",
    )


def _uploads(story: Story) -> "list[Upload]":
    from huiyin.store.files.storage import Upload

    return [Upload(file["name"], file["text"].encode(), file["evidence"]) for file in story.files]


def _respondent(written: Mapping[str, str], make: Any) -> Any:
    kind = next((kind for kind in ("person", "unit") if kind in written), "outside" if "name" in written else "")
    return make(kind=kind, **written)


def _actor(organisation: "Organisation", regime: "Regime", who: str) -> "Actor":
    from huiyin.cases.people import Actor
    from huiyin.organisations.services import directory

    if who == "complainant":
        return Actor("complainant", kind="complainant")
    return directory(organisation, regime.id).actor(who)


def command_of(step: Mapping[str, Any]) -> "Command":
    """The command a written step means: `do` a step or act of the regime, or `give` a command by its name.

    What else the step holds are the command's arguments; a `by` span such as `add: 5 workdays` is read.
    """
    from huiyin.calendars import parse_span
    from huiyin.cases.commands import COMMANDS, RECORD_ACTS, Perform, Record

    arguments = {key: value for key, value in step.items() if key not in ("by", "do", "give", "add")}
    if "add" in step:
        arguments["by"] = parse_span(step["add"])
    for listed in ("also", "conduct", "present"):
        if listed in arguments:
            arguments[listed] = tuple(arguments[listed])
    if "do" in step:
        return Perform(work=step["do"], **arguments)
    if step["give"] in RECORD_ACTS:
        return Record(kind_of_act=step["give"], **arguments)
    return COMMANDS[step["give"]](**arguments)
