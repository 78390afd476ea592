"""Figures of commitments, their targets and their periods in words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.regime.model import Commitment
from huiyin.standing.measuring import is_share
from huiyin.store.models import FigureRow

from .world import World


def figure_words(commitment: Commitment, value: float | None) -> str:
    """92.5%, 3.2天, 4次, 12件; a dash where no case counted."""
    if value is None:
        return "—"
    given = {"figure": f"{value:.1f}".removesuffix(".0")}
    if is_share(commitment):
        return f"{given['figure']}%"
    if commitment.measure == "handling-time":
        return _("%(figure)s天") % given
    return (_("%(figure)s次") if commitment.measure == "handovers" else _("%(figure)s件")) % given


def count_words(commitment: Commitment, row: FigureRow) -> str:
    """What the figure is made of: 46/50件; of how many cases it is the mean. Empty for a plain number of cases."""
    if is_share(commitment):
        return _("%(counted)s/%(among)s件") % {"counted": f"{row.counted:g}", "among": f"{row.among:g}"}
    if commitment.measure in ("handling-time", "handovers"):
        return _("%(among)s件平均") % {"among": f"{row.among:g}"}
    return ""


def target_words(commitment: Commitment) -> str:
    """不低于90%; empty where no bound was set."""
    words = {"at_least": _("不低于%(bound)s"), "at_most": _("不高于%(bound)s"), "below": _("低于%(bound)s")}
    percent = "%" if is_share(commitment) else ""
    return "，".join(words[name] % {"bound": f"{_number(text)}{percent}"} for name, text in commitment.bound.items())


def _number(text: str) -> str:
    """90 for 90.0%; the name of a setting where the organisation has not filled it in."""
    try:
        return f"{float(text.removesuffix('%')):g}"
    except ValueError:
        return text


def period_words(row: FigureRow, world: World) -> str:
    """2026年, 2026年上半年, 2026年第3季度, 2026年9月; from day to day for all else."""
    start, end = (at.astimezone(world.calendar.zone).date() for at in (row.start, row.end))
    months = (end.year - start.year) * 12 + end.month - start.month
    whole = start.day == 1 == end.day and (start.month - 1) % max(months, 1) == 0
    given = {"year": start.year, "month": start.month, "quarter": (start.month + 2) // 3}
    if whole and months == 12:
        return _("%(year)s年") % given
    if whole and months == 6:
        return (_("%(year)s年上半年") if start.month == 1 else _("%(year)s年下半年")) % given
    if whole and months == 3:
        return _("%(year)s年第%(quarter)s季度") % given
    if whole and months == 1:
        return date_format(start, "YEAR_MONTH_FORMAT")
    return _("%(start)s起") % {"start": date_format(start, "DATE_FORMAT")}
