"""The trial as a whole: every change, on several processes, and what no story noticed."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from huiyin.coverage.reading import FILE_NAME, read_coverage

from .changes import Change, changes_of
from .playing import INVALID, Bench


@dataclass(frozen=True, slots=True)
class TrialReport:
    """What a trial found.

    `on_purpose`: changes no story notices that the regime's coverage file explains, with the reason; `stale`: places
    it explains although every change there is noticed.
    """

    name: str
    tried: int
    invalid: int
    survivors: tuple[Change, ...]
    on_purpose: tuple[tuple[Change, str], ...] = ()
    stale: tuple[str, ...] = ()

    @property
    def noticed(self) -> int:
        """How many changes a story, or the checker, noticed."""
        return self.tried - len(self.survivors) - len(self.on_purpose)


def try_stories(
    name: str, path: Path, *, only: str = "", processes: int = 1, tell: Callable[[int, int], None] | None = None
) -> TrialReport:
    """Try every change to a regime, or only those at or below a dotted path.

    Of a variant those changes are tried that lie in its own file; the rest is tried with the regime it varies.

    Args:
        name: what the regime is called in the report.
        path: a regime file, or a folder with `regime.yaml`; `scenarios.yaml` stands beside it.
        only: such as `limits.reply`; empty for everything.
        processes: how many work at the same time.
        tell: hears how many changes are done, of how many.

    Raises:
        huiyin.scenarios.ScriptError: there are no stories, or one fails already.
        huiyin.regime.RegimeErrors: the regime cannot be used.
    """
    bench = Bench(path)
    changes = [
        change
        for change in changes_of(bench.source, bench.regime)
        if change.file == bench.source.file and _is_within(change.where, only)
    ]
    verdicts: list[str] = []
    for verdict in _verdicts(bench, path, changes, processes):
        verdicts.append(verdict)
        if tell is not None:
            tell(len(verdicts), len(changes))
    unnoticed = [change for change, verdict in zip(changes, verdicts, strict=True) if not verdict]
    reasons = _reasons(path)
    explained = [(change, reason) for change in unnoticed if (reason := _reason_for(change, reasons))]
    used = {key for change, _reason in explained for key in _keys_of(change)}
    return TrialReport(
        name,
        tried=len(changes),
        invalid=sum(verdict == INVALID for verdict in verdicts),
        survivors=tuple(change for change in unnoticed if not _reason_for(change, reasons)),
        on_purpose=tuple(explained),
        stale=tuple(key for key in reasons if key not in used and _is_within(key, only)),
    )


def _verdicts(bench: Bench, path: Path, changes: list[Change], processes: int) -> Iterator[str]:
    if processes <= 1 or len(changes) <= 1:
        yield from map(bench.noticed_by, changes)
        return
    context = get_context("spawn")  # a process of its own, without the threads of this one
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_prepare, initargs=(path,)) as pool:
        yield from pool.map(_noticed_by, changes, chunksize=4)


_bench: Bench | None = None


def _prepare(path: Path) -> None:
    global _bench  # noqa: PLW0603 - a worker process holds one bench
    _bench = Bench(path)


def _noticed_by(change: Change) -> str:
    assert _bench is not None
    return _bench.noticed_by(change)


def _is_within(where: str, only: str) -> bool:
    return not only or where == only or where.startswith((f"{only}.", f"{only}[", f"{only} "))


def _reasons(path: Path) -> dict[str, str]:
    file = (path if path.is_dir() else path.parent) / FILE_NAME
    return read_coverage(file).trial if file.is_file() else {}


def _reason_for(change: Change, reasons: dict[str, str]) -> str:
    return next((reasons[key] for key in _keys_of(change) if reasons.get(key)), "")


def _keys_of(change: Change) -> Iterable[str]:
    """How a coverage file may name a change: all of a place, or one new value there."""
    return (change.where, f"{change.where} → {str(change).rpartition(' → ')[2]}")
