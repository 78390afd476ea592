"""Bulk import: rows of a CSV become cases, every rule evaluated, personal data sealed, lists and search written.

Measured from the command line's way in, and as a job that a worker does in steps, with a breath for others between them.
Processor time of the helper process that decides ahead is counted from its start to its end.
"""

from typing import TYPE_CHECKING

from .citizens import message
from .figures import Figure
from .filled import MAPPING, Filling, filling_of, write_rows
from .place import copy_store, data_folder
from .sizes import Sizes
from .timing import Stretch

if TYPE_CHECKING:
    from pathlib import Path

LEAST_PER_SECOND = 2_000


def measure(sizes: Sizes) -> list[Figure]:
    """The rate while the large store is filled, so with ever more cases there already; then a job on a copy of it."""
    filling = filling_of(sizes)
    return [*_figures(filling), _as_a_job(sizes)] if filling is not None else []


def _figures(filling: Filling) -> list[Figure]:
    new = filling.imported / filling.import_seconds
    past = filling.past / filling.past_seconds
    return [
        Figure("import", f"{filling.imported:,} new cases from CSV", new, "cases/s", LEAST_PER_SECOND, at_least=True,
               beside=_processors(filling.imported, filling.import_processor, filling.import_helpers)),
        Figure("import", f"{filling.past:,} past cases", past, "cases/s", beside="with 1 to 5 commands each"),
    ]


def _as_a_job(sizes: Sizes) -> Figure:
    from huiyin.importer.import_job import IMPORT, import_parameters
    from huiyin.jobs.asking import ask
    from huiyin.jobs.running import Runner

    from .filled import NOON, at

    copy_store(f"cases-{sizes.large}-{sizes.large}.sqlite3", "import.sqlite3")
    count = sizes.large // 10
    table: Path = data_folder() / "job.csv"
    write_rows(table, map(message, range(sizes.large, sizes.large + count)), due_every=sizes.large // sizes.due)
    parameters = import_parameters(table.name, "mapping.yaml", MAPPING, trial=False)
    job = ask(at(NOON), "zhu-qinghe", IMPORT, table.name, parameters, uploaded=table.read_bytes())
    stretch = Stretch()
    Runner().round()
    clock, processor, helpers = stretch.seconds()
    job.refresh_from_db()
    assert job.counts == {"filed": count, "already": 0, "played": 0, "refused": 0}, job.counts
    return Figure("import", f"{count:,} new cases as a job", count / clock, "cases/s",
                  beside=_processors(count, processor, helpers))  # fmt: skip


def _processors(cases: int, processor: float, helpers: float) -> str:
    own, helping = processor / cases * 1e6, helpers / cases * 1e6
    return f"CPU a case: {own:.0f} µs, and {helping:.0f} µs in the helper; {cases / (processor + helpers):,.0f} cases/s by all of it"
