"""The lines of a register that somebody may see: a page of them, or all of a period for a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from huiyin.application.case_lists import CaseFilter, list_cases
from huiyin.application.paging import Page
from huiyin.application.personal import log_export, parties_of_many
from huiyin.application.world import World
from huiyin.cases.access import sight
from huiyin.cases.documents.wording import day_words
from huiyin.cases.people import Actor
from huiyin.documents.printed import Printed
from huiyin.documents.readers import CaseReader, Parties
from huiyin.documents.registers import line_of, register_paper
from huiyin.regime.model import Form, Regime
from huiyin.store.errors import StoreError
from huiyin.store.loading import load_many
from huiyin.store.models import CaseRow

ROWS = 50
AT_ONCE = {"XLSX": 200, "PDF": 100}
"""Lines of a file that is made while somebody waits; a longer one is made by a job.

Typesetting a hundred lines takes a processor one and a half seconds, two hundred two and a half, and holds a thread of the
pages for as long; a spreadsheet of two hundred takes a quarter of a second.
"""


class TooManyLines(StoreError):
    """The period has more cases than are exported while somebody waits."""

    def __init__(self, most: int) -> None:
        super().__init__(f"这段时间超过 {most} 件，要作为任务在后台导出。")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: received from and to (days, both included; None: open), in which state (empty: any)."""

    since: date | None = None
    until: date | None = None
    state: str = ""

    def words(self) -> str:
        """2026年9月1日至2026年9月30日."""
        since = day_words(self.since) if self.since else ""
        until = day_words(self.until) if self.until else ""
        if not since and not until:
            return "全部"
        return f"{since or '最早'}至{until or '今'}"


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A line as this person sees it, and the case it leads to."""

    number: str
    values: tuple[str, ...]


def register_page(world: World, who: Actor, regime: Regime, form: Form, wanted: Wanted, after: str) -> Page[RegisterLine]:
    """A page of lines, newest first, personal data masked. A constant number of queries.

    Raises:
        BadPageKey, StoreUnavailable.
    """
    page = list_cases(world.organisation, who, filter_of(world, regime, wanted), after=after, limit=ROWS, world=world)
    rows = [item.row for item in page.items]
    values = lines_of(world, who, form, rows, in_full=False)
    return Page(tuple(RegisterLine(row.number, values[row.id]) for row in rows), page.next)


def register_file(world: World, who: Actor, regime: Regime, form: Form, wanted: Wanted, *, what: str) -> Printed:
    """The whole register of the period, oldest first, for a file; taking it out is logged with every case in it.

    Personal data the register lists is in full where this person's role needs it. `what`: PDF, XLSX.

    Raises:
        TooManyLines, StoreUnavailable.
    """
    rows: list[CaseRow] = []
    after = ""
    while True:
        page = list_cases(world.organisation, who, filter_of(world, regime, wanted), after=after, limit=500, world=world)
        rows += [item.row for item in page.items]
        if len(rows) > AT_ONCE[what]:
            raise TooManyLines(AT_ONCE[what])
        after = page.next
        if not after:
            break
    rows.reverse()
    log_export(world, who, [row.id for row in rows], f"《{form.title}》{wanted.words()}，{what}")
    values = lines_of(world, who, form, rows, in_full=True)
    reader = CaseReader(world, frozenset(), lambda: ({}, {}))
    zone = world.calendar.zone
    lines = [values[row.id] for row in rows]
    return register_paper(regime, form, lines, reader, period=wanted.words(), zone=zone, at=world.now)


def filter_of(world: World, regime: Regime, wanted: Wanted) -> CaseFilter:
    """The cases of a register as a filter of the case list."""
    def start(day: date | None) -> datetime | None:
        return None if day is None else datetime.combine(day, time(), world.calendar.zone)

    before = None if wanted.until is None else start(wanted.until + timedelta(days=1))
    return CaseFilter(regime=regime.id, state=wanted.state, received_from=start(wanted.since), received_before=before)


def lines_of(
    world: World, who: Actor, form: Form, rows: list[CaseRow], *, in_full: bool
) -> dict[UUID, tuple[str, ...]]:
    """Case → its line. Each case is put before the policy: what is hidden in it stays hidden in the register."""
    cases = {case_id: loaded.case for case_id, loaded in load_many(rows).items()}
    parties = parties_of_many(list(cases))
    found: dict[UUID, tuple[str, ...]] = {}
    for row in rows:
        regime = world.regime(row.regime, row.regime_version)
        view = sight(regime, cases[row.id], world.actor(who, regime.id), world.directory(regime.id))
        reader = CaseReader(world, view.hidden, _given(parties.get(row.id, {}), in_full=in_full and view.personal))
        found[row.id] = line_of(regime, form, cases[row.id], reader, world.calendar.zone, world.now)
    return found


def _given(parties: Parties, *, in_full: bool) -> Callable[[], tuple[Parties, Parties]]:
    masked = {role: data.masked() for role, data in parties.items()}
    return lambda: (masked, parties if in_full else {})
