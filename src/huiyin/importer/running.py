"""Bringing rows in, batch by batch, with a word about each row that was not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from huiyin.application.filing_many import file_portion
from huiyin.application.past import PastAct, play_past
from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.organisations.services import calendar_of

from .mapping import BadMapping, Mapping
from .portions import Portion, Portions, Refusal, past_key_of
from .sheets import read_rows

BATCH, DECIDED_AHEAD = 250, 500
"""Rows to a transaction, and where they only have to be written: a break in the middle costs at most so many rows, which the
next run brings in."""


@dataclass(slots=True)
class Report:
    """What an import did. `played`: rows whose past was played; `already`: rows that an earlier run had brought in.

    `trouble`: how the helper process was lost, e.g. `SIGKILL`; empty while it was not. The rest is brought in without it.
    """

    filed: int = 0
    already: int = 0
    played: int = 0
    refused: list[Refusal] = field(default_factory=list)
    trouble: str = ""

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
    with Portions(organisation, who, mapping, rows, zone, BATCH, DECIDED_AHEAD) as portions:
        for portion in portions:
            bring_in(organisation, who, mapping, portion, report)
            report.trouble = portions.trouble
            yield report


def bring_in(organisation: Organisation, who: Actor, mapping: Mapping, portion: Portion, report: Report) -> None:
    """Bring a portion of rows in and add what became of them to the report. Raises StoreUnavailable."""
    report.refused += portion.refused
    past: list[tuple[UUID, str, tuple[PastAct, ...]]] = []
    lines: dict[UUID, int] = {}
    outcomes = file_portion(organisation, who, portion.rows, portion.asked)
    for outcome, item in zip(outcomes, portion.items, strict=True):
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
            past.append((case_id, past_key_of(mapping, item), item.past))
    if past:
        for played in play_past(organisation, past):
            report.played += 0 if played.refused or played.already else 1
            if played.refused:
                sentence = gettext("已登记，但过去的办理没有全部导入：%(reason)s") % {"reason": played.refused}
                report.refused.append(Refusal(lines[played.case_id], sentence))
