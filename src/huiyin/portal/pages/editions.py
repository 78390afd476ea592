"""The versions of a regime as the public reads of them: the one in force, the next with its announcement, earlier ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.organisations.models import RegimeVersion
from huiyin.portal.place import Place
from huiyin.regime.model import Regime


@dataclass(frozen=True, slots=True)
class Editions:
    """`now` is in force; `coming` take effect later, the next first; `earlier` did before, the latest first."""

    now: RegimeVersion | None
    coming: Sequence[RegimeVersion]
    earlier: Sequence[RegimeVersion]


def editions_of(place: Place, regime: Regime) -> Editions:
    """Every version that is or was to be in force. One query."""
    rows = RegimeVersion.objects.filter(organisation=place.organisation, regime=regime.id).order_by("effective_on", "published_at")
    known = list(rows.defer("source", "base_sources", "answers", "scenarios", "approvals"))
    today = place.world.today
    now = next((row for row in known if row.version == regime.version), None)
    earlier = [row for row in known if row.effective_on <= today and row is not now]
    return Editions(now, [row for row in known if row.effective_on > today and row.active], earlier[::-1])
