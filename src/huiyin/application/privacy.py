"""Keeping private values out of events: they are sealed beside the case, and a mark stands in their place."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from huiyin.cases.commands import Command, Complete, Correct, File, Perform, Record
from huiyin.cases.people import Complainant
from huiyin.regime.model import Field, Regime
from huiyin.store.personal.data import HIDDEN, PersonalData
from huiyin.store.personal.records import COMPLAINANT, MATTER, RESPONDENT, new_record
from huiyin.store.recording import Recording


def without_private(regime: Regime, command: Command, private: Mapping[str, str]) -> tuple[Command, dict[str, str]]:
    """The command with marks for private values, and those values by field.

    `private` are values given apart; values of private fields inside the command are moved as well.
    """
    match command:
        case File() | Complete():
            values, sealed = _split(regime.intake.fields, command.matter, private)
            return replace(command, matter=values), sealed
        case Perform():
            work = regime.flow.get(command.work) or regime.acts.get(command.work)
            values, sealed = _split(work.fields if work else {}, command.fields, private)
            return replace(command, fields=values), sealed
        case Record():
            act = regime.acts.get(command.kind_of_act)
            values, sealed = _split(act.fields if act else {}, command.fields, private)
            return replace(command, fields=values), sealed
        case Correct():
            section, _, name = command.path.partition(".")
            field = regime.intake.fields.get(name) if section == "matter" else None
            if field is not None and field.private:
                return replace(command, value=HIDDEN), {name: str(command.value)}
    return command, {}


def _split(
    fields: Mapping[str, Field], values: Mapping[str, Any], private: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    given = {**values, **private}
    sealed = {
        name: str(value)
        for name, value in given.items()
        if name in fields and fields[name].private and value not in (None, "", HIDDEN)
    }
    kept = {name: HIDDEN if name in sealed else value for name, value in given.items()}
    return kept, sealed


def seal_values(recording: Recording, organisation_id: UUID, case_id: UUID, values: Mapping[str, str]) -> None:
    """Seal private values with the case."""
    if values:
        row, indexes = new_record(organisation_id, case_id, MATTER, PersonalData(other=dict(values)))
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
