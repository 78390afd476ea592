"""Public commitments, with the figure of how they were kept where the regime publishes it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.application.figure_words import count_words, figure_words, period_words, target_words
from huiyin.application.figures import Measured, measured
from huiyin.application.world import World
from huiyin.regime.model import Regime
from huiyin.store.models import FigureRow


@dataclass(frozen=True, slots=True)
class PublicCommitment:
    """A commitment as everybody reads it. `kept` is the figure in words, empty where none is published.

    `few`: so few cases count that no figure is given.
    """

    regime: str
    title: str
    text: str
    cite: tuple[str, ...]
    kept: str
    few: bool


def public_commitments(regimes: Iterable[Regime], world: World) -> list[PublicCommitment]:
    """The commitments of these regimes that are meant for the public and have words for it; one query."""
    return [
        _shown(each, world)
        for each in measured(world, regimes)
        if each.commitment.audience in ("public", "both") and each.commitment.text
    ]


def _shown(each: Measured, world: World) -> PublicCommitment:
    commitment = each.commitment
    row = each.past[-1] if each.past else each.now
    kept, few = "", False
    if commitment.figure_from is not None:
        few = row is None or row.among < commitment.figure_from
        kept = _few(row, world) if few else _figure(each, row, world) if row else ""
    return PublicCommitment(each.regime.id, commitment.title, commitment.text, commitment.cite, kept, few)


def _figure(each: Measured, row: FigureRow, world: World) -> str:
    """What the last period that is over came to, else the one that runs."""
    words = {
        "period": period_words(row, world),
        "figure": figure_words(each.commitment, row.value),
        "counts": count_words(each.commitment, row),
        "target": target_words(each.commitment),
    }
    running = row.end > world.now
    if words["counts"] and words["target"]:
        said = _("%(period)s：%(figure)s（%(counts)s），目标%(target)s") % words
    else:
        said = _("%(period)s：%(figure)s") % words
    return said + (_("，本期还没有结束") if running else "")


def _few(row: FigureRow | None, world: World) -> str:
    if row is None or not row.among:
        return _("还没有案件，没有实际数")
    given = {"period": period_words(row, world), "cases": f"{row.among:g}"}
    return _("%(period)s只有%(cases)s件，件数太少，不公布比例") % given
