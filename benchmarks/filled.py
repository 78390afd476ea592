"""Stores filled with cases of the demo's rehearsal, through the same import that organisations use.

Of ten cases seven are new and lie with the complaint centre, one is with an agency, one was answered and closed, and
one is long overdue. All were received on one morning but those closed or overdue, and but the `due` ones, which came the
day before and become due this evening.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from .citizens import Message, message
from .copying import copy_cases
from .place import copy_store, data_folder, has_store, open_store, progress
from .sizes import Sizes
from .timing import Stretch

if TYPE_CHECKING:
    from huiyin.application.filing_many import Row
    from huiyin.organisations.models import Organisation

ZONE = ZoneInfo("Asia/Shanghai")
REGIME = "efficiency-network"
CENTRE, LIAISON = "zhu-qinghe", "ge-xiaotian"
"""Somebody of the complaint centre, who sees every case, and the liaison of one agency."""

EARLIER = datetime(2026, 3, 2, 9, tzinfo=ZONE)
YESTERDAY = datetime(2026, 9, 14, 9, tzinfo=ZONE)
MORNING = datetime(2026, 9, 15, 9, tzinfo=ZONE)
NOON = datetime(2026, 9, 15, 12, tzinfo=ZONE)
EVENING = datetime(2026, 9, 15, 23, tzinfo=ZONE)
PORTION = 10_000
"""Messages of a table: one that an organisation brings in at once."""

COLUMNS = ("编号", "收到时间", "类别", "标题", "内容", "诉求", "姓名", "电话", "地址")
MAPPING = """\
regime: efficiency-network
key: [编号]
kind: complaint
channel: web
history: as-it-was
received_at: {column: 收到时间, formats: ["%Y-%m-%d %H:%M"]}
category: {column: 类别}
matter:
  subject: {column: 类别}
  title: {column: 标题}
  account: {column: 内容}
  demand: {column: 诉求}
name: {column: 姓名}
phone: {column: 电话}
address: {column: 地址}
"""


@dataclass(slots=True)
class Filling:
    """What filling took: new cases imported from tables, past cases with everything done about them."""

    imported: int = 0
    import_seconds: float = 0.0
    import_processor: float = 0.0
    import_helpers: float = 0.0
    """Processor time of helper processes."""
    past: int = 0
    past_seconds: float = 0.0


_fillings: dict[int, Filling] = {}


def store_of(cases: int, sizes: Sizes) -> "Organisation":
    """Open the store with so many cases, filling it first where need be; the organisation's clock says noon."""
    name = f"cases-{sizes.large}-{cases}.sqlite3"
    if not has_store(name):
        if cases == sizes.large:
            store_of(sizes.small, sizes)
            copy_store(f"cases-{sizes.large}-{sizes.small}.sqlite3", f"{name}.part")
            if sizes.copied:
                copy_cases(sizes, _due_this_evening())
            else:
                _fill(range(sizes.small, cases), sizes)
        else:
            open_store(f"{name}.part")
            _fill(range(cases), sizes)
        copy_store(f"{name}.part", name)
    open_store(name)
    return at(NOON)


def filling_of(sizes: Sizes) -> Filling | None:
    """What filling the large store took, if it was filled in this run."""
    store_of(sizes.large, sizes)
    return _fillings.get(sizes.large)


def at(moment: datetime) -> "Organisation":
    """The organisation with its clock at this moment."""
    from huiyin.organisations.demo import REHEARSAL_SLUG, prepare
    from huiyin.organisations.models import Organisation

    if not Organisation.objects.filter(slug=REHEARSAL_SLUG).exists():
        prepare()
        Organisation.objects.filter(slug=REHEARSAL_SLUG).update(rehearsal_clock=EARLIER)
        _regimes_as_of_then()
    Organisation.objects.filter(slug=REHEARSAL_SLUG).update(rehearsal_clock=moment)
    return Organisation.objects.get(slug=REHEARSAL_SLUG)


def _due_this_evening() -> list[UUID]:
    from huiyin.application.sweeping import due_cases

    return list(due_cases(at(NOON).pk, EVENING).values_list("id", flat=True))


def _regimes_as_of_then() -> None:
    """The demo's regimes are published when it is made; its cases are older here."""
    from django.db.models import QuerySet

    from huiyin.organisations.models import RegimeVersion

    QuerySet(RegimeVersion).update(effective_on=EARLIER.date())  # its own manager lets nobody change what is published


