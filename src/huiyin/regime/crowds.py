"""How much a regime may hold: more than any rule book has, less than what would take long to check."""

from collections.abc import Iterator
from typing import Any

from .problems import Findings
from .source import Path, Source

MOST_OF: dict[Path, int] = {
    ("flow",): 200, ("limits",): 200, ("acts",): 200, ("assessment",): 200, ("routing",): 200, ("severity", "rules"): 200,
    ("accountability", "rules"): 200,
}  # fmt: skip
"""Sections whose entries are looked at in pairs, or followed from one to the next."""
MOST_ENTRIES = 1_000
"""In any other mapping or list."""


def refuse_crowds(source: Source, found: Findings) -> None:
    """Report every mapping and list that holds too much."""
    for path, count in _sizes(source.data, ()):
        most = MOST_OF.get(path, MOST_ENTRIES)
        if count > most:
            found.add("crowd", path, at_key=True, count=count, most=most)


def _sizes(value: Any, path: Path) -> Iterator[tuple[Path, int]]:
    if isinstance(value, dict):
        yield path, len(value)
        for key, inner in value.items():
            yield from _sizes(inner, (*path, key))
    elif isinstance(value, list):
        yield path, len(value)
        for number, inner in enumerate(value):
            yield from _sizes(inner, (*path, number))
