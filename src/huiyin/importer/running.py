"""Bringing rows in, batch by batch, with a word about each row that was not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, gettext_noop

from huiyin.application.filing import Filing
from huiyin.application.filing_many import Row, file_many
from huiyin.application.past import PastAct, play_past
from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.organisations.services import calendar_of
from huiyin.store.personal.data import PersonalData

from .mapping import BadMapping, Mapping
from .rows import BadRow, Incoming, incoming
from .sheets import SheetRow, read_rows

BATCH = 250
"""Rows to a transaction: a break in the middle costs at most so many rows, which the next run brings in."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not brought in."""

    line: int
    reason: str


@dataclass(slots=True)
class Report:
    """What an import did. `played`: rows whose past was played; `already`: rows that an earlier run had brought in."""

    filed: int = 0
    already: int = 0
    played: int = 0
    refused: list[Refusal] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Rows read."""
        return self.filed + self.already + len(self.refused)


def check_columns(mapping: Mapping, file: Path) -> None:
    """Refuse a mapping that names columns the file does not have, before anything is written.

    Raises:
        BadMapping: with the columns that are missing and those that there are.
    """
    first = next(read_rows(file, mapping.sheet), None)
    if first is None:
        raise BadMapping(gettext_noop("%(file)s 没有数据行"), file=file.name)
    missing = sorted(mapping.columns() - set(first.cells))
    if missing and "" not in first.cells:
        sentence = gettext_noop("%(file)s 没有列：%(missing)s；有：%(has)s")
        raise BadMapping(sentence, file=file.name, missing="、".join(missing), has="、".join(first.cells))


def run_import(
    organisation: Organisation, who: Actor, file: Path, mapping: Mapping, *, limit: int | None = None
) -> Iterator[Report]:
    """Bring a table in; gives the growing report after each batch.

    A row is known by its key, so a second run, or one after a break, takes only what is missing.

    Raises:
        BadMapping, UnreadableSheet: before anything is written.
        StoreUnavailable: the batch under way was not written; those before were.
    """
    check_columns(mapping, file)
    zone = calendar_of(organisation).zone
    rows = islice(read_rows(file, mapping.sheet), limit)
    report = Report()
    while True:
        portion = list(islice(rows, BATCH))
        if not portion:
            return
        bring_in(organisation, who, mapping, portion, zone, report)
        yield report


def bring_in(
    organisation: Organisation, who: Actor, mapping: Mapping, rows: Sequence[SheetRow], zone: ZoneInfo, report: Report
) -> None:
    """Bring a portion of rows in and add what became of them to the report. Raises StoreUnavailable."""
    ready: dict[int, Incoming] = {}
    for row in rows:
        _prepare(mapping, row, zone, ready, report)
    _file(organisation, who, mapping, ready, report)


def _prepare(mapping: Mapping, row: SheetRow, zone: ZoneInfo, ready: dict[int, Incoming], report: Report) -> None:
    try:
        ready[row.line] = incoming(mapping, row, zone)
    except BadRow as trouble:
        report.refused.append(Refusal(row.line, str(trouble)))


def _file(organisation: Organisation, who: Actor, mapping: Mapping, ready: dict[int, Incoming], report: Report) -> None:
    filings = [
        Row(
            item.line,
            Filing(
                mapping.regime,
                item.command,
                _personal(item),
                key=_key(mapping, item),
            ),
            item.filed_at,
        )
        for item in ready.values()
    ]
    past: list[tuple[UUID, str, tuple[PastAct, ...]]] = []
    lines: dict[UUID, int] = {}
    for outcome in file_many(organisation, who, filings, batch=BATCH):
        item = ready[outcome.line]
        if outcome.receipt is None:
            report.refused.append(Refusal(outcome.line, outcome.refused))
            continue
        if outcome.already:
            report.already += 1
        else:
            report.filed += 1
        if item.past:
            case_id = outcome.receipt.case_id
            lines[case_id] = outcome.line
            past.append((case_id, _key(mapping, item) + "#past", item.past))
    if past:
        for played in play_past(organisation, past):
            report.played += 0 if played.refused or played.already else 1
            if played.refused:
                sentence = gettext("已登记，但过去的办理没有全部导入：%(reason)s") % {"reason": played.refused}
                report.refused.append(Refusal(lines[played.case_id], sentence))


def _personal(item: Incoming) -> PersonalData | None:
    said = item.personal
    if not said:
        return None
    return PersonalData(
        name=said.get("name", ""),
        phone=said.get("phone", ""),
        email=said.get("email", ""),
        address=said.get("address", ""),
    )


def _key(mapping: Mapping, item: Incoming) -> str:
    return f"import:{mapping.regime}:{item.key}"
