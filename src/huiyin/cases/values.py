"""What people fill in: checked against its field and brought into the stored form."""

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.regime.model import Condition, Field, FieldType

from .principles import COMPLETE_RECORDS
from .refusals import Refused
from .scope import CaseScope

LONGEST_TEXT = 20_000  # characters; longer accounts belong in an attachment
PRIVATE = "⟨保密⟩"
"""Stands in `matter` for a private value, which is kept encrypted outside the events."""

_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)  # days that a complaint can be about

_YES = {"true", "yes", "on", "1", "是", "有"}
_NO = {"false", "no", "off", "0", "否", "无", ""}


class WrongValue(ValueError):
    """The value does not fit its field; the message is a Chinese sentence for the person who typed it."""


def checked(field: Field, raw: Any, zone: ZoneInfo) -> Any:
    """The stored form of a value: JSON, dates as ISO 8601. Naive datetimes are taken as local to `zone`.

    Raises:
        WrongValue: the value does not fit the field.
    """
    if raw == PRIVATE and field.private:
        return raw
    match field.type:
        case FieldType.NUMBER | FieldType.MONEY:
            return _number(raw)
        case FieldType.YES_NO:
            return _yes_no(raw)
        case FieldType.DATE:
            return _date(raw)
        case FieldType.DATETIME:
            return _datetime(raw, zone)
        case FieldType.CHOICE | FieldType.CHOICES if field.lists and not field.choices:
            return _text(raw)  # the organisation's list suggests, it does not forbid
        case FieldType.CHOICE:
            return _choice(field, raw)
        case FieldType.CHOICES:
            items = raw if isinstance(raw, list | tuple) else [raw]
            return list(dict.fromkeys(_choice(field, item) for item in items))
        case _:
            return _text(raw)


def _text(raw: Any) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise WrongValue("请填写文字")
    try:
        text = str(raw).replace("\x00", "").strip()
        text.encode()
    except ValueError:  # half a character, or a number of more digits than can be written out
        raise WrongValue("含有无法识别的字符，请重新填写") from None
    if len(text) > LONGEST_TEXT:
        raise WrongValue(f"最多{LONGEST_TEXT}字，现有{len(text)}字；更长的内容请作为附件")
    return text


def _number(raw: Any) -> float:
    try:
        if isinstance(raw, bool):
            raise ValueError
        number = float(raw.replace(",", "").replace("，", "")) if isinstance(raw, str) else float(raw)
    except (TypeError, ValueError, OverflowError):
        raise WrongValue("请填写数字，例如 286.00") from None
    if not math.isfinite(number) or abs(number) > 1e15:
        raise WrongValue("数字超出范围")
    return number


def _yes_no(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower() if isinstance(raw, str | int) else "?"
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise WrongValue("请选择“是”或“否”")


def _date(raw: Any) -> str:
    if isinstance(raw, datetime):
        raw = raw.date()
    try:
        day = raw if isinstance(raw, date) else date.fromisoformat(str(raw).strip())
    except ValueError:
        raise WrongValue("请填写日期，例如 2026-09-28") from None
    return _sensible(day).isoformat()


def _sensible(day: date) -> date:
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise WrongValue(f"日期应在{_FIRST_DAY.year}年至{_LAST_DAY.year}年之间")
    return day


def _datetime(raw: Any, zone: ZoneInfo) -> str:
    try:
        moment = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw).strip())
    except ValueError:
        raise WrongValue("请填写日期和时间，例如 2026-09-28 09:30") from None
    _sensible(moment.date())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.isoformat()


def _choice(field: Field, raw: Any) -> str:
    value = str(raw) if isinstance(raw, str | int) else ""
    if value not in field.choices:
        titles = "、".join(field.choices.values())
        raise WrongValue(f"请从选项中选择：{titles}")
    return value


def is_empty(value: Any) -> bool:
    """Whether nothing was answered. No and zero are answers."""
    return value is None or (not value and value in ("", [], ()))


def checked_fields(
    fields: Mapping[str, Field],
    required: Iterable[str],
    given: Mapping[str, Any],
    *,
    scope: CaseScope,
    section: str,
    zone: ZoneInfo,
    cite: tuple[str, ...],
) -> dict[str, Any]:
    """All fields of a form, checked together.

    A yes-no that nobody has to answer counts as no, as an unticked box does; one that is required has to be answered.

    `section` is `matter` or `facts`: where the values will stand when conditional requirements are looked at.

    Raises:
        Refused: missing-field or wrong-value, with a message for each field.
    """
    problems: dict[str, str] = {}
    wanted = set(required)
    stored: dict[str, Any] = {}
    for name in given:
        if name not in fields:
            problems[name] = "这里没有这一项" + (f"；可填：{'、'.join(fields)}" if fields else "")
    for name, field in fields.items():
        raw = given.get(name)
        if is_empty(raw):
            if field.type is FieldType.YES_NO and name not in wanted and field.required is False:
                stored[name] = False
            continue
        try:
            stored[name] = checked(field, raw, zone)
        except WrongValue as trouble:
            problems[name] = str(trouble)
    if problems:
        raise Refused("wrong-value", _sentence(fields, problems), cite=cite or COMPLETE_RECORDS, fields=problems)
    missing = _unanswered(fields, wanted, stored, scope.with_values(section, stored))
    if missing:
        raise Refused("missing-field", "；".join(missing.values()) + "。", cite=cite or COMPLETE_RECORDS, fields=missing)
    return stored


def _unanswered(
    fields: Mapping[str, Field], wanted: Iterable[str], stored: dict[str, Any], scope: CaseScope
) -> dict[str, str]:
    """What has to be answered and is not, with a message each; of the rest, an open yes-no is stored as no."""
    missing: dict[str, str] = {}
    for name, field in fields.items():
        if name in stored and not is_empty(stored[name]):
            continue
        if name in wanted or field.required is True or _is_required(field.required, scope):
            asking = "请选择“是”或“否”：" if field.type is FieldType.YES_NO else "请填写"
            missing[name] = f"{asking}“{field.title}”"
        elif field.type is FieldType.YES_NO:
            stored[name] = False
    return missing


def _is_required(required: bool | Condition, scope: CaseScope) -> bool:
    if isinstance(required, bool):
        return required
    return scope.holds(required)


def _sentence(fields: Mapping[str, Field], problems: Mapping[str, str]) -> str:
    parts = [f"{fields[name].title if name in fields else name}：{trouble}" for name, trouble in problems.items()]
    return "；".join(parts) + "。"
