"""What follows from a case beside it, in the same transaction: affairs are opened, their origin is told, watches fire."""

from collections.abc import Sequence
from uuid import UUID

from huiyin.cases.access import sight
from huiyin.cases.commands import CallOff, Command, File
from huiyin.cases.context import Context
from huiyin.cases.decide import decide
from huiyin.cases.events import Event
from huiyin.cases.people import SYSTEM, Actor
from huiyin.cases.refusals import Refused
from huiyin.cases.state import Case
from huiyin.organisations.uuid7 import uuid7
from huiyin.regime.affairs import affair_id, affairs_of, split_affair_id
from huiyin.regime.model import Regime
from huiyin.standing.opening import Opening, called_for, called_off
from huiyin.standing.telling import opened, progress, told
from huiyin.store.history import CaseHistory
from huiyin.store.loading import Loaded, load
from huiyin.store.models import CaseRow
from huiyin.store.recording import Recording
from huiyin.store.registers import next_number

from .clock import after_the_last
from .held_back import HeldBack
from .watches import newly_counted
from .world import World


def follow(
    recording: Recording,
    world: World,
    regime: Regime,
    after: Case,
    events: Sequence[Event],
    *,
    held_back: HeldBack | None = None,
    new: bool = False,
) -> None:
    """Everything beside a case that follows from what was just recorded of it; `after` is the case as it is now.

    `new`: the case has just been filed. `held_back`: what a batch holds back when watches look at other cases.
    """
    follow_up(recording, world, regime, after, events)
    if regime.parent is None and any(regime.watches):
        for opening in newly_counted(recording, world, regime, after, held_back, new=new):
            open_affair(recording, world, regime, opening)


def follow_up(recording: Recording, world: World, regime: Regime, after: Case, events: Sequence[Event]) -> None:
    """The part of `follow` that looks at no other case but those concerned: affairs are opened and told."""
    parent = regime.parent or regime
    directory = world.directory(parent.id)
    news = progress(regime, after, events)
    if news is not None:
        for case_id in told(regime, after):
            tell(recording, world, UUID(case_id), news)
    for opening in called_for(parent, after, events, directory, world.tables(parent.id)):
        open_affair(recording, world, parent, opening)
    for affair, key in called_off(parent, after, events):
        row = CaseRow.objects.filter(
            organisation_id=world.organisation.pk, regime=affair_id(parent.id, affair), occasion=key
        ).first()
        if row is not None:
            tell(recording, world, row.id, CallOff())


def open_affair(recording: Recording, world: World, parent: Regime, opening: Opening) -> UUID | None:
    """Open an affair under its regime; None when it was opened before."""
    regime = affairs_of(parent)[opening.affair]
    key = opening.command.occasion.key
    known = CaseRow.objects.filter(organisation_id=world.organisation.pk, regime=regime.id, occasion=key)
    if known.exists() or any((row.regime, row.occasion) == (regime.id, key) for row in recording.new_cases):
        return None
    case_id = uuid7()
    number = next_number(world.organisation.pk, regime.intake.number, world.today)
    context = _context(world, regime, str(case_id), number=number)
    decision = decide(regime, None, opening.command, context)
    recording.add(
        regime, context.directory, None, decision.events, decision.case, people_as_of=world.people_as_of
    )
    for each in told(regime, decision.case):
        if each != decision.case.origin:
            tell(recording, world, UUID(each), opened(regime, decision.case))
    follow(recording, world, regime, decision.case, decision.events)
    return case_id


def duty_filed_from(world: World, actor: Actor, regime: Regime, command: File) -> UUID:
    """The open duty a case is filed from, such as the opening of an opinion box.

    Raises:
        Refused: there is no such duty open for this person, or its cases come by another channel.
    """
    here = CaseRow.objects.filter(organisation_id=world.organisation.pk, id=_uuid(command.origin))
    row = here.first() if actor.kind == "staff" else None
    if row is not None and split_affair_id(row.regime)[0] == regime.id and row.state != "closed":
        duty = regime.duties.get(split_affair_id(row.regime)[1])
        of_affair, case = world.regime(row.regime, row.regime_version), load(row).case
        if duty is not None and duty.files and sight(of_affair, case, actor, world.directory(regime.id)).sees:
            if duty.files == command.channel:
                return row.id
            title = regime.intake.channels[duty.files].title
            raise Refused("wrong-value", f"从“{duty.title}”登记的，来源是“{title}”。", fields={"channel": f"请选择“{title}”"})
    raise Refused("not-open-now", "这项职责没有打开，或者不能从它登记案件。")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def tell(recording: Recording, world: World, case_id: UUID, command: Command) -> None:
    """Give a command of the system to a case or affair, and let follow from it what does. Nothing where there is none."""
    loaded = recording.folded(case_id)
    if loaded is not None:
        recording.write()  # what this transaction has done to it must stand before more is done
    row = CaseRow.objects.select_for_update().filter(id=case_id, organisation_id=world.organisation.pk).first()
    if row is None:
        return
    apply(recording, world, row, loaded or load(row), command)


def apply(recording: Recording, world: World, row: CaseRow, loaded: Loaded, command: Command) -> bool:
    """Record a command of the system for a case whose row is locked; whether anything happened."""
    regime = world.regime(row.regime, row.regime_version)
    context = _context(world, regime, str(row.id), case=loaded.case)
    decision = decide(regime, loaded.case, command, context)
    if not decision.events:
        return False
    recording.add(
        regime,
        context.directory,
        loaded,
        decision.events,
        decision.case,
        people_as_of=world.people_as_of,
        stored=row,
    )
    follow(recording, world, regime, decision.case, decision.events)
    return True


def _context(world: World, regime: Regime, case_id: str, *, number: str = "", case: Case | None = None) -> Context:
    now = world.now if case is None else after_the_last(world.now, case)
    history = CaseHistory(world.organisation.pk, regime, world.now, world.calendar.zone)
    return world.context(SYSTEM, regime, history, case_id=case_id, number=number, now=now)
