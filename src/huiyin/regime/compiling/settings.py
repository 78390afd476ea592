"""What the organisation decides: its answers, or the defaults, each checked against its type."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.regime.limits_written import LimitWritingError, parse_every, parse_limit
from huiyin.regime.model import PEOPLE_OF_A_CASE, Setting
from huiyin.regime.problems import Findings
from huiyin.regime.schema import RegimeFile
from huiyin.regime.schema.head import SettingPart
from huiyin.regime.source import Path

_EXPECTED = {
    "limit": ("时限，如 15 workdays", "a limit such as 15 workdays"),
    "every": ("周期，如 month 或 2 weeks", "a rhythm such as month or 2 weeks"),
    "number": ("数字", "a number"),
    "money": ("金额", "an amount"),
    "share": ("百分比，如 50%", "a share such as 50%"),
    "text": ("文字", "text"),
    "yes-no": ("true 或 false", "true or false"),
    "role": ("角色名", "the id of a role"),
    "choice": ("选项之一", "one of the choices"),
}


def declared(file: RegimeFile) -> dict[str, Setting]:
    """The settings as declared."""
    return {
        name: Setting(
            id=name,
            title=part.title or name,
            type=part.type,
            choices={choice: each.title or choice for choice, each in part.choices.items()},
            default=part.default,
            cite=part.cite,
            note=part.note,
        )
        for name, part in file.settings.items()
    }


def answered(file: RegimeFile, given: Mapping[str, Any], found: Findings) -> dict[str, Any]:
    """Setting → value: what the organisation answered, else the default. Numbers and shares become floats.

    A text that is empty says nothing: as an answer it leaves the default, and a setting whose default is empty has no value
    until the organisation fills it in.
    """
    values: dict[str, Any] = {}
    for name, part in file.settings.items():
        by_organisation = given.get(name) is not None and not _is_empty(part, given[name])
        raw = given[name] if by_organisation else part.default
        if raw is None or _is_empty(part, raw):
            continue
        try:
            values[name] = _checked(part, raw, file)
        except (ValueError, TypeError):
            path: Path = ("settings", name) if by_organisation else ("settings", name, "default")
            zh, en = _EXPECTED[part.type]
            title = part.title or name
            found.add("bad-answer", path, title=title, value=raw, expected_zh=zh, expected_en=en)
    return values | {key: value for key, value in given.items() if "." in key}


def may_stay_empty(part: SettingPart) -> bool:
    """Whether the organisation may fill this in or leave it: a text whose default is empty."""
    return part.default is not None and _is_empty(part, part.default)


def _is_empty(part: SettingPart, raw: Any) -> bool:
    return part.type == "text" and not str(raw).strip()


def _checked(part: SettingPart, raw: Any, file: RegimeFile) -> Any:
    return _READERS[part.type](raw, part, file)


def _limit(raw: Any, _part: SettingPart, _file: RegimeFile) -> str:
    if not isinstance(raw, str) or raw.startswith("$"):
        raise LimitWritingError(str(raw), "")
    parse_limit(raw)
    return raw


def _every(raw: Any, _part: SettingPart, _file: RegimeFile) -> str:
    if not isinstance(raw, str) or raw.startswith("$"):
        raise LimitWritingError(str(raw), "")
    return parse_every(raw)


def _number(raw: Any, _part: SettingPart, _file: RegimeFile) -> float:
    if isinstance(raw, bool):
        raise TypeError
    return float(raw)


def _share(raw: Any, _part: SettingPart, _file: RegimeFile) -> float:
    if isinstance(raw, bool):
        raise TypeError
    return float(raw.strip().removesuffix("%")) if isinstance(raw, str) else float(raw)


def _text(raw: Any, _part: SettingPart, _file: RegimeFile) -> str:
    return str(raw)


def _yes_no(raw: Any, _part: SettingPart, _file: RegimeFile) -> bool:
    if not isinstance(raw, bool):
        raise TypeError
    return raw


def _role(raw: Any, _part: SettingPart, file: RegimeFile) -> str:
    if raw not in {*file.roles.every(), *PEOPLE_OF_A_CASE}:
        raise ValueError
    return str(raw)


def _choice(raw: Any, part: SettingPart, _file: RegimeFile) -> str:
    if raw not in part.choices:
        raise ValueError
    return str(raw)


_READERS: dict[str, Callable[[Any, SettingPart, RegimeFile], Any]] = {
    "limit": _limit,
    "every": _every,
    "number": _number,
    "money": _number,
    "share": _share,
    "text": _text,
    "yes-no": _yes_no,
    "role": _role,
    "choice": _choice,
}
