"""The fixed words, icons and tones of states, due times and severities; each said in one place."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class State:
    """How a state pill looks: the ring (an icon) says how far, the tone what kind, the word what it is."""

    icon: str
    tone: str
    word: str | Promise


STATES: dict[str, State] = {
    "new": State("st0", "new", _("待受理")),
    "assess": State("st1", "act", _("受理审查")),
    "investigate": State("st2", "act", _("调查核实")),
    "approve": State("st3", "approval", _("待审批")),
    "replied": State("st3", "act", _("已答复")),
    "followup": State("st3", "act", _("回访中")),
    "closed": State("st4", "done", _("已办结")),
    "paused": State("stp", "warn", _("已中止")),
    "stopped": State("stx", "stop", _("已终止")),
}

DUE_ICONS: dict[str, str] = {
    "overdue": "alert",
    "today": "clock",
    "soon": "clock",
    "later": "cal",
    "paused": "pause",
    "done": "check",
}

SEVERITIES: dict[int, str | Promise] = {1: _("一般"), 2: _("较大"), 3: _("重大")}
"""Bars of the severity mark and their usual words; a regime may have words of its own."""
