"""Looking at personal data: masked for whoever sees the case, in full only with a reason, and logged."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from huiyin.cases.people import Actor
from huiyin.cases.principles import NOT_ONES_OWN_CASE
from huiyin.cases.refusals import Refused
from huiyin.organisations.models import Organisation
from huiyin.organisations.uuid7 import uuid7
from huiyin.store.availability import clear_failures
from huiyin.store.models import AccessRow
from huiyin.store.personal.data import PersonalData
from huiyin.store.personal.records import COMPLAINANT, MATTER, OUTSIDE, RESPONDENT, records_of

from .loading import Opened, open_case
from .world import World

SHORTEST_REASON = 2


def parties_of(opened: Opened) -> dict[str, PersonalData]:
    """Role (complainant, respondent, matter) → masked data, for a case that was opened; hidden parties are left out."""
    records = records_of([opened.row.id]).get(opened.row.id, {})
    return {role: data.masked() for role, data in _not_hidden(records, opened).items()}


def parties_for_print(opened: Opened) -> tuple[dict[str, PersonalData], dict[str, PersonalData]]:
    """Role → masked data, and role → data in full where this person's role needs it; hidden parties are left out.

    The caller logs the printing before anything is given out.
    """
    records = records_of([opened.row.id]).get(opened.row.id, {})
    seen = _not_hidden(records, opened)
    masked = {role: data.masked() for role, data in seen.items()}
    return masked, seen if opened.sight.personal else {}


def parties_of_many(case_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, PersonalData]]:
    """Case → role → data in full, for a list whose caller asks `sight` of every case and masks accordingly."""
    return records_of(case_ids)


def log_export(world: World, who: Actor, case_ids: Sequence[UUID], reason: str) -> None:
    """Log that these cases were taken out together, before anything is given out: an entry with each of them."""
    with clear_failures(), transaction.atomic():
        AccessRow.objects.bulk_create(
            AccessRow(
                id=uuid7(),
                organisation_id=world.organisation.pk,
                case_id=case_id,
                person=who.person,
                what="export",
                reason=reason,
                at=world.now,
            )
            for case_id in case_ids
        )


def _not_hidden(records: Mapping[str, PersonalData], opened: Opened) -> dict[str, PersonalData]:
    """The records without what a rule hides from this person: a party, or single private fields of matter and facts."""
    hidden = opened.sight.hidden
    return {
        role: replace(data, other={name: value for name, value in data.other.items() if not _paths(name) & hidden})
        for role, data in records.items()
        if role not in hidden and role != OUTSIDE      # an address of theirs serves messages alone
    }


def _paths(name: str) -> set[str]:
    """Where a private value of this name may stand; a rule that hides one hides it."""
    return {f"matter.{name}", f"facts.{name}"}


def look_at_personal(organisation: Organisation, who: Actor, case_id: UUID, reason: str) -> dict[str, PersonalData]:
    """Role → data in full. The look is written to the access log before anything is given out.

    Raises:
        UnknownCase: not for this person.
        Refused: this person's role does not need personal data, or no reason was given.
        StoreUnavailable.
    """
    opened = open_case(organisation, who, case_id)
    if not opened.sight.personal:
        raise Refused("forbidden-here", "您的岗位不需要查看当事人的完整信息。", cite=NOT_ONES_OWN_CASE)
    if len(reason.strip()) < SHORTEST_REASON:
        message = "请写明查看的理由。"
        raise Refused("missing-field", message, cite=NOT_ONES_OWN_CASE, fields={"reason": message})
    with clear_failures(), transaction.atomic():
        log_access(opened, "personal", reason.strip())
        records = records_of([case_id]).get(case_id, {})
    return _not_hidden(records, opened)


def log_access(opened: Opened, what: str, reason: str) -> None:
    """Log an act of looking: personal, print, export, download."""
    AccessRow.objects.create(
        id=uuid7(),
        organisation_id=opened.world.organisation.pk,
        case_id=opened.row.id,
        person=opened.actor.person,
        what=what,
        reason=reason,
        at=opened.world.now,
    )


__all__ = ["COMPLAINANT", "MATTER", "RESPONDENT", "log_access", "look_at_personal", "parties_of"]
