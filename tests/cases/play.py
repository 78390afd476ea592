"""Playing with a case in tests: a world with a person for every role, and random but well-formed work."""

import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from huiyin.calendars import Span, Unit
from huiyin.cases import commands as cmd
from huiyin.cases.available import available
from huiyin.cases.decide import decide
from huiyin.cases.events import Event
from huiyin.cases.people import SYSTEM, Actor, Complainant, Respondent
from huiyin.cases.possible import Possible
from huiyin.cases.refusals import Refused
from huiyin.cases.state import Case, Evidence
from huiyin.regime import load
from huiyin.regime.model import EvidenceKind, Field, FieldType, Regime
from huiyin.scenarios.world import World

START = datetime.fromisoformat("2026-09-28T09:00:00+08:00")
PACKS = Path(__file__).parents[2] / "src" / "huiyin" / "packs"


def pack(name: str) -> Regime:
    """A regime that ships."""
    return load(PACKS / name)


@dataclass
class Play:
    """A case on its way. `do` carries out a command and keeps everything that happened."""

    regime: Regime
    world: World = field(init=False)
    now: datetime = START
    case: Case | None = None
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world = World(self.regime)

    def do(self, actor: Actor | str, command: cmd.Command) -> Case:
        """Carry out a command; raises Refused."""
        who = self.world.actor(actor) if isinstance(actor, str) else actor
        decision = decide(self.regime, self.case, command, self.world.context(who, self.now))
        self.case = decision.case
        self.events.extend(decision.events)
        return decision.case

    def refused(self, actor: Actor | str, command: cmd.Command) -> Refused:
        """The refusal this command meets; fails when it is carried out."""
        try:
            self.do(actor, command)
        except Refused as refused:
            return refused
        raise AssertionError(f"{command} was carried out")

    def later(self, **time: float) -> None:
        """Let time pass, with the clock acting."""
        self.now += timedelta(**time)
        if self.case is not None:
            self.do(SYSTEM, cmd.PassTime())

    def possible(self, actor: Actor) -> tuple[Possible, ...]:
        """What the actor may do now."""
        assert self.case is not None
        return available(self.regime, self.case, self.world.context(actor, self.now))

    def everybody(self) -> list[Actor]:
        """Somebody for every role, the complainant, and the heads of units."""
        return self._everybody

    @cached_property
    def _everybody(self) -> list[Actor]:
        names = ["first-receiver", "complainant", *self.regime.roles]
        names += [
            head
            for role in self.regime.roles
            for unit in self.world.units_of(role)
            for head in self.world.heads_of(unit)
        ]
        return [self.world.actor(name) for name in dict.fromkeys(names)]


def file_something(play: Play, chance: random.Random) -> Case:
    """File a well-formed matter with random content."""
    regime = play.regime
    matter = {name: value_for(each, chance) for name, each in regime.intake.fields.items()}
    respondent = Respondent()
    many = [role.id for role in regime.roles.values() if role.many and play.world.units_of(role.id)]
    if many:
        unit = play.world.units_of(chance.choice(many))[0]
        respondent = Respondent("person", unit, "the-accused")
    return play.do(
        "first-receiver",
        cmd.File(
            kind=chance.choice(list(regime.kinds)),
            channel=chance.choice(list(regime.intake.channels)),
            matter=matter,
            category=chance.choice(list(regime.categories)) if regime.categories else "",
            points=("第一项", "第二项")[: chance.randint(0, 2)] if regime.intake.points else (),
            complainant=Complainant(people=chance.choice([1, 1, 12])),
            respondent=respondent,
            evidence=tuple(piece_of(kind, chance) for kind in regime.intake.evidence.values()),
        ),
    )


def piece_of(kind: EvidenceKind, chance: random.Random) -> Evidence:
    """A piece of evidence with everything the regime asks about its kind."""
    data = {name: value_for(each, chance) for name, each in kind.fields.items()}
    return Evidence(kind.id, kind.id, kind.title, data=data, place="物证柜")


