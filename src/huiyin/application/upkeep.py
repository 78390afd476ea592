"""Verifying and rebuilding the store of an organisation, or of all."""

from collections.abc import Iterable

from huiyin.organisations.models import Organisation
from huiyin.store.availability import clear_failures
from huiyin.store.rebuild import rebuild_projections
from huiyin.store.verify import Finding, verify_store

from .world import world_of


def verify(organisation: Organisation | None = None) -> list[Finding]:
    """Everything that is not as it was written; empty when all is well. Raises StoreUnavailable."""
    with clear_failures():
        return [finding for each in _chosen(organisation) for finding in verify_store(each.pk, world_of(each))]


def rebuild(organisation: Organisation | None = None) -> int:
    """Compute lists, work lists, ledgers and search anew from events; gives the number of cases. Raises StoreUnavailable."""
    with clear_failures():
        return sum(rebuild_projections(each.pk, world_of(each)) for each in _chosen(organisation))


def _chosen(organisation: Organisation | None) -> Iterable[Organisation]:
    return Organisation.objects.all() if organisation is None else [organisation]
