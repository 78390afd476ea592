"""What the application asks about organisations: people, working time, the clock, the regimes in force."""

from huiyin.organisations.clock import ClockRefusedError, now_of, set_rehearsal_clock
from huiyin.organisations.glance import Published, glance
from huiyin.organisations.people import People, RegimeDirectory, actor_of, directory, people_of
from huiyin.organisations.regimes import (
    NoSuchRegimeError,
    compiled,
    install_pack,
    publish_regime,
    regime_in_force,
    regime_version,
    regimes_in_force,
    set_table,
    tables_of,
)
from huiyin.organisations.stamps import calendar_changed, people_changed
from huiyin.organisations.working_time import calendar_of

__all__ = [
    "ClockRefusedError",
    "NoSuchRegimeError",
    "People",
    "Published",
    "RegimeDirectory",
    "actor_of",
    "calendar_changed",
    "calendar_of",
    "compiled",
    "directory",
    "glance",
    "install_pack",
    "now_of",
    "people_changed",
    "people_of",
    "publish_regime",
    "regime_in_force",
    "regime_version",
    "regimes_in_force",
    "set_rehearsal_clock",
    "set_table",
    "tables_of",
]
