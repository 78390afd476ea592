"""The functions a condition may call, and what their arguments must be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

RELATIONS: Mapping[str, str] = {
    "same-matter": "同一事项", "same-complainant": "同一投诉人", "same-respondent": "同一被投诉人",
    "same-nature": "同一部门同类", "same-product": "同一产品", "same-cause": "同一原因", "similar": "内容相似",
}  # fmt: skip
STATES: Mapping[str, str] = {"open": "在办", "closed": "已办结", "any": ""}

_PERIOD = re.compile(r"([1-9][0-9]{0,3}) (day|workday|week|month|year)s?|calendar (week|month|quarter|year)")
_UNITS = {"day": "日", "workday": "个工作日", "week": "周", "month": "个月", "year": "年"}
_CALENDAR = {"week": "本周", "month": "本月", "quarter": "本季度", "year": "本年度"}

ArgumentKind = Literal["text", "time", "texts", "word"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. A `word` is a literal checked when the regime is loaded, against the vocabulary it names.

    `words` is the name of a vocabulary of `Names`, or one of relation, state, period, column. A `text` parameter with
    `words` takes any text, and a literal there is checked.
    """

    kind: ArgumentKind
    words: str = ""
    default: str | None = None
    """Passed on when the argument is left out; None: it must be written, unless `optional`."""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language; `usage` is what an error message shows."""

    name: str
    parameters: tuple[Parameter, ...]
    result: Literal["yes-no", "number", "text", "time"]
    usage: str

    @property
    def required(self) -> int:
        """How many arguments must be written."""
        return sum(1 for parameter in self.parameters if not parameter.optional)


def is_period(text: str) -> bool:
    """Whether the text is a span of time to look back over: `90 days`, `12 months`, `calendar year`."""
    return _PERIOD.fullmatch(text) is not None


def period_zh(text: str) -> str:
    """A period as Chinese reads it: 近90日, 本年度."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        return text
    return _CALENDAR[match[3]] if match[3] else f"近{match[1]}{_UNITS[match[2]]}"


_TIME = Parameter("time")
_TEXT = Parameter("text")
_EVENT = Parameter("word", "events")
_TABLE = Parameter("word", "tables")
_SAMPLE = Parameter("word", "samples")
_COLUMN = Parameter("word", "column")

FUNCTIONS: Mapping[str, Function] = {
    function.name: function
    for function in (
        Function(
            "earlier",
            (
                Parameter("word", "relation"),
                Parameter("word", "state", default="any", optional=True),
                Parameter("word", "period", optional=True),
            ),
            "number",
            "earlier('same-matter', 'open', '90 days')",
        ),
        Function("happened", (_EVENT,), "yes-no", "happened('replied')"),
        Function("times", (_EVENT,), "number", "times('completion-asked')"),
        Function("at", (_EVENT,), "time", "at('replied')"),
        Function("days", (_TIME, _TIME), "number", "days(matter.bought_on, case.received_at)"),
        Function("workdays", (_TIME, _TIME), "number", "workdays(at('accepted'), at('replied'))"),
        Function("hours", (_TIME, _TIME), "number", "hours(at('accepted'), at('replied'))"),
        Function("months", (_TIME, _TIME), "number", "months(matter.bought_on, case.received_at)"),
        Function("workday", (_TIME,), "yes-no", "workday(case.received_at)"),
        Function("working_time", (_TIME,), "yes-no", "working_time(case.received_at)"),
        Function("hour", (_TIME,), "number", "hour(case.received_at)"),
        Function("month", (_TIME,), "number", "month(case.received_at)"),
        Function("lookup", (_TABLE, _TEXT, _COLUMN), "text", "lookup('remit', matter.subject, 'unit')"),
        Function("lookup_number", (_TABLE, _TEXT, _COLUMN), "number", "lookup_number('prices', matter.item, 'price')"),
        Function("in_table", (_TABLE, _TEXT), "yes-no", "in_table('merchants', matter.merchant)"),
        Function("under", (Parameter("word", "categories"),), "yes-no", "under('fee')"),
        Function("level", (Parameter("text", "severities"),), "number", "level(case.severity)"),
        Function("has_evidence", (Parameter("word", "evidence"),), "yes-no", "has_evidence('invoice')"),
        Function("evidence_count", (Parameter("word", "evidence"),), "number", "evidence_count('photo')"),
        Function("sealed", (Parameter("word", "evidence"),), "yes-no", "sealed('record')"),
        Function(
            "offences",
            (Parameter("word", "rules"), Parameter("word", "period")),
            "number",
            "offences('rude', '12 months')",
        ),
        Function("balance", (Parameter("word", "ledgers"),), "number", "balance('monthly-score')"),
        Function(
            "stands",
            (Parameter("word", "measures"), Parameter("text", optional=True)),
            "yes-no",
            "stands('no-awards', facts.nominee)",
        ),
        Function("samples", (_SAMPLE,), "number", "samples('original')"),
        Function("intact", (_SAMPLE,), "yes-no", "intact('original')"),
        Function("results", (_SAMPLE,), "number", "results('original')"),
        Function("agree", (_SAMPLE,), "yes-no", "agree('original')"),
        Function("voided", (_TEXT,), "yes-no", "voided(matter.report_number)"),
        Function("count", (Parameter("texts"),), "number", "count(matter.choices)"),
    )
}
"""All functions by name. `given(x)` is not among them: it is rewritten before the condition is read."""
