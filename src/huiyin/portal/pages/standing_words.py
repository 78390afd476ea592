"""How far a case is, in one word, as a body outside that filed it sees it."""

from django.utils.translation import gettext as _

from huiyin.cases.state import Case
from huiyin.regime.model import Regime

from .milestones import ending_of, milestone_word


def pill_of(regime: Regime, case: Case) -> tuple[str, str]:
    """The pill of a case, and its word where it has one of its own."""
    ending = ending_of(case)
    if case.state == "suspended":
        return "paused", ""
    if case.state == "waiting":
        return "paused", _("等补充材料")
    if ending and "replied" not in case.signals:
        return "stopped", milestone_word(regime, ending)
    if case.state == "closed":
        return "closed", ""
    if "replied" in case.signals:
        return "replied", ""
    return "investigate" if "assigned" in case.signals or "accepted" in case.signals else "assess", ""
