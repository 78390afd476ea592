"""Kinds of samples that a case may have: how one is sealed, numbered, coded, tested and kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .limits import LimitExpression


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far independent results may lie apart and still agree.

    `most` None: they must be the same. Else the distance between the largest and the smallest, in the unit of the field, or
    with `relative` in percent of their mean.
    """

    most: float | None = None
    relative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleKind:
    """One kind of sample. Who takes, hands over, codes and tests it is said by the work that does (`Work.takes` …).

    `sealed_with`: roles in whose presence it is sealed. `blind`: the pattern of codes under which testers get it, empty where
    they may know what they test. `testers`: how many test it, each alone. `agree`: field of the result → how near.
    `disposed_by`: who disposes of it when the time to `keep` it is over.
    """

    id: str
    title: str
    sealed: bool = False
    sealed_with: tuple[str, ...] = ()
    number: str = ""
    blind: str = ""
    testers: int = 1
    agree: Mapping[str, Tolerance] = field(default_factory=dict)
    keep: LimitExpression | None = None
    disposed_by: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    note: str = ""
