"""Check plain data against the form of a regime file and say what is wrong in our words."""

import types
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from huiyin.regime.problems import Findings, nearest
from huiyin.regime.source import Path

from .regime import RegimeFile

_EXPECTED = {
    "dict_type": ("一组“键: 值”", "a mapping of keys to values"),
    "model_type": ("一组“键: 值”", "a mapping of keys to values"),
    "model_attributes_type": ("一组“键: 值”", "a mapping of keys to values"),
    "tuple_type": ("列表", "a list"),
    "list_type": ("列表", "a list"),
    "bool_type": ("true 或 false", "true or false"),
    "bool_parsing": ("true 或 false", "true or false"),
    "int_type": ("整数", "a whole number"),
    "int_parsing": ("整数", "a whole number"),
    "int_from_float": ("整数", "a whole number"),
    "greater_than_equal": ("1 以上的整数", "a whole number from 1 on"),
    "float_type": ("数字", "a number"),
    "float_parsing": ("数字", "a number"),
}


def read_form(data: Any, found: Findings) -> RegimeFile | None:
    """The file as models, or None with the problems added to `found`."""
    if not isinstance(data, dict):
        found.add("not-a-regime", ())
        return None
    try:
        return RegimeFile.model_validate(data)
    except ValidationError as errors:
        for error in errors.errors(include_url=False):
            _explain(dict(error), data, found)
    return None


def _explain(error: dict[str, Any], data: Any, found: Findings) -> None:
    path = _cut(tuple(error["loc"]), data)
    kind = error["type"]
    value = error.get("input")
    context: Mapping[str, Any] = error.get("ctx", {})
    if kind == "extra_forbidden":
        _unknown_key(path, found)
    elif kind == "missing":
        found.add("missing-key", path[:-1], at_key=True, key=path[-1])
    elif kind == "literal_error":
        known = _literals(path)
        zh, en = _perhaps(nearest(str(value), known))
        found.add(
            "not-a-choice", path, at_key="[key]" in error["loc"],
            value=value, what=_last_name(path), known=known, hint_zh=zh, hint_en=en,
        )  # fmt: skip
    elif kind == "string_type" and isinstance(value, int | float | date):
        found.add("quote-it", path, value=value)
    elif kind == "wrong-form":
        found.add("wrong-form", path, expected_zh=context["expected_zh"], expected_en=context["expected_en"])
    else:
        zh, en = _EXPECTED.get(kind, ("文字", "text"))
        found.add("wrong-form", path, expected_zh=zh, expected_en=en)


def _unknown_key(path: Path, found: Findings) -> None:
    key = str(path[-1])
    allowed = _keys_of(_type_at(path[:-1]))
    best = nearest(key, allowed)
    if best:
        near = [name for name in allowed if name.startswith(best[:4]) and name != best][:2]
        shown = [best, *near]
    else:
        shown = allowed
    zh, en = _perhaps(best)
    found.add("unknown-key", path, at_key=True, key=key, allowed=shown, hint_zh=zh, hint_en=en)


def _perhaps(word: str) -> tuple[str, str]:
    """The question that offers a better word, in both languages."""
    return (f"是否想写 {word}？", f"Did you mean {word}?") if word else ("", "")


def _cut(location: Path, data: Any) -> Path:
    """The part of pydantic's location that is really written in the file, plus one step for a missing key."""
    path: list[str | int] = []
    for step in location:
        if step == "[key]":
            continue
        inside = (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        )
        if not inside:
            if isinstance(step, str) and isinstance(data, dict):
                path.append(step)
            break
        data = data[step]
        path.append(step)
    return tuple(path)


def _last_name(path: Path) -> str:
    return str(next((step for step in reversed(path) if isinstance(step, str)), ""))


def _type_at(path: Path) -> Any:
    """The annotation of what stands at `path`, None when the path leaves the form."""
    here: Any = RegimeFile
    for step in path:
        here = _inner(here)
        if isinstance(here, type) and issubclass(here, BaseModel):
            field = next(
                (each for name, each in here.model_fields.items() if step == (each.alias or name)),
                None,
            )
            here = field.annotation if field else None
        elif get_origin(here) is dict:
            here = get_args(here)[1]
        elif get_origin(here) in {tuple, list}:
            here = get_args(here)[0]
            if not isinstance(step, int):  # a single value stands for a list
                here = _type_below(here, step)
        else:
            return None
    return _inner(here)


def _type_below(here: Any, step: str | int) -> Any:
    here = _inner(here)
    if isinstance(here, type) and issubclass(here, BaseModel):
        field = next((each for name, each in here.model_fields.items() if step == (each.alias or name)), None)
        return field.annotation if field else None
    return None


def _inner(annotation: Any) -> Any:
    """The annotation without Annotated and without None."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in {Union, types.UnionType}:
            members = [each for each in get_args(annotation) if each is not type(None)]
            models = [each for each in members if isinstance(each, type) and issubclass(each, BaseModel)]
            annotation = models[0] if models else members[0]
        else:
            return annotation


def _keys_of(annotation: Any) -> list[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [field.alias or name for name, field in annotation.model_fields.items()]
    return []


def _literals(path: Path) -> list[str]:
    annotation = _type_at(path)
    if annotation is None or not get_args(annotation):
        above = _type_at(path[:-1])  # a key that is one of a few words, such as a kind
        annotation = get_args(above)[0] if get_origin(above) is dict else annotation
    if get_origin(annotation) in {tuple, list}:
        annotation = _inner(get_args(annotation)[0])
    return [str(each) for each in get_args(annotation)]
