"""Opening affairs: who owes them, whom they are about, and the key that keeps them from opening twice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from zlib import crc32

from huiyin.cases import commands as cmd
from huiyin.cases.events import CorrectiveOpened, DutyCalled, Event, MeasureCalled, SanctionWithdrawn
from huiyin.cases.people import Directory, Respondent
from huiyin.cases.quiet import quiet_scope
from huiyin.cases.state import Case, Occasion
from huiyin.regime.affairs import DUTY, declared
from huiyin.regime.model import Duty, Regime, RoleGroup

from .occurrences import Period

Rows = Mapping[str, Mapping[str, Mapping[str, object]]]
"""The organisation's tables: table → key → column → value."""


@dataclass(frozen=True, slots=True)
class Opening:
    """An affair to open: its id within the regime, and the command."""

    affair: str
    command: cmd.OpenAffair


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owes something; as in `cmd.OpenAffair`."""

    role: str = ""
    unit: str = ""
    handler_role: str = ""
    handler: str = ""


# -- duties ------------------------------------------------------------------------------------------------------------


def members_of(regime: Regime, duty: Duty, directory: Directory) -> tuple[str, ...]:
    """For whom or where a recurring duty is done, each by itself; one empty name where it is done once."""
    if duty.per is None:
        return ("",)
    if duty.per == "location":
        channels = [regime.intake.channels[duty.files]] if duty.files else list(regime.intake.channels.values())
        return tuple(dict.fromkeys(place for channel in channels for place in channel.locations)) or ("",)
    known = regime.roles.get(duty.per)
    if known is None:
        return ("",)
    unit_role = known.id if known.group is RoleGroup.UNIT else known.of
    if unit_role is not None:
        return directory.units_of(unit_role)
    return directory.holders_of(known.id)


def for_period(
    regime: Regime,
    duty: Duty,
    period: Period,
    directory: Directory,
    tables: Rows,
    carried: Mapping[str, tuple[str, ...]],
) -> list[Opening]:
    """The affairs of one period of a recurring duty. `carried`: member → affairs with points still open."""
    if not is_owed(regime, duty, period, directory):
        return []
    sample = drawn(tables, duty, period.start.isoformat())
    return [
        Opening(
            duty.id,
            owed(
                regime,
                duty,
                Occasion(
                    key=f"{period.start.isoformat()}|{member}",
                    start=period.start,
                    end=period.end,
                    due=period.due,
                    missed=period.missed,
                    member=member,
                    sample=sample,
                    carried=carried.get(member, ()),
                ),
                directory,
            ),
        )
        for member in members_of(regime, duty, directory)
    ]


def is_owed(regime: Regime, duty: Duty, period: Period, directory: Directory) -> bool:
    """Whether the duty's `when` holds as its period begins, such as `month(now) == 6`; what it cannot tell it lets pass."""
    nobody = Case("", "", regime.id, regime.version, "", DUTY, "", "", received_at=period.start, filed_at=period.start)
    return quiet_scope(regime, nobody, directory).holds(duty.when, undecided=True)


def after_event(
    regime: Regime,
    duty: Duty,
    event: str,
    key: str,
    member: str,
    directory: Directory,
    tables: Rows,
    origin: Case | None = None,
) -> Opening:
    """A duty that is owed once because of an event. `key` names the event's happening, such as the person who took a post."""
    occasion = Occasion(
        key=f"{key}|{member}", event=event, member=member, sample=drawn(tables, duty, key), cases=_series(origin)
    )
    return Opening(duty.id, replace(owed(regime, duty, occasion, directory), origin=origin.id if origin else ""))


def _series(origin: Case | None) -> tuple[str, ...]:
    """The cases an alarm counted, which what follows from it is about as well."""
    return origin.occasion.cases if origin is not None and origin.occasion is not None else ()


