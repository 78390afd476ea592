"""Bringing in cases as a job: in small portions, each of them whole; a trial run files everything and takes it back."""

import csv
import io
from collections.abc import Mapping as Said
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from huiyin.cases.people import SYSTEM
from huiyin.jobs.kinds import JobFailed, Kind
from huiyin.jobs.models import INPUT, PROBLEMS
from huiyin.jobs.steps import Run
from huiyin.organisations.services import calendar_of
from huiyin.store.sentences import kept

from .mapping import BadMapping, Mapping, read_mapping
from .portions import Portion, Portions
from .running import Report, bring_in, check_columns
from .sheets import SheetRow, UnreadableSheet, read_rows

BATCH, DECIDED_AHEAD = 50, 400
"""Rows of a step, and where they only have to be written: others who write wait no longer than it takes."""

MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class _Begun:
    """An import under way: how many rows there are, and those that are still to come."""

    mapping: Mapping
    total: int
    portions: Portions


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of the uploaded table and the mapping that reads them."""

    mapping: Mapping
    rows: list[SheetRow]
    zone: ZoneInfo


def import_parameters(name: str, mapping_name: str, mapping: str, *, trial: bool, language: str = "") -> dict[str, Any]:
    """The parameters of an import: the table's name, the mapping's name and text, whether it is only a trial.

    `language` of whoever asks: the lines that were not taken are listed in it; empty is Chinese.
    """
    return {"name": name, "mapping_name": mapping_name, "mapping": mapping, "trial": trial, "language": language}


def checked(parameters: Said[str, Any], content: bytes) -> int:
    """How many rows the table has. Raises JobFailed: it cannot be read, or the mapping does not fit."""
    return len(_opened(parameters, content, ZoneInfo("UTC")).rows)


def _opened(said: Said[str, Any], content: bytes, zone: ZoneInfo) -> _Table:
    with TemporaryDirectory(prefix="huiyin-import-") as folder:     # readable by us alone
        table = Path(folder) / f"table{Path(said['name']).suffix.lower()}"
        mapping_file = Path(folder) / "mapping.yaml"
        table.write_bytes(content)
        mapping_file.write_text(said["mapping"], encoding="utf-8")
        try:
            mapping = read_mapping(mapping_file)
            check_columns(mapping, table)
            rows = list(read_rows(table, mapping.sheet))
        except (BadMapping, UnreadableSheet) as trouble:
            raise _renamed(trouble, {table.name: said["name"], mapping_file.name: said["mapping_name"]}) from trouble
    if len(rows) > MOST_ROWS:
        raise JobFailed(
            gettext_noop("%(file)s 有%(rows)s行，一次最多%(most)s行。请分成几个文件导入。"),
            file=said["name"], rows=len(rows), most=MOST_ROWS,
        )  # fmt: skip
    return _Table(mapping, rows, zone)


def _renamed(trouble: BadMapping | UnreadableSheet, names: Said[str, str]) -> JobFailed:
    """The trouble with the names under which the files were uploaded."""
    values = trouble.values
    for ours, theirs in names.items():
        values = {place: value.replace(ours, theirs) if isinstance(value, str) else value for place, value in values.items()}
    return JobFailed(trouble.words, **values)


def _step(run: Run) -> None:
    with override(run.parameters.get("language") or settings.LANGUAGE_CODE):
        _bring_in_more(run)


def _bring_in_more(run: Run) -> None:
    run.doing(gettext_noop("读取表格"))
    begun = run.kept(lambda: _begin(run))
    portion = begun.portions.next() or Portion([])
    if portion.read:
        run.doing(gettext_noop("导入第%(first)s至%(last)s行"), first=portion.read[0].line, last=portion.read[-1].line)
    report, trial = Report(), run.parameters["trial"]
    with run.whole():
        with transaction.atomic():
            bring_in(run.organisation, SYSTEM, begun.mapping, portion, report)
            transaction.set_rollback(trial)
        counts = {name: run.counts.get(name, 0) + count for name, count in _counts(report).items()}
        done = run.done + len(portion.read)
        if done < begun.total:
            words = kept(gettext_noop("第%(last)s行为止"), last=portion.read[-1].line)
            run.save({"row": done}, done=done, total=begun.total, words=words, counts=counts, parts=_problems(run, report))
        else:
            run.end(done=done, counts=counts, parts=_problems(run, report))
            if not trial:
                run.drop(INPUT)


def _begin(run: Run) -> _Begun:
    table = _opened(run.parameters, b"".join(run.parts(INPUT)), calendar_of(run.organisation).zone)
    rows = iter(table.rows[run.done :])
    portions = Portions(
        run.organisation, SYSTEM, table.mapping, rows, table.zone, BATCH, DECIDED_AHEAD, trial=run.parameters["trial"]
    )
    run.at_end(portions.close)
    return _Begun(table.mapping, len(table.rows), portions)


def _counts(report: Report) -> dict[str, int]:
    lines = {refusal.line for refusal in report.refused}
    return {"filed": report.filed, "already": report.already, "played": report.played, "refused": len(lines)}


def _problems(run: Run, report: Report) -> list[tuple[str, bytes]]:
    """The lines that were not taken, as the next part of a CSV that spreadsheet programs open in any language."""
    if not report.refused:
        return []
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if not run.counts.get("refused"):
        text.write("\ufeff")
        writer.writerow([gettext("行"), gettext("原因")])
    writer.writerows([each.line, _plain(each.reason)] for each in sorted(report.refused, key=lambda each: each.line))
    return [(PROBLEMS, text.getvalue().encode())]


def _plain(reason: str) -> str:
    """A sentence that no spreadsheet program takes for a formula."""
    return f"'{reason}" if reason[:1] in ("=", "+", "-", "@", "\t", "\r") else reason


IMPORT = Kind(
    "import",
    _("导入案件"),
    _step,
    administrators_only=True,
    counts=(("filed", _("新登记")), ("already", _("此前已导入")), ("played", _("补录办理")), ("refused", _("未导入"))),
)
