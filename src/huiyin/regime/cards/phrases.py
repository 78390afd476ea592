"""Phrases that several kinds of rules share: approvals, measures, fields, conditions."""

import re
from collections.abc import Iterable, Mapping

from huiyin.regime.model import Condition, Field, Regime
from huiyin.regime.model.accountability import Accountability, Amount
from huiyin.regime.saying import event_title, say_condition, say_limit


def say_approval(regime: Regime, approval: str | None) -> str:
    """Who says yes, stage by stage: "医患办，再经分管院长批准"; empty for none."""
    if not approval:
        return ""
    names = []
    for stage in regime.approvals[approval].stages:
        who = ("和" if stage.all_of else "或").join(regime.role_title(role) for role in stage.all_of or stage.by)
        when = f"（{say_condition(regime, stage.when)}的）" if stage.when is not None else ""
        late = ""
        if stage.within is not None:
            late = f"（{say_limit(regime, stage.within)}内"
            late += f"，超期由{regime.role_title(stage.otherwise)}）" if stage.otherwise else "）"
        names.append(who + when + late)
    return f"{'，再经'.join(names)}批准"


def say_measure(accountability: Accountability, measure: str, amount: Amount | str) -> str:
    """A proposed measure with its amount: "罚款200至1500元"."""
    known = accountability.measures[measure]
    if amount is True:
        return known.title
    if isinstance(amount, tuple):
        return f"{known.title}{amount[0]:g}至{amount[1]:g}{known.unit}"
    shown = f"{amount:g}" if isinstance(amount, float) else str(amount)
    return f"{known.title}{shown}{known.unit}"


def say_when(regime: Regime, condition: Condition | None) -> str:
    """A condition, or nothing."""
    return "" if condition is None else say_condition(regime, condition)


def say_events(regime: Regime, events: Iterable[str], joint: str = "、") -> str:
    """Names of events, joined."""
    return joint.join(event_title(regime, event) for event in events)


def say_fields(fields: Mapping[str, Field], required: Iterable[str] = ()) -> str:
    """What is filled in; what must be there is marked."""
    must = set(required)
    return "、".join(
        each.title + ("（必填）" if each.required is True or name in must else "") for name, each in fields.items()
    )


def say_number(value: object) -> str:
    """A number without needless decimals; anything else as it is."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def say_count(regime: Regime, value: int | str | None) -> str:
    """A whole number as written or as the organisation answers it; empty for none."""
    if isinstance(value, str):
        setting = value.removeprefix("$")
        answer = regime.answers.get(setting)
        return say_number(answer) if answer is not None else f"由单位规定（{regime.settings[setting].title}）"
    return "" if value is None else str(value)


EVERY = {
    "day": "每日", "workday": "每个工作日", "week": "每周", "month": "每月", "quarter": "每季度", "half-year": "每半年",
    "year": "每年",
}  # fmt: skip


def say_every(regime: Regime, every: str | None) -> str:
    """A rhythm: 每月, 每2周, "由单位规定"."""
    if not every:
        return ""
    if every.startswith("$"):
        setting = every[1:]
        answer = regime.answers.get(setting)
        return say_every(regime, str(answer)) if answer else f"由单位规定（{regime.settings[setting].title}）"
    return EVERY.get(every) or (every if every.startswith("RRULE") else f"每{say_span(every)}")


UNITS = {
    "minute": "分钟", "hour": "小时", "working hour": "个工作小时", "day": "天", "workday": "个工作日", "week": "周",
    "month": "个月", "quarter": "个季度", "year": "年",
}  # fmt: skip


_PLACE = re.compile(r"\{(year|month|day|serial|code)(?::(\d{1,2}))?\}")
_EXAMPLE = {"year": "2026", "month": "9", "day": "28", "serial": "1", "code": "5073841962"}


def say_pattern(pattern: str) -> str:
    """What numbers of a pattern look like: 如“督2026-001” for `督{year}-{serial:03}`; empty for none."""
    def example(place: re.Match[str]) -> str:
        shown, width = _EXAMPLE[place[1]], int(place[2] or 0)
        return shown[: width or None] if place[1] == "code" else shown.zfill(width)

    return f"如“{_PLACE.sub(example, pattern)}”" if pattern else ""


def say_span(written: str) -> str:
    """`90 days` as 90天; what is not a number with a unit stays as it is written."""
    number, _space, unit = written.partition(" ")
    word = UNITS.get(unit.removesuffix("s"))
    return f"{number}{word}" if number.isdigit() and word else written
