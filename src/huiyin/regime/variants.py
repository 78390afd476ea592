"""Variants: a regime that `extends` another and states only the differences (section 2.9).

Mappings are merged key by key, lists and single values are replaced, `~` removes. A new row of a rule table goes before
the row without `when`, so that the last row stays the last.
"""

from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Any

from .source import Fault, Path, Place, Source, read

Find = Callable[[str], FilePath]
"""Gives the file of a regime by its id; raises LookupError when there is none."""

_RULE_TABLES: frozenset[Path] = frozenset({("assessment",), ("routing",), ("records",), ("severity", "rules")})


def whole(source: Source, find: Find) -> Source:
    """The source with everything it extends merged in; a fault is added when a base is missing or goes in a circle."""
    return _whole(source, find, (str(_id(source)),))


def _whole(source: Source, find: Find, chain: tuple[str, ...]) -> Source:
    if not isinstance(source.data, dict) or not isinstance(source.data.get("extends"), str):
        return source
    wanted = source.data["extends"]
    place = source.place(("extends",))
    if wanted in chain:
        source.faults.append(Fault("extends-circle", ("extends",), place, {"chain": " → ".join((*chain, wanted))}))
        return source
    try:
        base = read(find(wanted))
    except LookupError:
        source.faults.append(Fault("extends-missing", ("extends",), place, {"name": wanted}))
        return source
    base = _whole(base, find, (*chain, wanted))
    if base.faults or not isinstance(base.data, dict):
        source.faults.extend(base.faults)
        return source
    return merged(base, source)


def merged(base: Source, variant: Source) -> Source:
    """Both as one source; each value keeps the place of the file it comes from."""
    result = Source(
        variant.file,
        values=dict(base.values),
        keys=dict(base.keys),
        quoted=set(base.quoted),
        faults=list(variant.faults),
    )
    result.data = _merge_mapping(base.data, variant.data, (), variant, result)
    return result


def _merge_mapping(base: dict[str, Any], variant: dict[str, Any], path: Path, new: Source, result: Source) -> Any:
    merged = dict(base)
    added: dict[str, Any] = {}
    for key, value in variant.items():
        here = (*path, key)
        if value is None:
            if merged.pop(key, None) is None:
                place = new.place(here, at_key=True)
                result.faults.append(Fault("extends-nothing", here, place, {"name": key}))
        elif key in merged and isinstance(merged[key], dict) and isinstance(value, dict):
            _take_place(here, new, result)
            merged[key] = _merge_mapping(merged[key], value, here, new, result)
        else:
            _take_places(here, new, result)
            (merged if key in merged else added)[key] = value
    return _with_new_rows(merged, added) if path in _RULE_TABLES else merged | added


def _with_new_rows(rows: dict[str, Any], added: dict[str, Any]) -> dict[str, Any]:
    """New rows stand before the first row without `when`."""
    result: dict[str, Any] = {}
    waiting = dict(added)
    for key, row in rows.items():
        if waiting and isinstance(row, dict) and "when" not in row:
            result |= waiting
            waiting = {}
        result[key] = row
    return result | waiting


def _take_place(path: Path, new: Source, result: Source) -> None:
    if path in new.values:
        result.values[path] = new.values[path]
    if path in new.keys:
        result.keys[path] = new.keys[path]


def _take_places(path: Path, new: Source, result: Source) -> None:
    """A whole branch is replaced: its old places go, its new ones come."""
    size = len(path)
    for places in (result.values, result.keys):
        for old in [each for each in places if each[:size] == path]:
            del places[old]
    result.quoted -= {each for each in result.quoted if each[:size] == path}
    _copy(new.values, result.values, path)
    _copy(new.keys, result.keys, path)
    result.quoted |= {each for each in new.quoted if each[:size] == path}


def _copy(old: dict[Path, Place], new: dict[Path, Place], path: Path) -> None:
    new.update({each: place for each, place in old.items() if each[: len(path)] == path})


def _id(source: Source) -> Any:
    return source.data.get("regime") if isinstance(source.data, dict) else None
