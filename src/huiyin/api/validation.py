"""What pydantic found wrong, said in Chinese or English; and texts no store can keep."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.parser import Parser

from .language import say

LARGEST_NUMBER = 10**15
DEEPEST = 40

_Sentence = Callable[[Mapping[str, Any]], tuple[str, str]]


def _fixed(zh: str, en: str) -> _Sentence:
    return lambda _values: (zh, en)


_SENTENCES: dict[str, _Sentence] = {
    "missing": _fixed("请填写这一项", "This is required"),
    "extra_forbidden": _fixed("这里没有这一项", "There is no such field here"),
    "string_type": _fixed("请填写文字", "Must be text"),
    "string_too_long": lambda v: (f"最多 {v['max_length']} 字", f"At most {v['max_length']} characters"),
    "string_too_short": lambda v: (f"至少 {v['min_length']} 字", f"At least {v['min_length']} characters"),
    "too_long": lambda v: (f"最多 {v['max_length']} 项", f"At most {v['max_length']} items"),
    "too_short": lambda v: (f"至少 {v['min_length']} 项", f"At least {v['min_length']} items"),
    "bool_type": _fixed("请填写 true 或 false", "Must be true or false"),
    "bool_parsing": _fixed("请填写 true 或 false", "Must be true or false"),
    "int_type": _fixed("请填写整数", "Must be a whole number"),
    "int_parsing": _fixed("请填写整数", "Must be a whole number"),
    "int_from_float": _fixed("请填写整数", "Must be a whole number"),
    "float_type": _fixed("请填写数字", "Must be a number"),
    "float_parsing": _fixed("请填写数字", "Must be a number"),
    "finite_number": _fixed("数字超出范围", "The number is out of range"),
    "greater_than_equal": lambda v: (f"不能小于 {v['ge']}", f"Must be at least {v['ge']}"),
    "less_than_equal": lambda v: (f"不能大于 {v['le']}", f"Must be at most {v['le']}"),
    "dict_type": _fixed("请填写对象 {…}", "Must be an object"),
    "mapping_type": _fixed("请填写对象 {…}", "Must be an object"),
    "model_attributes_type": _fixed("请填写对象 {…}", "Must be an object"),
    "model_type": _fixed("请填写对象 {…}", "Must be an object"),
    "list_type": _fixed("请填写列表 […]", "Must be a list"),
    "tuple_type": _fixed("请填写列表 […]", "Must be a list"),
    "literal_error": lambda v: (f"只能是 {v['expected'].replace(' or ', '、')}", f"Must be {v['expected']}"),
    "enum": lambda v: (f"只能是 {v['expected'].replace(' or ', '、')}", f"Must be {v['expected']}"),
    "timezone_aware": _fixed(
        "请写明时区，例如 2026-09-28T09:30:00+08:00", "Name the time zone: 2026-09-28T09:30:00+08:00"
    ),
}
_TIME = _fixed("请填写时间，例如 2026-09-28T09:30:00+08:00", "Must be a time such as 2026-09-28T09:30:00+08:00")
_OTHER = _fixed("格式不对", "Not of the right form")


def messages(errors: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Field path → message, from pydantic's errors as the framework passes them on."""
    return {_path(error["loc"]): _message(error) for error in errors}


def _message(error: Mapping[str, Any]) -> str:
    kind, values = str(error["type"]), error.get("ctx") or {}
    if "zh" in values:  # a validator of ours has said it
        return say(str(values["zh"]), str(values["en"]))
    known = _SENTENCES.get(kind)
    if known is None:
        known = _TIME if kind.startswith(("datetime", "date", "timezone")) else _OTHER
    return say(*known(values))


def _path(location: Sequence[str | int]) -> str:
    """`body.command.complainant.people` → `complainant.people`: where the client wrote it."""
    parts = [str(part) for part in location]
    if len(parts) > 1 and parts[0] in ("body", "query", "path", "header", "form", "file"):
        parts = parts[1:]
    if len(parts) > 1 and parts[0] in ("body", "filing", "filters", "order", "opening"):
        parts = parts[1:]
    return ".".join(parts)


class CarefulParser(Parser):
    """Reads JSON, and refuses at the door what no database can keep: NUL, half surrogates, numbers without end."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        return _read(request.body)

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        found: dict[str, Any] = super().parse_querydict(data, list_fields, request)
        _refuse_unfit(found, 0)  # uploaded files pass: they are neither text nor number
        return found


def _read(body: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HttpError(400, "JSON") from error
    _refuse_unfit(found, 0)
    return found


def _refuse_unfit(value: Any, depth: int) -> None:
    """Raise HttpError for a value we cannot keep."""
    if depth > DEEPEST:
        raise HttpError(400, "depth")
    match value:
        case str():
            if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
                raise HttpError(400, "text")
        case bool() | None:
            return
        case int() | float():
            if not math.isfinite(value) or abs(value) > LARGEST_NUMBER:
                raise HttpError(400, "number")
        case list():
            for each in value:
                _refuse_unfit(each, depth + 1)
        case dict():
            for name, each in value.items():
                _refuse_unfit(name, depth + 1)
                _refuse_unfit(each, depth + 1)
