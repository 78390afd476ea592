"""The skeleton of the inventories: how many facts and figures each has, and what each fact needs.

`packs/inventories.yaml` is written by `tools/inventories`; it holds no sentence of an inventory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parent.parent / "packs" / "inventories.yaml"


@dataclass(frozen=True, slots=True)
class Fact:
    """The clause a fact stands in, and the capabilities it needs."""

    clause: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """One inventory. Facts and figures are numbered from 1."""

    id: str
    title: str
    facts: tuple[Fact, ...]
    figures: int


@cache
def inventories() -> Mapping[str, Inventory]:
    """Every inventory by its id, such as `S0-05`."""
    data = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {
        name: Inventory(
            id=name,
            title=held["title"],
            facts=tuple(Fact(fact[0], tuple(fact[1:])) for fact in held["facts"]),
            figures=held["figures"],
        )
        for name, held in data.items()
    }