def owed(regime: Regime, duty: Duty, occasion: Occasion, directory: Directory) -> cmd.OpenAffair:
    """The command that opens a duty: who owes it; a unit or person for whom it is done is known, but nobody complains of them."""
    owner = responsible(regime, duty.by, occasion.member, directory)
    is_unit = bool(occasion.member) and any(occasion.member in directory.units_of(role) for role in regime.roles)
    about = Respondent("unit", occasion.member) if is_unit else Respondent()
    return cmd.OpenAffair(
        occasion=occasion,
        role=owner.role,
        unit=owner.unit,
        handler_role=owner.handler_role,
        handler=owner.handler,
        respondent=about,
    )


def responsible(regime: Regime, roles: tuple[str, ...], member: str, directory: Directory) -> Owner:
    """Who of these roles owes a duty: the first of them, in the unit it is done for where that is one of theirs."""
    if not roles:
        return Owner()
    role = roles[0]
    known = regime.roles.get(role)
    if known is None:
        return Owner(handler_role=role)
    unit_role = role if known.group is RoleGroup.UNIT else known.of
    units = directory.units_of(unit_role) if unit_role else ()
    unit = member if member in units else units[0] if len(units) == 1 else ""
    handler = member if known.group is RoleGroup.POST and member in directory.holders_of(role) else ""
    return Owner(unit_role if unit and unit_role else "", unit, role, handler)


def drawn(tables: Rows, duty: Duty, key: str) -> tuple[str, ...]:
    """The rows of the duty's table that are drawn this time. The draw depends on row and time alone, so it can be checked."""
    if not duty.of:
        return ()
    rows = tables.get(duty.of, {})
    return tuple(row for row in rows if duty.share >= 100 or crc32(f"{key}/{row}".encode()) % 100 < duty.share)


# -- called for by a case ----------------------------------------------------------------------------------------------


def called_for(
    regime: Regime, origin: Case, events: Iterable[Event], directory: Directory, tables: Rows
) -> Iterator[Opening]:
    """The affairs that a decision called for, in order; `origin` is the case after it.

    Args:
        regime: the regime that declares them: the parent where the origin is itself an affair.
    """
    for event in events:
        if isinstance(event, DutyCalled):
            duty = declared(regime, event.duty)
            assert isinstance(duty, Duty), event.duty
            key = f"{origin.id}/{_happened(origin, f'{duty.id}.opened')}"
            if event.start is not None:
                yield _keeping(regime, event, key, origin, directory)
                continue
            for member in event.members:
                yield after_event(regime, duty, event.names[0], key, member, directory, tables, origin)
        elif isinstance(event, CorrectiveOpened):
            yield _corrective(regime, event, origin, directory)
        elif isinstance(event, MeasureCalled):
            yield _measure(regime, event, origin, directory)


def _keeping(regime: Regime, event: DutyCalled, key: str, origin: Case, directory: Directory) -> Opening:
    """A sample is disposed of when its time is over; where the origin does not tell who does, by whoever took it."""
    (number,) = event.members
    owner = owner_of(regime, event.owner, origin, directory)
    owner = owner if owner != Owner() else Owner(handler=event.by)
    command = cmd.OpenAffair(
        occasion=Occasion(key=f"{key}|{number}", event=event.names[0], start=event.start, member=number),
        role=owner.role,
        unit=owner.unit,
        handler_role=owner.handler_role,
        handler=owner.handler,
        category=origin.category,
        origin=origin.id,
    )
    return Opening(event.duty, command)


def measure_key(origin: str, sanction: int, measure: str) -> str:
    """The key of the affair in which a measure of a sanction is carried out."""
    return f"{origin}/{sanction}/{measure}"


def called_off(regime: Regime, origin: Case, events: Iterable[Event]) -> Iterator[tuple[str, str]]:
    """The affairs, each with its key, whose measures were taken back by these events."""
    for event in events:
        if isinstance(event, SanctionWithdrawn):
            for name in origin.sanctions[event.sanction].measures:
                measure = regime.accountability.measures.get(name)
                if measure is not None and measure.duty is not None:
                    yield name, measure_key(origin.id, event.sanction, name)