def _fill(numbers: range, sizes: Sizes) -> None:
    from huiyin.application.filing_many import file_many
    from huiyin.application.sweeping import sweep
    from huiyin.cases.people import SYSTEM

    organisation, filling = at(NOON), _fillings.setdefault(numbers.stop, Filling())
    for start in range(numbers.start, numbers.stop, PORTION):
        portion = [message(number) for number in range(start, min(start + PORTION, numbers.stop))]
        new = [each for each in portion if each.number % 10 < 7]
        filling.imported += _import(organisation, new, sizes, filling)
        begun = perf_counter()
        outcomes = list(file_many(organisation, SYSTEM, _past_rows(portion)))
        filling.past_seconds += perf_counter() - begun
        refused = [outcome.refused for outcome in outcomes if outcome.receipt is None]
        assert not refused, refused[0]
        filling.past += len(outcomes)
        rate = filling.imported / filling.import_seconds
        progress(f"{start + len(portion):,} of {numbers.stop:,} cases; new ones {rate:,.0f}/s")
    sweep(organisation)


def _import(organisation: "Organisation", messages: Iterable[Message], sizes: Sizes, filling: Filling) -> int:
    from huiyin.cases.people import SYSTEM
    from huiyin.importer.mapping import read_mapping
    from huiyin.importer.running import run_import

    mapping, rows = data_folder() / "mapping.yaml", data_folder() / "rows.csv"
    mapping.write_text(MAPPING, encoding="utf-8")
    write_rows(rows, messages, due_every=sizes.large // sizes.due)
    stretch = Stretch()
    *_, report = run_import(organisation, SYSTEM, rows, read_mapping(mapping))
    clock, processor, helpers = stretch.seconds()
    filling.import_seconds += clock
    filling.import_processor += processor
    filling.import_helpers += helpers
    assert not report.refused, report.refused[0]
    return report.filed


def write_rows(file: Path, messages: Iterable[Message], *, due_every: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for each in messages:
            received = YESTERDAY if each.number % due_every == 0 else MORNING
            writer.writerow((
                each.number, f"{received:%Y-%m-%d %H:%M}", each.subject, each.title, each.account, each.demand,
                each.name, each.phone, each.address,
            ))


def _past_rows(messages: Iterable[Message]) -> Iterator["Row"]:
    """With an agency since this morning, closed months ago, or not answered for months."""
    from huiyin.application.filing import Afterwards, Filing
    from huiyin.application.filing_many import Row
    from huiyin.cases.commands import File, Perform
    from huiyin.cases.people import Actor
    from huiyin.store.personal.data import PersonalData

    centre = Actor(CENTRE)
    done = Perform(work="handle", fields={"established": "所反映的情况属实", "measures": "已经整改"})
    for each in messages:
        kind = each.number % 10
        if kind < 7:
            continue
        received = MORNING if kind == 7 else EARLIER + timedelta(days=each.number % 90)
        handler = Actor(HANDLERS[each.subject])
        work: list[tuple[timedelta, Actor, Perform]] = [(timedelta(hours=1), centre, Perform(work="review"))]
        if kind == 8:
            work += [
                (timedelta(days=3), handler, done),
                (timedelta(days=4), handler, Perform(work="reply", fields={"answer": "已派人处理，感谢反映。"})),
                (timedelta(days=9), centre, Perform(work="rate", outcome="satisfied", answers=_ANSWERS)),
                (timedelta(days=9), centre, Perform(work="close")),
            ]
        elif kind == 9:
            work.append((timedelta(days=40), handler, done))
        command = File(
            kind="complaint", channel="web", category=each.subject,
            matter={"subject": each.subject, "title": each.title, "account": each.account, "demand": each.demand},
        )
        filing = Filing(REGIME, command, PersonalData(each.name, each.phone, each.address), key=f"past:{each.number}")
        yield Row(each.number, filing, received, tuple(Afterwards(received + after, who, what) for after, who, what in work))


_ANSWERS = {"result": 5, "attitude": 5}
HANDLERS = {
    "labour": "zuo-wanting", "construction": "ge-xiaotian", "education": "tan-zimo", "commerce": "shang-guange",
    "environment": "yun-ruolan", "health": "gui-zhiyao", "transport": "lai-yunqi",
}
"""The liaison of the agency that a subject goes to."""
