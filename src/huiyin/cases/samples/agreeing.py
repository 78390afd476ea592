"""What the samples of a case say to conditions: how many there are, whether they are whole, whether results agree."""

from collections.abc import Iterable
from typing import Any

from huiyin.cases.state import Case
from huiyin.regime.model import SampleKind, Tolerance

from .sample import Sample


def of_kind(case: Case, kind: str) -> list[Sample]:
    """The samples of one kind, in the order in which they were taken."""
    return [sample for sample in case.samples.values() if sample.kind == kind]


def in_play(case: Case, kind: SampleKind) -> list[Sample]:
    """The samples that a round of tests is about: coded ones where testers know them by code, else all."""
    return [sample for sample in of_kind(case, kind.id) if sample.code or not kind.blind]


def are_intact(case: Case, kind: str) -> bool | None:
    """Whether all samples of the kind are whole and accounted for; None while there is none."""
    found = of_kind(case, kind)
    return all(sample.intact for sample in found) if found else None


def results_in(case: Case, kind: SampleKind) -> int:
    """How many results are in, of the sample that has fewest; 0 while there is none."""
    return min((len(sample.round_results) for sample in in_play(case, kind)), default=0)


def results_lacking(case: Case, kinds: Iterable[SampleKind]) -> int:
    """How many results the rounds now running still wait for."""
    samples = [sample for kind in kinds for sample in in_play(case, kind)]
    return sum(max(sample.needs - len(sample.round_results), 0) for sample in samples)


def do_agree(case: Case, kind: SampleKind) -> bool | None:
    """Whether the results of every sample agree within what the kind allows; None until all are in."""
    samples = in_play(case, kind)
    if not samples or not all(sample.complete for sample in samples):
        return None
    return all(_agrees(sample, kind) for sample in samples)


def _agrees(sample: Sample, kind: SampleKind) -> bool:
    results = [result.fields for result in sample.round_results]
    names = kind.agree or dict.fromkeys((name for fields in results for name in fields), Tolerance())
    return all(_near([fields.get(name) for fields in results], tolerance) for name, tolerance in names.items())


def _near(values: list[Any], tolerance: Tolerance) -> bool:
    """Whether values lie near enough; one that is missing agrees with nothing but others that are missing."""
    if tolerance.most is None or any(value is None for value in values):
        return all(value == values[0] for value in values)
    distance = max(values) - min(values)
    if not tolerance.relative:
        return bool(distance <= tolerance.most)
    mean = abs(sum(values) / len(values))
    return bool(distance <= mean * tolerance.most / 100)
