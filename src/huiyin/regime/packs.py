"""The regimes that ship with Huiyin: one folder each under `huiyin/packs`, named as the regime."""

from collections.abc import Mapping
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent.parent / "packs"


def packs() -> Mapping[str, Path]:
    """Regime id → its `regime.yaml`, sorted by id."""
    return {file.parent.name: file for file in sorted(_FOLDER.glob("*/regime.yaml"))}


def find_pack(name: str) -> Path:
    """The file of one pack. Raises LookupError when there is none of that name."""
    found = packs().get(name)
    if found is None:
        raise LookupError(f"没有名为“{name}”的制度 / there is no pack named {name!r}")
    return found


pack = find_pack
