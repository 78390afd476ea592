"""From a file or folder to a checked, compiled regime."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .checking import check_all
from .compiling import Desk, compile_regime
from .crowds import refuse_crowds
from .model import Regime
from .packs import find_pack
from .problems import Findings, RegimeErrors, Report
from .schema import read_form
from .source import Source, read
from .variants import whole

Tables = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Rows of the organisation's tables: table id → key → column → value."""
FILE_NAME = "regime.yaml"


def load(
    path: Path,
    *,
    answers: Mapping[str, Any] | None = None,
    tables: Tables | None = None,
    find: Callable[[str], Path] | None = None,
) -> Regime:
    """The compiled regime of a file, or of the `regime.yaml` in a folder.

    Args:
        answers: what the organisation decided, by setting (limits as text: `"15 workdays"`; shares as `"50%"`). A bare
            `promptly` is answered under the place it stands at: `limits.<id>`, `corrective.<id>`, `duties.<id>`,
            `approvals.<id>` or `assessment.<id>`.
        tables: rows of the organisation's tables.
        find: gives the file of a regime this one `extends`; raises LookupError. By default the folder beside this one,
            then the packs that ship.

    Raises:
        RegimeErrors: the regime cannot be used; all its problems with their places.
    """
    report = check(path, answers=answers, tables=tables, find=find)
    if report.regime is None:
        raise RegimeErrors(report.errors)
    return report.regime


def read_whole(path: Path, *, find: Callable[[str], Path] | None = None) -> Source:
    """What is written in a file, or in the `regime.yaml` of a folder, with everything it extends merged in.

    Never raises for bad content; every fault is in `Source.faults`.
    """
    file = path / FILE_NAME if path.is_dir() else path
    source = read(file)
    return source if source.faults else whole(source, find or finder(file))


def check(
    path: Path,
    *,
    answers: Mapping[str, Any] | None = None,
    tables: Tables | None = None,
    find: Callable[[str], Path] | None = None,
    publishing: bool = False,
) -> Report:
    """Everything there is to say about a regime file; never raises for bad content.

    With `publishing` a setting without an answer is an error (E22), otherwise a warning. Arguments as for `load`.
    """
    file = path / FILE_NAME if path.is_dir() else path
    source = read(file)
    return _checked(source, answers or {}, tables or {}, find or finder(file), publishing)


def _checked(
    source: Source, answers: Mapping[str, Any], tables: Tables, find: Callable[[str], Path], publishing: bool
) -> Report:
    if not source.faults:
        source = whole(source, find)
    return check_whole(source, answers=answers, tables=tables, publishing=publishing)


def check_whole(
    source: Source, *, answers: Mapping[str, Any], tables: Tables, publishing: bool = False
) -> Report:
    """As `check`, for a source that holds already everything it extends (see `read_whole`)."""
    found = Findings(source)
    for fault in source.faults:
        found.add_fault(fault)
    if source.faults and (source.data is None or any(fault.path[:1] == ("extends",) for fault in source.faults)):
        return found.report()  # nothing more can be said of half a regime
    refuse_crowds(source, found)
    if found.failed:
        return found.report()
    file = read_form(source.data, found)
    if file is None or found.failed:
        return found.report()
    desk = Desk(file, source, found, answers)
    regime = compile_regime(desk, tables)
    check_all(desk, regime, publishing=publishing)
    return found.report(regime)


def finder(file: Path) -> Callable[[str], Path]:
    """Looks for the file of a regime beside this one: `../<id>/regime.yaml`, `<id>.yaml`, then among the packs.

    What it gives raises LookupError where there is none.
    """

    def find(regime_id: str) -> Path:
        if not regime_id.replace("-", "").isalnum():
            raise LookupError(regime_id)
        for near in (file.parent.parent / regime_id / FILE_NAME, file.parent / f"{regime_id}.yaml"):
            if near.is_file() and near.resolve() != file.resolve():
                return near
        return find_pack(regime_id)

    return find
