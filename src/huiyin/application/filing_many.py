"""Filing many cases: in batches of one transaction, with every rule evaluated; a batch that was done is not done again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, repeat
from typing import TYPE_CHECKING

from django.db import transaction

from huiyin.cases.people import Actor
from huiyin.cases.refusals import Refused
from huiyin.organisations.models import Organisation
from huiyin.organisations.regimes import NoSuchRegimeError
from huiyin.records import made_quickly
from huiyin.store.availability import LOCKED, clear_failures
from huiyin.store.errors import KeyReused, StoreUnavailable
from huiyin.store.history import Held
from huiyin.store.models import CaseRow, CommandRow
from huiyin.store.one_writer import one_writer
from huiyin.store.receipts import code_of
from huiyin.store.recording import ChangedMeanwhile, Recording
from huiyin.store.registers import Numbers

from .ahead.requests import Decided, Refusal
from .filing import Afterwards, Filing, Receipt, enter, fingerprint_of, first_receipt_of
from .pausing import collector_paused
from .transactions import TRIES
from .watches import may_set_off
from .world import World, world_of

if TYPE_CHECKING:
    from .ahead.portions import Asked, Early

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
        yield from file_portion(organisation, who, portion)


def file_portion(
    organisation: Organisation, who: Actor, rows: Sequence[Row], asked: "Asked | None" = None
) -> list[Outcome]:
    """File rows in order in one transaction; with what was decided ahead about them (settled), where that still holds.

    Raises:
        StoreUnavailable: nothing was written.
    """
    for _ in range(TRIES):
        try:
            with collector_paused(), clear_failures(), one_writer(), transaction.atomic():
                return _Batch(world_of(organisation), who, asked).file(rows)
        except ChangedMeanwhile:
            asked = None    # an id that was made ahead may be the one that is taken
    raise StoreUnavailable(LOCKED)


class _Batch:
    """One transaction's worth of rows. What is recorded is held back until the end, or until a rule looks back."""

    def __init__(self, world: World, who: Actor, asked: "Asked | None" = None) -> None:
        self.world = world
        self.who = who
        self.held = Recording()
        self.numbers = Numbers(world.organisation.pk)
        self.asked = asked
        self.taken = 0
        self.early: Sequence[Early | None] | None = None
        if asked is not None:
            if asked.holds_in(world):
                world.now, self.early = asked.now, asked.rows
            else:
                asked.is_off()

    def file(self, rows: Sequence[Row]) -> list[Outcome]:
        known = self._known(rows)
        outcomes = []
        for row, early in zip(rows, self.early or repeat(None), strict=False):
            mark = early.ready.mark if early else fingerprint_of(self.who, row.filing)
            if row.filing.key in known:
                outcomes.append(self._repeated(row, mark, known[row.filing.key]))
                continue
            outcome = (self._decided(row, early) if early else None) or self._new(row, mark, early)
            outcomes.append(outcome)
            if row.filing.key and outcome.receipt is not None:
                known[row.filing.key] = mark, outcome.receipt
        self.held.write()
        self.numbers.write()
        if self.early is not None and self.asked is not None:
            self.asked.took(self.taken)
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

    def _decided(self, row: Row, early: "Early") -> Outcome | None:
        """The outcome as the helper proposed it; None when it did not, or not under the number that comes next."""
        found = early.found
        if found is None:
            return None
        if isinstance(found, Refusal):
            self.taken += 1
            return Outcome(row.line, None, found.message, found.fields)
        pattern, day = self.world.in_force(row.filing.regime).intake.number, self.world_day(row)
        if self.numbers.next(pattern, day) != found.number:
            assert self.asked is not None
            self.asked.is_off()
            return None
        if self._may_set_off(row, found):
            return None     # the alarm may concern this very case, which must be at hand for it
        self.taken += 1
        self.numbers.take(pattern, day)
        self.held.merge(early.sealed)
        self.held.unpack(found.packed)
        case_id = early.ready.case_id
        return Outcome(row.line, Receipt(case_id, found.number, code_of(case_id), found.version))

    def _may_set_off(self, row: Row, found: Decided) -> bool:
        """Whether a watch may have to be judged because of the case."""
        if not found.counts or row.filed_at is not None:
            return False
        self.held.write_counts()
        return may_set_off(self.world, self.world.in_force(row.filing.regime), found.counts)

    def _new(self, row: Row, mark: str, early: "Early | None") -> Outcome:
        alone = Recording()
        if early is not None:
            alone.merge(early.sealed)
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
                ready=early.ready if early is not None else None,
                afterwards=row.afterwards,
                held_back=self,
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

    def write_if(self, matters: Held) -> None:
        """Write what is held back if it matters to the rule that is about to look; what is packed cannot be asked."""
        if self.held.packed or matters(self.held):
            self.held.write()

    def write_counts(self) -> None:
        """Write what watches count; the rest is held back."""
        self.held.write_counts()

    def world_day(self, row: Row) -> date:
        """The local day a row is registered on."""
        return (row.filed_at or self.world.now).astimezone(self.world.calendar.zone).date()
