"""Measures that are in force for a time, in words."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from huiyin.application.concerning_me import parent_of
from huiyin.cases.measures_in_force import until_words
from huiyin.regime.model import Regime
from huiyin.site.components import Fact
from huiyin.workbench.desk import Desk


def in_force(desk: Desk, regime: Regime, stands_until: Mapping[str, str]) -> list[Fact]:
    """One fact for each measure of a decision: until when it is in force."""
    measures = parent_of(regime).accountability.measures
    return [
        Fact(_("效力：%(title)s") % {"title": measures[name].title}, until_words(datetime.fromisoformat(until), desk.world.calendar))
        for name, until in stands_until.items()
    ]