def _measure(regime: Regime, event: MeasureCalled, origin: Case, directory: Directory) -> Opening:
    """A measure is carried out by the person concerned, by who heads the unit concerned, or by whom the regime names."""
    duty = regime.accountability.measures[event.measure].duty
    assert duty is not None
    if duty.by:
        owner = owner_of(regime, duty.by, origin, directory)
    elif any(event.against in directory.units_of(role) for role in regime.roles):
        owner = _head(directory, "", event.against, "")
    else:
        owner = Owner(handler=event.against)
    command = cmd.OpenAffair(
        occasion=Occasion(
            key=measure_key(origin.id, event.sanction, event.measure),
            event=event.names[0],
            start=event.at,
            end=event.until,
            due=event.due,
            member=event.against,
        ),
        role=owner.role,
        unit=owner.unit,
        handler_role=owner.handler_role,
        handler=owner.handler,
        category=origin.category,
        origin=origin.id,
    )
    return Opening(event.measure, command)


def _happened(case: Case, name: str) -> int:
    signal = case.signals.get(name)
    return signal.count if signal else 0


def _corrective(regime: Regime, event: CorrectiveOpened, origin: Case, directory: Directory) -> Opening:
    owner = owner_of(regime, event.owner, origin, directory)
    unit = origin.respondent.unit or owner.unit
    key = f"{origin.id}/{_happened(origin, event.names[0])}|{owner.unit}"
    command = cmd.OpenAffair(
        occasion=Occasion(key=key, event=event.names[0], member=owner.unit, cases=_series(origin)),
        role=owner.role,
        unit=owner.unit,
        handler_role=owner.handler_role,
        handler=owner.handler,
        respondent=Respondent("unit", unit) if unit else Respondent(),
        category=origin.category,
        origin=origin.id,
    )
    return Opening(event.corrective, command)


def owner_of(regime: Regime, roles: tuple[str, ...], origin: Case, directory: Directory) -> Owner:
    """Who owns a corrective action: the first of these roles of which the origin tells who it is; nobody where none does."""
    for role in roles:
        found = _owner(regime, role, origin, directory)
        if found is not None:
            return found
    return Owner()


def _owner(regime: Regime, role: str, origin: Case, directory: Directory) -> Owner | None:
    known = regime.roles.get(role)
    if known is not None:
        unit_role = role if known.group is RoleGroup.UNIT else known.of
        if unit_role is None:
            return None if known.many else Owner(handler_role=role)
        units = directory.units_of(unit_role)
        involved = [unit for unit in (origin.respondent.unit, *origin.units) if unit in units]
        unit = involved[0] if involved else units[0] if len(units) == 1 else ""
        return Owner(unit_role, unit, role) if unit else None
    match role:
        case "handling-unit" if origin.handling_unit:
            return Owner(origin.handling_role, origin.handling_unit, origin.handling_role or "handling-unit")
        case "respondent-unit" if origin.respondent.unit:
            return Owner("", origin.respondent.unit, "respondent-unit")
        case "handling-head" if origin.handling_unit:
            return _head(directory, origin.handling_role, origin.handling_unit, role)
        case "respondent-head" if origin.respondent.unit:
            return _head(directory, "", origin.respondent.unit, role)
        case "respondent" if origin.respondent.person:
            return Owner("", origin.respondent.unit, "", origin.respondent.person)
        case "handler" if origin.handler or origin.handler_role or origin.handling_unit:
            return Owner(origin.handling_role, origin.handling_unit, origin.handler_role, origin.handler)
        case "first-receiver" if origin.first_receiver:
            return Owner(handler=origin.first_receiver)
    return None


def _head(directory: Directory, unit_role: str, unit: str, role: str) -> Owner:
    heads = directory.heads_of(unit)
    return Owner(unit_role, unit, role, heads[0] if heads else "")
