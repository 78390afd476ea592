"""The regimes that ship with Huiyin: one folder each under `huiyin/packs`, named as the regime."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent.parent / "packs"
_HEAD = re.compile(r"^(title|organisation): *[\"']?(.+?)[\"']?$", re.MULTILINE)


def packs() -> Mapping[str, Path]:
    """Regime id → its `regime.yaml`, sorted by id."""
    return {file.parent.name: file for file in sorted(_FOLDER.glob("*/regime.yaml"))}


@lru_cache(maxsize=1)
def pack_titles() -> Mapping[str, str]:
    """Regime id → its title and the kind of house it is for, without compiling any of them."""
    return {name: _title(file.read_text(encoding="utf-8")) or name for name, file in packs().items()}


def _title(text: str) -> str:
    said: dict[str, str] = dict(_HEAD.findall(text))
    house = said.get("organisation", "")
    return said.get("title", "") + (f"（{house}）" if house else "")


def find_pack(name: str) -> Path:
    """The file of one pack. Raises LookupError when there is none of that name."""
    found = packs().get(name)
    if found is None:
        raise LookupError(f"没有名为“{name}”的制度 / there is no pack named {name!r}")
    return found


pack = find_pack
