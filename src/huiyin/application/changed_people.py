"""After posts, heads or units changed: open cases stand in the work lists of those who hold the posts now."""

import time
from uuid import UUID

from django.db.models import Q

from huiyin.organisations.models import Organisation
from huiyin.store.availability import clear_failures
from huiyin.store.loading import load_many
from huiyin.store.models import CaseRow
from huiyin.store.recording import Recording

from .transactions import in_transaction
from .world import World, world_of

BATCH = 200

AGAIN_AFTER = 300.0
"""Seconds after which all open cases are looked through again though nothing changed: a process that read the people just
before a change may write a case for them just after the cases were gone through.
"""

_shown: dict[UUID, tuple[str, float]] = {}
"""Organisation → state of its people for which this process has gone through all open cases, and when (monotonic)."""


def show_to_changed_people(organisation: Organisation | None = None) -> int:
    """Project open cases anew where people changed since; gives the number of cases. Costs little when nothing changed."""
    organisations = [organisation] if organisation is not None else list(Organisation.objects.all())
    return sum(_show(each) for each in organisations)


def _show(organisation: Organisation) -> int:
    with clear_failures():
        world = world_of(organisation)
    shown, at = _shown.get(organisation.pk, ("", 0.0))
    if shown == world.people_as_of and time.monotonic() - at < AGAIN_AFTER:
        return 0
    count = 0
    while done := in_transaction(_Batch(world)):
        count += done
    _shown[organisation.pk] = (world.people_as_of, time.monotonic())
    return count


class _Batch:
    """One transaction's worth of cases that were projected for other people."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __call__(self, recording: Recording) -> int:
        old = CaseRow.objects.filter(~Q(people_as_of=self.world.people_as_of), organisation_id=self.world.organisation.pk)
        rows = list(old.exclude(state="closed").select_for_update().order_by("id")[:BATCH])
        loaded = load_many(rows)
        for row in rows:
            regime = self.world.regime(row.regime, row.regime_version)
            recording.add_projections(regime, self.world.directory(regime.id), loaded[row.id], self.world.people_as_of)
        return len(rows)
