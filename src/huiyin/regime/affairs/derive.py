"""The little regimes of a regime's affairs, derived once from its declarations."""

from collections.abc import Mapping
from functools import lru_cache

from huiyin.regime.model import Commitment, CorrectiveAction, Duty, Measure, Regime, Watch
from huiyin.regime.vocabulary import REVISION

from .corrective import corrective_regime
from .duties import duty_regime
from .frame import AFFAIR_KINDS, CORRECTIVE, DUTY, MEASURE, WATCH
from .keeping import keeping_duties, keeping_duty
from .measures import measure_regime
from .revision import revision_duty
from .watches import HANDLE, commitment_regime, watch_regime

__all__ = [
    "AFFAIR_KINDS",
    "CORRECTIVE",
    "DUTY",
    "HANDLE",
    "MEASURE",
    "WATCH",
    "affair_id",
    "affairs_of",
    "declared",
    "split_affair_id",
]

Declared = Duty | CorrectiveAction | Watch | Commitment | Measure


def affair_id(regime: str, affair: str) -> str:
    """The id of an affair's regime."""
    return f"{regime}/{affair}"


@lru_cache(maxsize=1024)
def split_affair_id(regime: str) -> tuple[str, str]:
    """The regime an id belongs to and the affair in it; the affair is empty for a regime itself."""
    parent, _, affair = regime.partition("/")
    return parent, affair


def declared(regime: Regime, affair: str) -> Declared | None:
    """The declaration an affair comes from, in its parent regime; None when there is none of that name."""
    if affair == REVISION:
        return revision_duty(regime)
    for section in (regime.duties, regime.corrective, regime.watches, regime.commitments):
        found = section.get(affair)
        if found is not None:
            return found
    measure = regime.accountability.measures.get(affair)
    return measure if measure is not None and measure.duty is not None else keeping_duty(regime, affair)


@lru_cache(maxsize=256)
def affairs_of(regime: Regime) -> Mapping[str, Regime]:
    """Affair id (within the regime) → its regime. A commitment without a measure is text only and has none."""
    found = {duty.id: duty_regime(regime, duty) for duty in (*regime.duties.values(), *keeping_duties(regime))}
    found |= {action.id: corrective_regime(regime, action) for action in regime.corrective.values()}
    found |= {watch.id: watch_regime(regime, watch) for watch in regime.watches.values()}
    revision = revision_duty(regime)
    if revision is not None:
        found[revision.id] = duty_regime(regime, revision)
    found |= {
        measure.id: measure_regime(regime, measure, measure.duty)
        for measure in regime.accountability.measures.values()
        if measure.duty is not None
    }
    measured = (each for each in regime.commitments.values() if each.bound)
    return found | {each.id: commitment_regime(regime, each) for each in measured}
