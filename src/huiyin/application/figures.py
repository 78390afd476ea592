"""The figures of commitments: counted by the worker, kept for pages that only read them.

An ended period is counted once, after its end; the one that runs is counted anew each day. Pages show the latest `SHOWN`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile
from uuid import UUID

from django.db.models import Q

from huiyin.regime.model import Commitment, Regime
from huiyin.standing.measuring import Figure, Part, figure_of, part_of
from huiyin.standing.occurrences import Period, latest
from huiyin.standing.watching import Window
from huiyin.store.loading import load_many
from huiyin.store.models import CaseRow, FigureRow

from .watches import BATCH, scope_of
from .world import World

SHOWN = 7
"""The period that runs and the six before it."""


def periods_of(world: World, commitment: Commitment) -> list[Period]:
    """The periods whose figures are kept for showing, oldest first; the last one runs."""
    return latest(commitment.over, SHOWN, world.now, world.calendar)


def count_figures(
    world: World, regime: Regime, commitment: Commitment, ended: Sequence[Period] = ()
) -> Mapping[datetime, Figure]:
    """Count and keep what is not final of the periods shown, and count those of `ended`; start → figure."""
    organisation_id = world.organisation.pk
    shown = {period.start: period for period in periods_of(world, commitment)}
    known = FigureRow.objects.filter(
        organisation_id=organisation_id, regime=regime.id, commitment=commitment.id, start__in=list(shown)
    )
    final = {row.start for row in known if row.measured_at >= row.end == shown[row.start].end}
    wanted = {start: period for start, period in shown.items() if start not in final}
    wanted |= {period.start: period for period in ended}
    figures = figures_in(world, regime, commitment, [Window(each.start, each.end) for each in wanted.values()])
    FigureRow.objects.bulk_create(
        [_row(world, regime, figure) for figure in figures],
        update_conflicts=True,
        unique_fields=["organisation_id", "regime", "commitment", "start"],
        update_fields=["end", "value", "counted", "among", "kept", "measured_at"],
    )
    return {figure.window.start: figure for figure in figures}


def _row(world: World, regime: Regime, figure: Figure) -> FigureRow:
    return FigureRow(
        organisation_id=world.organisation.pk,
        regime=regime.id,
        commitment=figure.commitment,
        start=figure.window.start,
        end=figure.window.end,
        value=figure.value,
        counted=figure.counted,
        among=figure.among,
        kept=figure.kept,
        measured_at=world.now,
    )


def figures_in(world: World, regime: Regime, commitment: Commitment, windows: Sequence[Window]) -> list[Figure]:
    """The figures of a commitment over several windows, from all cases that may have a part in them, read once."""
    if not windows:
        return []
    whole = Window(min(each.start for each in windows), max(each.end for each in windows))
    parts = [part for part in _parts(world, regime, commitment, whole) if whole.holds(part.at)]
    return [figure_of(commitment, regime, parts, window) for window in windows]


def figure_in(world: World, regime: Regime, commitment: Commitment, window: Window) -> Figure:
    """The figure of a commitment over a window."""
    return figures_in(world, regime, commitment, [window])[0]


def _parts(world: World, regime: Regime, commitment: Commitment, window: Window) -> Iterator[Part]:
    """Cases filed before the window ended and not closed before it began."""
    here = CaseRow.objects.filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=window.start),
        organisation_id=world.organisation.pk,
        regime=regime.id,
        filed_at__lt=window.end,
    )
    after = UUID(int=0)
    while rows := list(here.filter(id__gt=after).order_by("id")[:BATCH]):
        loaded = load_many(rows)
        for row in rows:
            case = loaded[row.id].case
            yield from part_of(commitment, case, scope_of(world, regime, case))
        after = rows[-1].id


@dataclass(frozen=True, slots=True)
class Measured:
    """A commitment with what is kept of it: the period that runs, and the ended ones since cases began, oldest first."""

    regime: Regime
    commitment: Commitment
    now: FigureRow | None
    past: Sequence[FigureRow]


def measured(world: World, regimes: Iterable[Regime]) -> list[Measured]:
    """Every commitment of these regimes with its figures, in the order of the files; one query."""
    wanted = [(regime, each) for regime in regimes for each in regime.commitments.values()]
    shown = {
        (regime.id, each.id): {(period.start, period.end) for period in periods_of(world, each)}
        for regime, each in wanted
        if each.is_measured
    }
    since = min((start for periods in shown.values() for start, _ in periods), default=None)
    found: dict[tuple[str, str], list[FigureRow]] = {}
    if since is not None:
        ids = {regime.id for regime, _ in wanted}
        rows = FigureRow.objects.filter(organisation_id=world.organisation.pk, regime__in=ids, start__gte=since)
        for row in rows.order_by("start"):
            if (row.start, row.end) in shown.get((row.regime, row.commitment), ()):
                found.setdefault((row.regime, row.commitment), []).append(row)
    return [_measured(world, regime, each, found.get((regime.id, each.id), ())) for regime, each in wanted]


def _measured(world: World, regime: Regime, commitment: Commitment, rows: Sequence[FigureRow]) -> Measured:
    now = rows[-1] if rows and rows[-1].end > world.now else None
    past = [row for row in rows if row.end <= world.now and row.value is not None]
    past = list(dropwhile(lambda row: not row.among, past))
    return Measured(regime, commitment, now, past)
