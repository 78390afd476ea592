"""`python -m benchmarks`: measure, print one table; 0 when every budget was kept, 1 when one was missed."""

import argparse
import json
import platform
import sys
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from .figures import Figure, table
from .place import data_folder, keep_in, keep_on, progress
from .sizes import SIZES

SUBJECTS = {
    "core": "core_decision",
    "due": "due_time",
    "simulation": "simulation",
    "import": "importing",
    "lists": "lists",
    "case": "case_page",
    "search": "searching",
    "sweep": "sweeping",
    "filing": "filing",
    "serve": "serving",
}
"""Name → module with `measure(sizes)`."""

SERVED = {"filing", "serve"}
"""Those that start a server as it is for somebody who has just installed it: with SQLite."""


def main() -> int:
    """Measure what was asked for; 2 for bad usage."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure Huiyin against its budgets.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"subjects: {', '.join(SUBJECTS)} (all by default)")
    parser.set_defaults(size="full")
    parser.add_argument("--quick", dest="size", action="store_const", const="quick", help="the same as --size quick")
    parser.add_argument("--size", choices=SIZES, help="anything but full shows that it runs, not how fast")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON, too")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="work in this folder and leave the stores there")
    parser.add_argument("--postgresql", metavar="ADDRESS", help="stores on this server, e.g. postgresql://me@host/postgres")
    given = parser.parse_args()
    unknown = [name for name in given.names if name not in SUBJECTS]
    if unknown:
        parser.error(f"no subject {', '.join(unknown)}; there are {', '.join(SUBJECTS)}")
    if given.keep:
        keep_in(given.keep.resolve())
    names = given.names or [name for name in SUBJECTS if not given.postgresql or name not in SERVED]
    if given.postgresql:
        if not given.keep:
            parser.error("--postgresql needs --keep: the stores stay on the server, and their keys with them")
        if SERVED & set(names):
            parser.error(f"{', '.join(sorted(SERVED))} run on SQLite only")
        keep_on(given.postgresql)
    figures = _measure(names, size=given.size)
    print(table(figures), flush=True)
    if given.json:
        given.json.write_text(json.dumps(_report(figures, size=given.size), ensure_ascii=False, indent=2) + "\n", "utf-8")
    return 1 if any(figure.verdict == "missed" for figure in figures) else 0


def _measure(names: list[str], *, size: str) -> list[Figure]:
    data_folder()       # sets Django up before a subject looks for models
    figures: list[Figure] = []
    for name in names:
        begun = time.perf_counter()
        figures += import_module(f"benchmarks.{SUBJECTS[name]}").measure(SIZES[size])
        progress(f"{name}: {time.perf_counter() - begun:.0f} s")
    return figures


def _report(figures: list[Figure], *, size: str) -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "size": size,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "figures": [figure.as_data() for figure in figures],
    }


if __name__ == "__main__":
    sys.exit(main())
