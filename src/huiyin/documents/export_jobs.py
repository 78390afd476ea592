"""Exports as jobs: the case list as somebody filtered it, and registers, as XLSX or PDF.

A step reads a page of cases as the person who asked sees them, logs that they are taken out, and keeps their lines; the
last step makes the file. What a person may no longer see when its page is read is not in the file.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from huiyin.application.case_lists import CaseFilter, count_cases, list_cases
from huiyin.application.personal import log_export
from huiyin.application.world import World, world_of
from huiyin.cases.documents.wording import day_words
from huiyin.cases.people import Actor
from huiyin.documents.pdf import pdf_of
from huiyin.documents.printed import Printed, PrintedGrid
from huiyin.documents.readers import CaseReader
from huiyin.documents.register_lines import Wanted, filter_of, lines_of
from huiyin.documents.registers import register_paper, registers_of
from huiyin.documents.spreadsheet import xlsx_of
from huiyin.jobs.kinds import JobFailed, Kind
from huiyin.jobs.models import RESULT
from huiyin.jobs.steps import Run
from huiyin.regime.model import Form, Regime
from huiyin.store.models import CaseRow
from huiyin.store.sentences import kept

BATCH = 100
"""Cases of a step."""

MOST_ROWS = 50_000
"""Cases of a file; spreadsheet programs are slow with more."""

LINES = "lines"
COUNTS = (("cases", _("案件")),)

LISTED = Form(
    "case-list",
    "案件清单",
    of="cases",
    paper="A4-landscape",
    fields=(
        "case.number", "case.received_at", "case.kind", "case.channel", "case.category", "case.severity", "case.state",
        "case.due", "complainant.name", "respondent", "handling-unit", "handler", "case.closed_at",
    ),
)  # fmt: skip
"""What the list shows of a case, for any regime."""


@dataclass(frozen=True, slots=True)
class _Export:
    """What is exported: which cases, what of each, whether personal data is in full where the policy allows it."""

    world: World
    filters: CaseFilter
    query: str
    form: Form
    regime: Regime | None
    in_full: bool
    reason: str
    period: str


def list_parameters(filters: CaseFilter, query: str) -> dict[str, Any]:
    """The parameters of an export of the case list."""
    said = {name: each.isoformat() if isinstance(each, datetime) else each for name, each in asdict(filters).items()}
    return {"query": query, "filters": said}


def register_parameters(regime: Regime, form: Form, wanted: Wanted, ending: str) -> dict[str, Any]:
    """The parameters of an export of a register."""
    days = {"since": wanted.since and wanted.since.isoformat(), "until": wanted.until and wanted.until.isoformat()}
    return {"regime": regime.id, "form": form.id, "state": wanted.state, "ending": ending, **days}


def _the_list(world: World, said: Mapping[str, Any]) -> _Export:
    filters = dict(said["filters"])
    for name in ("received_from", "received_before"):
        filters[name] = datetime.fromisoformat(filters[name]) if filters[name] else None
    return _Export(world, CaseFilter(**filters), said["query"], LISTED, None, in_full=False,
                   reason="《案件清单》，XLSX", period=day_words(world.today))  # fmt: skip


def _a_register(world: World, said: Mapping[str, Any]) -> _Export:
    regime = world.in_force(said["regime"])
    form = next((each for each in registers_of(regime) if each.id == said["form"]), None)
    if form is None:
        raise JobFailed(gettext_noop("《%(regime)s》现在没有这本登记簿了，请从登记簿页面重新导出。"), regime=regime.title)
    since, until = (date.fromisoformat(said[name]) if said[name] else None for name in ("since", "until"))
    wanted = Wanted(since, until, said["state"])
    reason = f"《{form.title}》{wanted.words()}，{said['ending'].upper()}"
    return _Export(world, filter_of(world, regime, wanted), "", form, regime, in_full=True, reason=reason, period=wanted.words())


def _exporting(what: Callable[[World, Mapping[str, Any]], _Export]) -> Callable[[Run], None]:
    def step(run: Run) -> None:
        world = world_of(run.organisation)
        if run.person not in world.people.persons:
            raise JobFailed(gettext_noop("发起人已经离职，不再导出。"))
        export = what(world, run.parameters)
        if run.position.get("read"):
            _make_file(run, export)
        else:
            _read_page(run, export)

    return step


def _read_page(run: Run, export: _Export) -> None:
    world, who = export.world, Actor(run.person)
    run.doing(gettext_noop("读取第%(first)s件起的案件"), first=run.done + 1)
    page = list_cases(
        world.organisation, who, export.filters, export.query, run.position.get("after", ""), BATCH, world=world
    )
    rows: list[CaseRow] = [item.row for item in page.items]
    lines = lines_of(world, who, export.form, rows, in_full=export.in_full)
    done = run.done + len(rows)
    if done > MOST_ROWS:
        raise JobFailed(gettext_noop("超过 %(most)s 件，一个文件放不下。请缩短期间或加上筛选，分几次导出。"), most=MOST_ROWS)
    total = run.total or (0 if export.query else count_cases(world.organisation, who, export.filters, world=world))
    text = "".join(json.dumps(lines[row.id], ensure_ascii=False) + "\n" for row in rows)
    position = {"after": page.next} if page.next else {"read": True}
    with run.whole():
        log_export(world, who, [row.id for row in rows], export.reason)
        words = kept(gettext_noop("已读取%(count)s件"), count=done)
        run.save(position, done=done, total=max(total, done), words=words, counts={"cases": done},
                 parts=[(LINES, text.encode())])  # fmt: skip


def _make_file(run: Run, export: _Export) -> None:
    run.doing(gettext_noop("制作文件"))
    text = b"".join(run.parts(LINES)).decode()
    lines: list[tuple[str, ...]] = [tuple(json.loads(line)) for line in text.splitlines()]
    lines.reverse()     # oldest first, as a register is kept
    paper = _paper(export, lines)
    content = pdf_of(paper) if run.parameters.get("ending") == "pdf" else xlsx_of(paper)
    with run.whole():
        run.drop(LINES)
        run.end(done=len(lines), counts={"cases": len(lines)}, parts=[(RESULT, content)])


def _paper(export: _Export, lines: list[tuple[str, ...]]) -> Printed:
    world, form = export.world, export.form
    reader = CaseReader(world, frozenset(), lambda: ({}, {}))
    zone = world.calendar.zone
    if export.regime is not None:
        return register_paper(export.regime, form, lines, reader, period=export.period, zone=zone, at=world.now)
    numbered = tuple((str(number), *line) for number, line in enumerate(lines, start=1))
    grid = PrintedGrid(("序号", *LIST_TITLES), numbered)
    return Printed(
        title=form.title, organisation=world.organisation.title, number=export.period, case_number="", version=1,
        day=day_words(world.today), regime="", blocks=(grid,), header="", footer="", paper=form.paper,
    )  # fmt: skip


LIST_TITLES = (
    "编号", "收到时间", "种类", "渠道", "类别", "严重程度", "状态", "到期", "投诉人", "被投诉", "承办部门", "承办人", "办结时间",
)  # fmt: skip
"""Heads of the list's columns, in the order of its fields."""

CASE_LIST = Kind("case-list", _("导出案件清单"), _exporting(_the_list), counts=COUNTS)
REGISTER = Kind("register", _("导出登记簿"), _exporting(_a_register), counts=COUNTS)
