"""Building blocks of the file's form: shorthands and the few kinds of values a regime is written with."""

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError


def wrong_form(zh: str, en: str) -> PydanticCustomError:
    """The error for a value that is none of what may stand there."""
    return PydanticCustomError("wrong-form", "{expected_en}", {"expected_zh": zh, "expected_en": en})


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def _condition(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    raise wrong_form("条件", "a condition")


def _yes_no_or_condition(value: Any) -> bool | str:
    if isinstance(value, bool | str):
        return value
    raise wrong_form("true、false 或条件", "true, false or a condition")


def _yes_no_or_setting(value: Any) -> bool | str:
    if isinstance(value, bool) or (isinstance(value, str) and _SETTING.match(value)):
        return value
    raise wrong_form("true、false 或 $设置名", "true, false or $setting")


def _count(value: Any) -> int | str:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    if isinstance(value, str) and _SETTING.match(value):
        return value
    raise wrong_form("1 以上的整数或 $设置名", "a whole number from 1 on, or $setting")


def _number(value: Any) -> float | str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and (_SETTING.match(value) or _PERCENT.match(value) or _NUMBER.match(value)):
        return value
    raise wrong_form("数字、百分比或 $设置名", "a number, a share such as 90%, or $setting")


def _share(value: Any) -> str:
    if isinstance(value, str) and (_PERCENT.match(value) or _SETTING.match(value)):
        return value
    raise wrong_form("百分比，如 10%，或 $设置名", "a share such as 10%, or $setting")


def _amount(value: Any) -> bool | float | str:
    if value is True:
        return True
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and _AMOUNT.match(value):
        return value
    raise wrong_form("true、数字、范围 200..1500 或 $设置名", "true, a number, a range such as 200..1500, or $setting")


def _date_or_word(value: Any) -> date | str:
    if isinstance(value, date | str):
        return value
    raise wrong_form("日期 2026-01-01，或 publication、issue", "a date such as 2026-01-01, or publication, issue")


def _quorum(value: Any) -> int | Fraction:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    if isinstance(value, str) and _FRACTION.match(value):
        above, _, below = value.partition("/")
        share = Fraction(int(above), int(below)) if int(below) else Fraction(0)
    elif isinstance(value, str) and _PERCENT.match(value):
        share = Fraction(value.removesuffix("%")) / 100
    else:
        share = Fraction(0)
    if 0 < share <= 1:
        return share
    raise wrong_form("人数，或占成员的比例，如 1/2、60%", "a number of members, or a share of them such as 1/2 or 60%")


_SETTING = re.compile(r"\$[a-z][a-z0-9_]*\Z")
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]+)?%\Z")
_FRACTION = re.compile(r"[0-9]{1,3}/[0-9]{1,3}\Z")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
_ONE = r"(-?[0-9]+(\.[0-9]+)?|\$[a-z][a-z0-9_]*)"
_AMOUNT = re.compile(rf"{_ONE}(\.\.{_ONE})?\Z")

Listed = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
"""A list of names or texts; one may stand alone."""
ConditionText = Annotated[str, BeforeValidator(_condition)]
Required = Annotated[bool | str, BeforeValidator(_yes_no_or_condition)]
YesNo = Annotated[bool | str, BeforeValidator(_yes_no_or_setting)]
"""true, false, or the organisation's answer to a yes-no setting."""
Count = Annotated[int | str, BeforeValidator(_count)]
NumberText = Annotated[float | str, BeforeValidator(_number)]
ShareText = Annotated[str, BeforeValidator(_share)]
AmountText = Annotated[bool | float | str, BeforeValidator(_amount)]
Quorum = Annotated[int | Fraction, BeforeValidator(_quorum)]
DateOrWord = Annotated[date | str, BeforeValidator(_date_or_word)]


class Plain(BaseModel):
    """A mapping with known keys and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Part(Plain):
    """Anything of a regime: it may carry title, cite and note. Where only a title is needed the text stands alone."""

    title: str = ""
    cite: Listed = ()
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _title_alone(cls, value: Any) -> Any:
        return {"title": value} if isinstance(value, str) else value


class FieldPart(Part):
    """A field of intake, of work or of a table."""

    type: Literal[
        "text", "long-text", "number", "money", "date", "datetime", "yes-no", "choice", "choices",
        "person", "unit", "party", "place", "product", "order", "file",
    ] = "text"  # fmt: skip
    choices: dict[str, Part] = {}
    required: Required = False
    lists: str = ""
    private: bool = False
    not_under: Listed = ()
