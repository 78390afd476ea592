"""回访与承诺: what was promised or set as a target, how it stands this period, and how it stood before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.figure_words import count_words, figure_words, period_words, target_words
from huiyin.application.figures import Measured, measured
from huiyin.application.world import World
from huiyin.cases.people import Assignee
from huiyin.regime.model import Regime
from huiyin.site.components import Who
from huiyin.store.models import FigureRow
from huiyin.workbench.pages.library.shelf import card_anchor
from huiyin.workbench.words.articles import Cited, all_cited
from huiyin.workbench.words.moments import moment_words
from huiyin.workbench.words.people import assignee_chip

BAR, GAP, TALL = 10, 4, 28
"""Width of a bar of the trend, what lies between two, height of the tallest; in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One period of the trend: where its bar stands, and the figure in words. `tone`: ok, error or none."""

    x: int
    y: int
    height: int
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """One commitment. `verdict` with its `tone` says whether it is kept; empty where nothing was measured."""

    title: str
    href: str
    text: str
    regime: str
    cites: Sequence[Cited]
    period: str
    figure: str
    counts: str
    as_of: str
    target: str
    verdict: str
    tone: str
    bars: Sequence[Bar]
    trend_width: int
    owner: Who | None
    audience: str


def commitment_lines(regimes: Iterable[Regime], world: World, me: str) -> list[CommitmentLine]:
    """Every commitment of these regimes; those that are measured first."""
    lines = [(_line(each, world, me), each.commitment.is_measured) for each in measured(world, regimes)]
    return [line for line, _measured in sorted(lines, key=lambda pair: not pair[1])]


def _line(each: Measured, world: World, me: str) -> CommitmentLine:
    regime, commitment, now = each.regime, each.commitment, each.now
    verdict, tone = _verdict(each)
    owner = assignee_chip(Assignee(commitment.owner), regime, world, me) if commitment.owner else None
    audiences = {"public": _("对外公布"), "staff": _("内部目标"), "both": _("内部目标，对外公布")}
    return CommitmentLine(
        title=commitment.title,
        href=reverse("desk-regime-part", args=[regime.id, "standing"]) + f"#{card_anchor(f'commitments.{commitment.id}')}",
        text=commitment.text,
        regime=regime.title,
        cites=all_cited(regime, commitment.cite),
        period=period_words(now, world) if now else "",
        figure=figure_words(commitment, now.value) if now else "",
        counts=count_words(commitment, now) if now and now.value is not None else "",
        as_of=moment_words(now.measured_at, world) if now else "",
        target=target_words(commitment),
        verdict=verdict,
        tone=tone,
        bars=_bars(each, world),
        trend_width=max(len(each.past) * (BAR + GAP) - GAP, BAR),
        owner=owner,
        audience=audiences[commitment.audience],
    )


def _verdict(each: Measured) -> tuple[str, str]:
    if not each.commitment.is_measured:
        return _("没有可衡量的数"), ""
    if each.now is None:
        return _("还没有统计"), ""
    if each.now.value is None:
        return _("本期还没有案件"), ""
    if each.now.kept is None:
        return (_("没有定目标") if not each.commitment.bound else _("待单位填写目标")), ""
    return (_("达到"), "ok") if each.now.kept else (_("没有达到"), "error")


def _bars(each: Measured, world: World) -> list[Bar]:
    tallest = max((row.value or 0.0 for row in each.past), default=0.0) or 1.0
    return [_bar(number, row, each, world, tallest) for number, row in enumerate(each.past)]


def _bar(number: int, row: FigureRow, each: Measured, world: World, tallest: float) -> Bar:
    height = max(round((row.value or 0.0) / tallest * TALL), 2)
    tone = "" if row.kept is None else "ok" if row.kept else "error"
    words = _("%(period)s %(figure)s（%(counts)s）") % {
        "period": period_words(row, world),
        "figure": figure_words(each.commitment, row.value),
        "counts": count_words(each.commitment, row) or (_("达到") if row.kept else _("没有达到")),
    }
    return Bar(number * (BAR + GAP), TALL - height, height, tone, words)
