"""An organisation at a glance: stamps and published regimes, in one small query that every request begins with."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.db import connection

from huiyin.organisations.models import Organisation
from huiyin.store.compiled_query import MARK_ID, CompiledQuery


@dataclass(frozen=True, slots=True)
class Published:
    """A published version of a regime. An inactive one takes no new cases."""

    id: UUID
    regime: str
    version: str
    active: bool
    effective_on: date


@dataclass(frozen=True, slots=True)
class Glance:
    """What tells whether anything kept in memory is stale. `published` is in the order in which versions took effect."""

    people_stamp: str
    calendar_stamp: str
    published: tuple[Published, ...]


def glance(organisation: Organisation) -> Glance:
    """The organisation as the database has it now. Raises Organisation.DoesNotExist."""
    rows = list(_statement(connection.vendor).rows([organisation.pk]))
    if not rows:
        raise Organisation.DoesNotExist
    published = tuple(Published(*row[2:]) for row in rows if row[2] is not None)
    return Glance(rows[0][0], rows[0][1], published)


@cache
def _statement(_vendor: str) -> CompiledQuery:
    versions = [f"regime_versions__{name}" for name in ("id", "regime", "version", "active", "effective_on")]
    rows = Organisation.objects.filter(pk=MARK_ID).values_list("people_stamp", "calendar_stamp", *versions)
    return CompiledQuery(rows.order_by("regime_versions__effective_on", "regime_versions__published_at"))
