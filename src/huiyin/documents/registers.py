"""Registers: a line for each case of a period, as a paper to print; a spreadsheet is made of the same paper."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from huiyin.cases.documents.composing import filled_in, listed_in
from huiyin.cases.documents.values import Contents, Production
from huiyin.cases.documents.wording import day_words
from huiyin.cases.state import Case
from huiyin.documents.printed import Printed, PrintedGrid, Reader, clean, read
from huiyin.regime.model import Form, Regime

USUAL_COLUMNS = (
    "case.number", "case.received_at", "case.channel", "case.category", "respondent", "handling-unit", "handler",
    "case.due", "case.closed_at", "case.state",
)  # fmt: skip
"""What a register shows that names no columns."""

SERIAL = "序号"
USUAL = "cases"


def registers_of(regime: Regime) -> list[Form]:
    """The registers the regime declares, or the usual one."""
    declared = [form for form in regime.forms.values() if form.of == "cases"]
    return declared or [Form(USUAL, "案件登记簿", of="cases", paper="A4-landscape")]


def titles_of(regime: Regime, form: Form, zone: ZoneInfo, at: datetime) -> tuple[str, ...]:
    """The heads of the columns, without that of the serial number."""
    contents = _of_nobody(regime, form, zone, at)
    return tuple(clean(contents.label(name)) for name in form.fields or USUAL_COLUMNS)


def line_of(regime: Regime, form: Form, case: Case, reader: Reader, zone: ZoneInfo, at: datetime) -> tuple[str, ...]:
    """The contents of one case, as this reader may have them. `regime`: the version the case was filed under."""
    contents = Contents(regime, case, _production(form, zone, at))
    return tuple(read(contents.text(name), reader) for name in form.fields or USUAL_COLUMNS)


def register_paper(
    regime: Regime,
    form: Form,
    lines: Sequence[tuple[str, ...]],
    reader: Reader,
    *,
    period: str,
    zone: ZoneInfo,
    at: datetime,
) -> Printed:
    """The register of a period; lines are numbered from 1. `at` is the moment it is made."""
    contents = _of_nobody(regime, form, zone, at)
    numbered = tuple((str(number), *line) for number, line in enumerate(lines, start=1))
    return Printed(
        title=clean(form.title),
        organisation=clean(reader.organisation),
        number=period,
        case_number="",
        version=1,
        day=day_words(at.astimezone(zone).date()),
        regime=clean(f"《{regime.title}》{regime.version}"),
        blocks=(PrintedGrid((SERIAL, *titles_of(regime, form, zone, at)), numbered),),
        header=read(filled_in(form.header, contents), reader),
        footer=read(filled_in(form.footer, contents), reader),
        paper=form.paper,
    )


def _of_nobody(regime: Regime, form: Form, zone: ZoneInfo, at: datetime) -> Contents:
    """Contents without a case, for labels and for what stands around the table."""
    nobody = Case("", "", regime.id, regime.version, "", "", "", "", at, at)
    return Contents(regime, nobody, _production(form, zone, at))


def _production(form: Form, zone: ZoneInfo, at: datetime) -> Production:
    return Production("", form.id, "", "", "", at, "", 1, zone, listed=listed_in(form))
