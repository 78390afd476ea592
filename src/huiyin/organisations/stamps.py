"""Stamps: how a cache in any process learns that people or working time of an organisation changed.

A stamp is a fresh random value, not a count: a change that was rolled back can then never be taken for a later one.
"""

from typing import Any
from uuid import UUID

from django.db.models.signals import m2m_changed, post_delete, post_save

from huiyin.organisations.models import (
    Deputy,
    Holding,
    HolidayArrangement,
    Organisation,
    OwnDay,
    RosterTurn,
    Staff,
    Unit,
    UnitRole,
)
from huiyin.organisations.models.organisation import new_stamp


def people_changed(organisation_id: UUID) -> None:
    """Say that units, staff or posts changed. Needed only after bulk operations; saving a row says it by itself."""
    Organisation.objects.filter(pk=organisation_id).update(people_stamp=new_stamp())


def calendar_changed(organisation_id: UUID) -> None:
    """Say that working time changed; as `people_changed`."""
    Organisation.objects.filter(pk=organisation_id).update(calendar_stamp=new_stamp())


def connect() -> None:
    """Stamp on every save and deletion of a row that matters."""
    for signal in (post_save, post_delete):
        for model in (Unit, Staff):
            signal.connect(_own_row, sender=model, dispatch_uid=f"people-{model.__name__}-{id(signal)}")
        signal.connect(_unit_role, sender=UnitRole, dispatch_uid=f"people-unit-role-{id(signal)}")
        for held in (Holding, Deputy, RosterTurn):
            signal.connect(_holding, sender=held, dispatch_uid=f"people-{held.__name__}-{id(signal)}")
        for day in (OwnDay, HolidayArrangement):
            signal.connect(_day, sender=day, dispatch_uid=f"calendar-{day.__name__}-{id(signal)}")
    m2m_changed.connect(_heads, sender=Unit.heads.through, dispatch_uid="people-heads")
    post_save.connect(_organisation, sender=Organisation, dispatch_uid="both-organisation")


def _own_row(instance: Unit | Staff, **_: Any) -> None:
    people_changed(instance.organisation_id)


def _unit_role(instance: UnitRole, **_: Any) -> None:
    people_changed(instance.unit.organisation_id)


def _holding(instance: Holding | Deputy | RosterTurn, **_: Any) -> None:
    people_changed(instance.staff.organisation_id)


def _heads(instance: Unit | Staff, action: str, **_: Any) -> None:
    if action.startswith("post_"):
        people_changed(instance.organisation_id)


def _day(instance: OwnDay | HolidayArrangement, **_: Any) -> None:
    calendar_changed(instance.organisation_id)


def _organisation(instance: Organisation, **_: Any) -> None:
    """Saving the whole row may have written old stamps back, so both are renewed."""
    people_changed(instance.pk)
    calendar_changed(instance.pk)
