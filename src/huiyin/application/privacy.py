"""Keeping private values out of events: they are sealed beside the case, and a mark stands in their place."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from huiyin.cases.acts import act_of
from huiyin.cases.commands import (
    AmendReport,
    AnswerOrder,
    Command,
    Complete,
    CoreAct,
    Correct,
    Extend,
    File,
    Invite,
    Perform,
)
from huiyin.cases.events import Event, OutsideInvited
from huiyin.cases.people import Complainant
from huiyin.cases.principles import COMPLETE_RECORDS
from huiyin.cases.refusals import Refused
from huiyin.cases.values import WrongValue, checked
from huiyin.records import replace
from huiyin.regime.model import Field, Regime
from huiyin.regime.model.flow import Work
from huiyin.store.personal.data import HIDDEN, PersonalData, normal_email
from huiyin.store.personal.records import COMPLAINANT, MATTER, OUTSIDE, RESPONDENT, new_record
from huiyin.store.recording import Recording

from .story_words import shown


def without_private(
    regime: Regime, command: Command, private: Mapping[str, str], zone: ZoneInfo
) -> tuple[Command, dict[str, str]]:
    """The command with marks for private values, and those values by field, as people read them.

    `private` are values given apart; values of private fields inside the command are moved as well, whatever the
    command: a filing, a completion, a step, an act of the regime's own, a core act, more time, a correction.

    Raises:
        Refused: a private value does not fit its field. The core sees the mark only and could not tell.
    """
    sealing = _Sealing(zone)
    apart = dict(private)
    if isinstance(command, File | Complete):
        fields = regime.intake.fields
        asked = _fields_of(regime, command)
        own = {name: apart.pop(name) for name in list(apart) if name in asked and name not in fields}
        command = replace(command, matter=sealing.without({**command.matter, **apart}, fields))
        apart = own
    if isinstance(command, Correct):
        field = _field_at(regime, command.path)
        if field is not None and field.private:
            kept = sealing.without({field.id: command.value}, {field.id: field}, place="value")
            command = replace(command, value=kept[field.id])
    if isinstance(command, Perform | CoreAct):
        command = replace(command, fields=sealing.without({**command.fields, **apart}, _fields_of(regime, command)))
    return command, sealing.sealed


def _fields_of(regime: Regime, command: Command) -> Mapping[str, Field]:
    """What the regime asks for with this command besides the filing itself."""
    match command:
        case Perform():
            work: Work | None = regime.flow.get(command.work) or regime.acts.get(command.work)
        case Extend():
            limit = regime.limit_of(command.limit)
            return limit.extension.fields if limit and limit.extension else {}
        case AnswerOrder() | AmendReport():
            asked = (kind.fields for kind in regime.orders.values())
            return {**regime.acts[command.act].fields, **{name: field for fields in asked for name, field in fields.items()}}
        case CoreAct():
            work = regime.acts.get(act_of(command))
        case _:
            work = None
    return work.fields if work else {}


def _field_at(regime: Regime, path: str) -> Field | None:
    """The field a correction is about."""
    section, _, name = path.partition(".")
    if section == "matter":
        return regime.intake.fields.get(name)
    works = (*regime.flow.values(), *regime.acts.values()) if section == "facts" else ()
    return next((work.fields[name] for work in works if name in work.fields), None)


class _Sealing:
    """Takes private values out of a command, one set of fields after another."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.sealed: dict[str, str] = {}

    def without(self, given: Mapping[str, Any], fields: Mapping[str, Field], *, place: str = "") -> dict[str, Any]:
        """The values with marks for the private ones, which are checked and set apart. `place`: where the form has it."""
        kept, problems = dict(given), {}
        for name, value in given.items():
            field = fields.get(name)
            if field is None or not field.private or value in (None, "", HIDDEN) or value == []:
                continue
            try:
                self.sealed[name] = shown(checked(field, value, self.zone), field)
            except WrongValue as trouble:
                problems[place or name] = str(trouble)
            kept[name] = HIDDEN
        if problems:
            message = "；".join(problems.values()) + "。"
            raise Refused("wrong-value", message, cite=COMPLETE_RECORDS, fields=problems)
        return kept


def seal_values(recording: Recording, organisation_id: UUID, case_id: UUID, values: Mapping[str, str]) -> None:
    """Seal private values with the case."""
    if values:
        row, indexes = new_record(organisation_id, case_id, MATTER, PersonalData(other=dict(values)))
        recording.personal.append(row)
        recording.blind.extend(indexes)


def seal_address(
    recording: Recording, organisation_id: UUID, case_id: UUID, command: Command, events: Iterable[Event]
) -> None:
    """Seal the address of a party outside that was just invited, under the key of its invitation."""
    if not isinstance(command, Invite) or not command.email.strip():
        return
    for event in events:
        if isinstance(event, OutsideInvited):
            address = PersonalData(other={event.key: normal_email(command.email)})
            row, indexes = new_record(organisation_id, case_id, OUTSIDE, address)
            recording.personal.append(row)
            recording.blind.extend(indexes)


def seal_parties(
    recording: Recording,
    organisation_id: UUID,
    case_id: UUID,
    command: File,
    complainant: PersonalData | None,
    respondent: PersonalData | None,
) -> File:
    """Seal who complains and, where it is a stranger, who is complained about; the command then names the records."""
    if complainant and not command.complainant.anonymous:
        row, indexes = new_record(organisation_id, case_id, COMPLAINANT, complainant)
        recording.personal.append(row)
        recording.blind.extend(indexes)
        reachable = command.complainant.reachable and bool(complainant.phone or complainant.email or complainant.address)
        command = replace(command, complainant=replace(command.complainant, party=str(row.id), reachable=reachable))
    elif not command.complainant.party:
        command = replace(command, complainant=_unnamed(command.complainant))
    if respondent:
        row, indexes = new_record(organisation_id, case_id, RESPONDENT, respondent)
        recording.personal.append(row)
        recording.blind.extend(indexes)
        command = replace(command, respondent=replace(command.respondent, party=str(row.id)))
    return command


def _unnamed(complainant: Complainant) -> Complainant:
    """Without a name nobody can be reached but through the tracking page."""
    return replace(complainant, reachable=complainant.reachable and not complainant.anonymous)
