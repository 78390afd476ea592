"""Tracking: number and code open the complainant's view of one case. Wrong codes are counted and soon locked out."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_noop

from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.regime.affairs import AFFAIR_KINDS
from huiyin.store.availability import clear_failures
from huiyin.store.errors import UnknownCase
from huiyin.store.models import CaseRow
from huiyin.store.receipts import code_fits

from .attempts import counted_door

COMPLAINANT = Actor("complainant", kind="complainant")
"""Who acts after number and code were right. The face keeps the case id in the session, and for that case alone."""


def issue_of(case_id: UUID) -> int:
    """Which code is valid now; a session that an earlier one opened is over."""
    with clear_failures():
        return CaseRow.objects.values_list("code_issue", flat=True).filter(id=case_id).first() or 0


@dataclass(frozen=True, slots=True)
class Tracked:
    """The case that number and code opened."""

    case_id: UUID
    number: str


def track(organisation: Organisation, number: str, code: str, *, source: str) -> Tracked:
    """Check number and code. `source` is the visitor's address, used for counting only and kept as a digest.

    Raises:
        UnknownCase: number or code is wrong; which of them is not told.
        TooManyAttempts: too many wrong ones; `retry_after` says how long to wait.
        StoreUnavailable.
    """
    with counted_door(organisation.pk, number.strip().upper(), source):
        here = CaseRow.objects.filter(organisation_id=organisation.pk).exclude(kind__in=AFFAIR_KINDS)
        row = here.filter(number__in={number.strip(), number.strip().upper()}).first()
        nowhere = UUID(int=0)
        fits = code_fits(row.id if row else nowhere, code, row.code_issue if row else 0)
        if row is None or not fits:
            raise UnknownCase(gettext_noop("编号或查询码不对；请照回执核对，查询码不分大小写。"))
    return Tracked(row.id, row.number)
