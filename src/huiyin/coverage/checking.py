"""Does the pack carry out its inventory? Every fact needs a rule that exists, runs, and is shown by a story or a test."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from huiyin.regime import RegimeErrors, load
from huiyin.regime.loading import read_whole
from huiyin.regime.problems import Problem
from huiyin.regime.source import Source
from huiyin.scenarios import ScriptError, run_folder
from huiyin.scenarios.results import StoryResult

from .examining import Examination
from .inventories import inventories
from .messages import problem
from .reading import FILE_NAME, Coverage, read_coverage


@dataclass(frozen=True, slots=True)
class Tally:
    """How many facts or figures of an inventory are carried out, how, and how many have no entry."""

    total: int = 0
    carried_out: int = 0
    information: int = 0
    planned: int = 0

    @property
    def missing(self) -> int:
        """Without an entry."""
        return self.total - self.carried_out - self.information - self.planned

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.total + other.total,
            self.carried_out + other.carried_out,
            self.information + other.information,
            self.planned + other.planned,
        )


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """What there is to say of one pack."""

    name: str
    inventory: str = ""
    facts: Tally = field(default_factory=Tally)
    figures: Tally = field(default_factory=Tally)
    planned: dict[str, tuple[int, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def check_coverage(name: str, path: Path, played: Sequence[StoryResult] | None = None) -> CoverageReport:
    """Check the `coverage.yaml` beside a regime file, or in a folder; never raises for bad content.

    Each story is played once, unless the results are `played` already. A test that is named must exist where the tests
    are at hand: in the nearest folder above that has `tests`.
    """
    folder = path if path.is_dir() else path.parent
    file = folder / FILE_NAME
    if not file.is_file():
        return CoverageReport(name, problems=(problem("no-file", Source(str(file)), ()),))
    coverage = read_coverage(file)
    if not isinstance(coverage.source.data, dict):
        return CoverageReport(name, problems=coverage.problems)
    try:
        results = run_folder(folder).stories if played is None else tuple(played)
        desk = Examination(coverage, load(path), read_whole(path), results, _above(folder))
    except (RegimeErrors, ScriptError) as error:
        trouble = problem("bad-file", Source(str(path)), (), reason=str(error))
        return CoverageReport(name, coverage.inventory, problems=(*coverage.problems, trouble))
    inventory = inventories().get(coverage.inventory)
    found = [*coverage.problems, *desk.of_the_head(inventory)]
    if inventory is not None:
        found += desk.of_all(inventory)
    order = sorted(dict.fromkeys(found), key=lambda each: (each.line, each.column, each.code))
    return CoverageReport(
        name=name,
        inventory=coverage.inventory,
        facts=_tally(coverage, "facts", len(inventory.facts) if inventory else 0),
        figures=_tally(coverage, "figures", inventory.figures if inventory else 0),
        planned=_waiting(coverage),
        problems=tuple(order),
    )


def _above(folder: Path) -> Path | None:
    return next((each for each in folder.resolve().parents if (each / "tests").is_dir()), None)


def _tally(coverage: Coverage, section: str, total: int) -> Tally:
    held = [entry for number, entry in coverage.of(section).items() if 1 <= number <= total]
    return Tally(
        total,
        carried_out=sum(bool(entry.by) for entry in held),
        information=sum(bool(entry.information) for entry in held),
        planned=sum(bool(entry.planned) for entry in held),
    )


def _waiting(coverage: Coverage) -> dict[str, tuple[int, ...]]:
    """Planned capability → the facts that wait for it."""
    facts = coverage.of("facts").values()
    tags = sorted({entry.planned for entry in facts if entry.planned})
    return {tag: tuple(entry.number for entry in facts if entry.planned == tag) for tag in tags}