def value_for(each: Field, chance: random.Random) -> Any:
    """A value that fits the field."""
    match each.type:
        case FieldType.NUMBER | FieldType.MONEY:
            return chance.choice([0, 80, 500, 3000])
        case FieldType.YES_NO:
            return chance.random() < 0.3
        case FieldType.DATE:
            return chance.choice(["2026-09-20", "2026-10-12"])
        case FieldType.DATETIME:
            return "2026-10-12 10:00"
        case FieldType.CHOICE:
            return chance.choice(list(each.choices))
        case FieldType.CHOICES:
            return [chance.choice(list(each.choices))]
        case _:
            return chance.choice(["如实填写", "补充说明"])


def command_for(possible: Possible, play: Play, chance: random.Random) -> cmd.Command | None:
    """A well-formed command for something that is possible; None for acts that need another case."""
    command = _command_for(possible, play, chance)
    return replace(command, on_behalf=True) if command is not None and possible.on_behalf else command


def _command_for(possible: Possible, play: Play, chance: random.Random) -> cmd.Command | None:
    fields = {name: value_for(each, chance) for name, each in possible.fields.items()}
    unit = next((units[0] for units in possible.units.values() if units), "")
    match possible.command:
        case "approve":
            return vote(possible, chance)
        case "perform":
            outcome = chance.choice(list(possible.outcomes)) if possible.outcomes else ""
            return cmd.Perform(
                work=possible.work,
                member=possible.member,
                outcome=outcome,
                fields=fields,
                present=possible.present,
                unit=unit,
            )
        case "record":
            return cmd.Record(kind_of_act=possible.work, text="记录在案", fields=fields)
        case "extend":
            return cmd.Extend(limit=possible.work, by=Span(chance.randint(1, 12), Unit.WORKDAYS), fields=fields)
        case "fill":
            asked = possible.questionnaire
            assert asked is not None
            marks = {each.id: chance.randint(1, 5) for each in asked.questions.values() if each.type is None}
            return cmd.Fill(questionnaire=possible.work, answers=marks) if marks else None
        case "acknowledge":
            return cmd.Acknowledge(notice=possible.work)
        case "sign":
            return cmd.Sign(document=possible.work)
        case "suspend" | "terminate" | "return" | "appeal":
            return cmd.COMMANDS[possible.command](text="理由充分", fields=fields)
        case "resume" | "withdraw" | "reopen" | "recuse" | "answer-order" | "ask-more" | "supervise":
            return cmd.COMMANDS[possible.command](text="理由充分")
        case "seal-evidence" | "open-evidence" | "weigh-evidence":
            return about_a_piece(play, possible.command, chance)
        case "add-evidence":
            return cmd.AddEvidence(evidence=(Evidence(f"more-{len(play.events)}", "", "照片"),))
        case _:
            return None


def about_a_piece(play: Play, act: str, chance: random.Random) -> cmd.Command | None:
    """Seal or weigh one of the pieces, or open one that anybody who may open seals may open; None where there is none."""
    assert play.case is not None
    pieces = [item for item in play.case.evidence if act == "weigh-evidence" or item.sealed is (act == "open-evidence")]
    kinds = play.regime.intake.evidence.values()
    if not pieces or (act == "open-evidence" and any(kind.sealed_for for kind in kinds)):
        return None  # whether this or that one may open it, its kind tells, and a test of its own
    key = chance.choice(pieces).key
    if act == "seal-evidence":
        return cmd.SealEvidence(evidence=key, present=("complainant",))
    if act == "open-evidence":
        return cmd.OpenEvidence(evidence=key, text="鉴定需要", present=("complainant",))
    return cmd.WeighEvidence(evidence=key, force=chance.choice(list(play.regime.intake.force)), text="经核对")


def vote(possible: Possible, chance: random.Random) -> cmd.Command:
    """Yes mostly, with amounts inside their brackets; no sometimes."""
    pending = possible.approval
    assert pending is not None
    if chance.random() < 0.25:
        return cmd.Reject(key=pending.key, text="请补充依据")
    payload = pending.payload
    measures = {name: offer[0] for name, offer in payload.get("propose", {}).items() if isinstance(offer, list)}
    conduct = tuple(payload.get("conduct", {}))[:1]
    return cmd.Approve(key=pending.key, measures=measures, conduct=conduct, person=payload.get("against") or "somebody")
