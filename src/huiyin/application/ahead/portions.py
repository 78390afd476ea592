"""The writer's part: asking for portions ahead, and telling whether what was proposed still holds."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from huiyin.application.filing import Filing, Ready, fingerprint_of, make_ready
from huiyin.application.world import World, world_of
from huiyin.cases.people import Actor
from huiyin.cases.refusals import Refused
from huiyin.organisations.models import Organisation
from huiyin.organisations.regimes import NoSuchRegimeError
from huiyin.store.models import CommandRow, RegisterRow
from huiyin.store.recording import Recording

from .helper import Helper, HelperLost
from .requests import Answer, Item, Register, Request, Setting

if TYPE_CHECKING:
    from huiyin.application.filing_many import Row

FRESH = timedelta(minutes=1)
"""What was decided longer ago, by the organisation's clock, is decided again."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Early:
    """What is there of a filing before its turn: made ready, its sealed records, and what the helper found, if anything."""

    ready: Ready
    sealed: Recording
    found: Answer = None


@dataclass(slots=True)
class Asked:
    """A portion that the helper was asked about. `rows` has an entry for each row, None for those it was not asked about."""

    ahead: "Ahead"
    setting: Setting
    now: datetime
    rows: list[Early | None] = field(default_factory=list)
    off: bool = False
    """Whether a number, or the whole portion, did not fit: the helper must be told where things stand."""

    def holds_in(self, world: World) -> bool:
        """Whether the proposals may be taken in this world."""
        zone = world.calendar.zone
        fresh = abs(world.now - self.now) <= FRESH and world.now.astimezone(zone).date() == self.now.astimezone(zone).date()
        return fresh and self.setting.holds_in(world)

    def settle(self) -> None:
        """Wait for the helper's answers."""
        self.ahead.receive(self)

    def is_off(self) -> None:
        """Say so."""
        self.off, self.ahead.in_step = True, False

    def took(self, count: int) -> None:
        """Say how many proposals were taken. A helper whose work is mostly done again is of no use."""
        if not self.off and 2 * count < sum(early is not None for early in self.rows):
            _log.info("not-decided-ahead", why="most filings depend on other cases")
            self.ahead.close()


class Ahead:
    """Has filings under one regime decided ahead, for one run of many portions. To be closed.

    `for_good`: the portions are written, one after the other; else each is taken back, as in a trial.
    """

    def __init__(self, organisation: Organisation, who: Actor, regime_id: str, *, for_good: bool = True) -> None:
        self._organisation = organisation
        self._who = who
        self._regime_id = regime_id
        self._for_good = for_good
        self._helper: Helper | None = None
        self._setting: Setting | None = None
        self._asked: list[Asked] = []
        self.in_step = False
        """Whether the helper knows which numbers come next."""
        self.trouble = ""
        """How the helper was lost, e.g. `SIGKILL`; empty while it was not. Portions then go on without one."""
        try:
            self._helper = Helper()
        except HelperLost as lost:
            self._lose(lost)

    @property
    def helper(self) -> Helper | None:
        """The process, while there is one."""
        return self._helper

    def may_ask(self, *, first: bool) -> bool:
        """Whether the helper can be asked about the next portion. `first`: all portions before it are written."""
        try:
            if self._helper is None or not self._helper.is_ready():
                return False
        except HelperLost as lost:
            self._lose(lost)
            return False
        return self._set(self._helper) if first else self.in_step

    def ask(self, rows: "Sequence[Row]") -> Asked:
        """Ask about a portion, where it may be asked about."""
        assert self._helper is not None
        assert self._setting is not None
        world = world_of(self._organisation)
        asked = Asked(self, self._setting, world.now)
        known = self._known_keys(rows)
        for row in rows:
            new = row.filing.key not in known and not row.afterwards and row.filing.regime == self._regime_id
            asked.rows.append(self._early(world, row.filing) if new else None)
            known.update({row.filing.key} - {""})
        items = [
            Item(early.ready, row.filed_at) for row, early in zip(rows, asked.rows, strict=True) if early is not None
        ]
        last = None if self.in_step and self._for_good else self._last_numbers(world)
        self._helper.tell(Request(world.now, items, last))
        self._asked.append(asked)
        self.in_step = True
        return asked

    def receive(self, asked: Asked) -> None:
        """Take the answers about the portion asked about first."""
        self._asked.remove(asked)
        if self._helper is None:
            return
        try:
            answers = self._helper.answer()
        except HelperLost as lost:
            self._lose(lost)
            return
        rows = [early for early in asked.rows if early is not None]
        for early, answer in zip(rows, answers, strict=True):
            early.found = answer

    def close(self) -> None:
        """End the helper; the portions still asked about go on without it."""
        if self._helper is not None:
            self._helper.close()
            self._helper = None

    def _set(self, helper: Helper) -> bool:
        """Send the helper the world where it has changed; False when there is no such regime in it."""
        world = world_of(self._organisation)
        try:
            if self._setting is None or not self._setting.holds_in(world):
                self._setting = Setting.of(world, self._regime_id, self._who)
                helper.tell(self._setting)
                self.in_step = False
        except NoSuchRegimeError:
            return False
        return True

    def _early(self, world: World, filing: Filing) -> Early | None:
        sealed = Recording()
        try:
            return Early(make_ready(sealed, world, filing, fingerprint_of(self._who, filing)), sealed)
        except Refused:
            return None     # and told at its turn

    def _known_keys(self, rows: "Sequence[Row]") -> set[str]:
        """Keys among those of the rows that were used before, or will have been. One query."""
        keys = [row.filing.key for row in rows if row.filing.key]
        used = CommandRow.objects.filter(organisation_id=self._organisation.pk, key__in=keys).values_list("key", flat=True)
        waiting = {early.ready.key for asked in self._asked for early in asked.rows if early is not None} - {""}
        return {*used, *(waiting if self._for_good else ())}

    def _last_numbers(self, world: World) -> dict[Register, int]:
        """The registers of the regime's pattern. One query."""
        pattern = world.in_force(self._regime_id).intake.number
        rows = RegisterRow.objects.filter(organisation_id=self._organisation.pk, pattern=pattern)
        return {(pattern, year): last for year, last in rows.values_list("year", "last")}

    def _lose(self, lost: HelperLost) -> None:
        self.trouble = lost.how
        _log.error("helper-lost", regime=self._regime_id, how=lost.how)
        self.close()


def can_help() -> bool:
    """Whether this process may use more than one processor."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return usable > 1
