"""A row of a table becomes a filing, and what was done about it in the past."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop

from huiyin.application.past import PastAct
from huiyin.cases.commands import AcceptReport, AnswerOrder, File, Perform
from huiyin.cases.people import Complainant, Respondent
from huiyin.records import made_quickly
from huiyin.store.sentences import SentenceError, read

from .mapping import Cell, Mapping, Past
from .sheets import SheetRow

FIRST_YEAR, LAST_YEAR = 1900, 2200


class BadRow(SentenceError):
    """The row cannot be brought in; the sentence says which column and why, in the language of the moment."""


@made_quickly
@dataclass(frozen=True, slots=True)
class Incoming:
    """A row ready to be filed. `personal` holds name, phone, email, address; `filed_at` None means now."""

    line: int
    key: str
    command: File
    personal: dict[str, str]
    filed_at: datetime | None
    past: tuple[PastAct, ...]


def incoming(mapping: Mapping, row: SheetRow, zone: ZoneInfo) -> Incoming:
    """The filing of a row.

    Raises:
        BadRow: a column is missing, a value has no translation, a time cannot be read.
    """
    if "" in row.cells:
        raise BadRow(read(row.cells[""]))
    key = "/".join(row.cells[name] for name in mapping.key)
    if not key.strip("/"):
        raise BadRow(gettext_noop("“%(columns)s”是空的，无法认出这一行"), columns="、".join(mapping.key))
    received = _time(mapping.received_at, row, zone)
    as_it_was = mapping.history == "as-it-was"
    if as_it_was and received is None:
        raise BadRow(gettext_noop("没有收到时间，不能按当时的时间导入"))
    command = File(
        kind=str(_value(mapping.kind, row) or ""),
        channel=str(_value(mapping.channel, row) or ""),
        category=str(_value(mapping.category, row) or ""),
        matter={name: value for name, cell in mapping.matter.items() if (value := _value(cell, row)) not in (None, "")},
        points=tuple(str(_value(mapping.points, row) or "").splitlines()),
        complainant=Complainant(anonymous=bool(_value(mapping.anonymous, row))),
        respondent=_respondent(str(_value(mapping.respondent_unit, row) or "")),
        received_at=None if as_it_was else received,
        late_reason=str(_value(mapping.late_reason, row) or "") if received and not as_it_was else "",
    )
    personal = {
        name: str(value)
        for name in ("name", "phone", "email", "address")
        if (value := _value(getattr(mapping, name), row)) not in (None, "")
    }
    past = tuple(_past(step, row, zone) for step in mapping.past if not step.when or row.cells.get(step.when))
    return Incoming(row.line, key, command, personal, received if as_it_was else None, past)


def _respondent(unit: str) -> Respondent:
    return Respondent("unit", unit) if unit else Respondent()


def _past(step: Past, row: SheetRow, zone: ZoneInfo) -> PastAct:
    at = _time(step.at, row, zone)
    if at is None and step.at.named():
        raise BadRow(gettext_noop("“%(step)s”没有时间"), step=step.do)
    if step.do == "accept-report":
        return PastAct(at, step.as_role, AcceptReport())
    if step.do == "answer-order":
        return PastAct(at, step.as_role, AnswerOrder(text=str(_value(step.text, row) or "见答复")))
    command = Perform(
        work=step.do,
        outcome=str(_value(step.outcome, row) or ""),
        fields={name: _value(cell, row) for name, cell in step.fields.items()},
        answers={name: _value(cell, row) for name, cell in step.answers.items()},
        text=str(_value(step.text, row) or ""),
        unit=str(_value(step.unit, row) or ""),
    )
    return PastAct(at, step.as_role, command)


def _value(cell: Cell, row: SheetRow) -> Any:
    if not cell.named():
        return cell.value if cell.value is not None else cell.default
    texts = [row.cells[name] for name in cell.named() if row.cells.get(name)]
    text = cell.join.join(texts)
    if not text:
        return cell.default
    if cell.values:
        if text not in cell.values:
            if cell.default is not None:
                return cell.default
            sentence = gettext_noop("“%(columns)s”的值“%(value)s”没有对应；映射里有：%(known)s")
            raise BadRow(sentence, columns="、".join(cell.named()), value=text[:30], known="、".join(cell.values))
        return cell.values[text]
    return text


def _time(cell: Cell, row: SheetRow, zone: ZoneInfo) -> datetime | None:
    text = _value(cell, row)
    if text in (None, ""):
        return None
    for pattern in cell.formats:
        try:
            moment = datetime.strptime(str(text), pattern).replace(tzinfo=zone)
        except ValueError:
            continue
        return _shifted(cell, moment, str(text))
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        formats = "、".join(cell.formats) or "2026-09-28 09:30"
        sentence = gettext_noop("“%(columns)s”的时间“%(text)s”认不出；可用格式：%(formats)s")
        raise BadRow(sentence, columns="、".join(cell.named()), text=text, formats=formats) from None
    return _shifted(cell, moment if moment.tzinfo else moment.replace(tzinfo=zone), str(text))


def _shifted(cell: Cell, moment: datetime, text: str) -> datetime:
    """The moment with the days to be added; a year no case is from is a slip of the pen."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        sentence = gettext_noop("“%(columns)s”的时间“%(text)s”不在%(first)s至%(last)s年之间")
        raise BadRow(sentence, columns="、".join(cell.named()), text=text, first=FIRST_YEAR, last=LAST_YEAR)
    return moment + timedelta(days=cell.plus_days)
