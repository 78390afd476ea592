"""Filing many cases: in batches of one transaction, with every rule evaluated; a batch that was done is not done again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import transaction

from huiyin.cases.people import Actor
from huiyin.cases.refusals import Refused
from huiyin.organisations.models import Organisation
from huiyin.organisations.regimes import NoSuchRegimeError
from huiyin.records import made_quickly
from huiyin.store.availability import LOCKED, clear_failures
from huiyin.store.errors import KeyReused, StoreUnavailable
from huiyin.store.models import CaseRow, CommandRow
from huiyin.store.one_writer import one_writer
from huiyin.store.recording import ChangedMeanwhile, Recording
from huiyin.store.registers import Numbers

from .filing import Afterwards, Filing, Receipt, enter, fingerprint_of, first_receipt_of
from .pausing import collector_paused
from .transactions import TRIES
from .world import World, world_of

BATCH = 250


@made_quickly
@dataclass(frozen=True, slots=True)
class Row:
    """One filing of many. `line` is where it came from, for reports; `filing.key` makes a second run skip it.

    `filed_at` sets the clock for this row: past cases are decided as of then. None: now. `afterwards` are commands the
    case was given since; a row is filed with all of them or not at all.
    """

    line: int
    filing: Filing
    filed_at: datetime | None = None
    afterwards: tuple[Afterwards, ...] = ()


@made_quickly
@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: a receipt, or why it was refused (a Chinese sentence, and messages by field)."""

    line: int
    receipt: Receipt | None
    refused: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    already: bool = False


def file_many(
    organisation: Organisation, who: Actor, rows: Iterable[Row], *, batch: int = BATCH
) -> Iterator[Outcome]:
    """File rows in order, one transaction a batch; outcomes come as batches are committed.

    Rules that look at earlier cases see everything filed before, in the same batch too.

    Raises:
        StoreUnavailable: the batch under way was not written; those before were.
    """
    waiting = iter(rows)
    while portion := list(islice(waiting, batch)):
        yield from _file_batch(organisation, who, portion)


def _file_batch(organisation: Organisation, who: Actor, rows: Sequence[Row]) -> list[Outcome]:
    for _ in range(TRIES):
        try:
            with collector_paused(), clear_failures(), one_writer(), transaction.atomic():
                return _Batch(world_of(organisation), who).file(rows)
        except ChangedMeanwhile:
            continue
    raise StoreUnavailable(LOCKED)


class _Batch:
    """One transaction's worth of rows. What is recorded is held back until the end, or until a rule looks back."""

    def __init__(self, world: World, who: Actor) -> None:
        self.world = world
        self.who = who
        self.held = Recording()
        self.numbers = Numbers(world.organisation.pk)

    def file(self, rows: Sequence[Row]) -> list[Outcome]:
        known = self._known(rows)
        outcomes = []
        for row in rows:
            mark = fingerprint_of(self.who, row.filing)
            if row.filing.key in known:
                outcomes.append(self._repeated(row, mark, known[row.filing.key]))
            else:
                outcomes.append(self._new(row, mark))
                if row.filing.key and outcomes[-1].receipt is not None:
                    known[row.filing.key] = mark, outcomes[-1].receipt
        self.held.write()
        self.numbers.write()
        return outcomes

    def _known(self, rows: Sequence[Row]) -> dict[str, tuple[str, Receipt]]:
        """Key → fingerprint and receipt of filings done before. Two queries."""
        keys = [row.filing.key for row in rows if row.filing.key]
        done = list(CommandRow.objects.filter(organisation_id=self.world.organisation.pk, key__in=keys))
        cases = CaseRow.objects.in_bulk([command.case_id for command in done])
        return {
            command.key: (command.fingerprint, first_receipt_of(cases[command.case_id], command.last)) for command in done
        }

    def _repeated(self, row: Row, mark: str, known: tuple[str, Receipt]) -> Outcome:
        first, receipt = known
        if first != mark:
            return Outcome(row.line, None, KeyReused().message_zh)
        return Outcome(row.line, receipt, already=True)

    def _new(self, row: Row, mark: str) -> Outcome:
        alone = Recording()
        now = self.world.now
        self.world.now = row.filed_at or now
        try:
            pattern = self.world.in_force(row.filing.regime).intake.number
            number = self.numbers.next(pattern, self.world.today)
            receipt = enter(
                alone,
                self.world,
                self.who,
                row.filing,
                number,
                mark=mark,
                afterwards=row.afterwards,
                before_looking=self._write_if,
                past=row.filed_at is not None,
            )
        except Refused as refused:
            return Outcome(row.line, None, refused.message, tuple(refused.fields.items()))
        except NoSuchRegimeError as error:
            return Outcome(row.line, None, str(error))
        finally:
            self.world.now = now
        self.numbers.take(pattern, self.world_day(row))
        self.held.merge(alone)
        return Outcome(row.line, receipt)

    def _write_if(self, matters: Callable[[Recording], bool]) -> None:
        """Write what is held back if it matters to the rule that is about to look."""
        if matters(self.held):
            self.held.write()

    def world_day(self, row: Row) -> date:
        """The local day a row is registered on."""
        return (row.filed_at or self.world.now).astimezone(self.world.calendar.zone).date()
