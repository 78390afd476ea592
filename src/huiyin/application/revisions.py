"""Regimes that are revised regularly: the revision is put before those who do it, and is done by publishing a version."""

from datetime import datetime, time

from django.db.models import Max

from huiyin.cases.commands import Perform
from huiyin.organisations.models import RegimeVersion
from huiyin.regime.affairs import affair_id
from huiyin.regime.model import Regime
from huiyin.regime.vocabulary import REVISION
from huiyin.standing.revising import revision
from huiyin.store.loading import load
from huiyin.store.models import CaseRow, StandingRow
from huiyin.store.recording import Recording

from .affairs import apply, open_affair
from .world import World


def look_at_revision(recording: Recording, world: World, regime: Regime) -> None:
    """Note that an open revision is done where a version was published since, and open the next when it is time."""
    rows = CaseRow.objects.filter(organisation_id=world.organisation.pk, regime=affair_id(regime.id, REVISION))
    for row in rows.exclude(state="closed").select_for_update():
        newer = RegimeVersion.objects.filter(organisation=world.organisation, regime=regime.id, id__gt=row.id)
        version = newer.order_by("id").first()   # ids tell the order, whatever clock a rehearsal runs by
        if version is None:
            return
        fields = {"review": f"已修订，发布第{version.version}版"}
        apply(recording, world, row, load(row), Perform(work=REVISION, fields=fields))
        recording.write()
    opening = revision(regime, _last(world, regime), world.now, world.calendar, world.directory(regime.id))
    if opening is not None:
        open_affair(recording, world, regime, opening)


def _last(world: World, regime: Regime) -> datetime:
    """When the version came into force, or the regime was last looked at, whichever is later."""
    effective = max(
        each.effective_on
        for each in world.published
        if each.regime == regime.id and each.active and each.effective_on <= world.today
    )
    done = CaseRow.objects.filter(organisation_id=world.organisation.pk, regime=affair_id(regime.id, REVISION))
    looked_at: datetime | None = done.filter(state="closed").aggregate(at=Max("closed_at"))["at"]
    begun = datetime.combine(effective, time(), world.calendar.zone)
    return max(begun, looked_at) if looked_at is not None else begun


def version_published(world: World, regime_id: str) -> None:
    """Let the worker look at the revision of a regime at once, because a version of it was published."""
    rows = StandingRow.objects.filter(organisation_id=world.organisation.pk, regime=regime_id, name=REVISION)
    rows.update(next_at=world.now)
