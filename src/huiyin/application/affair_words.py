"""How affairs are told in a story: what they were opened for, what came of them."""

from datetime import datetime, timedelta
from typing import Any

from huiyin.cases import events as ev
from huiyin.cases.state import Occasion
from huiyin.regime.affairs import declared
from huiyin.regime.model import Regime

from .story_words import Words, day_said

_HEARD = {
    "submitted": "已送审",
    "approved": "方案已批准",
    "rejected": "退回修改",
    "done": "已完成",
    "effective": "验证有效",
    "ineffective": "验证无效，继续整改",
    "overdue": "超期",
    "met": "按期",
    "missed": "未达到",
    "low": "有低分",
    "again": "没有做到，重新来过",
}


def affair_title(regime: Regime, affair: str) -> str:
    """The title of a duty, corrective action, watch or commitment."""
    found = declared(regime, affair)
    return found.title if found else affair


def heard(event: ev.Heard, words: Words) -> str:
    """What was heard of another case or affair."""
    if not event.names:
        return f"由此登记一件：{event.number}"
    about = f"{event.text} {event.number}".strip()
    return f"{about}：{'、'.join(dict.fromkeys(_name(name, words) for name in event.names))}"


def _name(name: str, words: Words) -> str:
    _affair, _, stage = name.partition(".")
    if stage in _HEARD:
        return _HEARD[stage]
    affair, _, outcome = name.partition(":")
    found: Any = declared(words.regime, affair)
    outcomes = getattr(found, "outcomes", {})
    return outcomes[outcome].title if outcome in outcomes else "已办理"


def occasion_facts(occasion: Occasion, words: Words) -> dict[str, str]:
    """What an affair was opened for: period, place or unit, what a watch saw."""
    facts: dict[str, str] = {}
    if occasion.start and occasion.end:
        facts["期间"] = f"{_day(occasion.start, words)}至{_day(occasion.end - timedelta(microseconds=1), words)}"
    if occasion.missed:
        facts["补上的期数"] = str(occasion.missed)
    if occasion.about:
        facts["对象"] = occasion.about
    elif occasion.member or (occasion.group and occasion.group != words.case.origin):
        facts["对象"] = words.group(occasion.member or occasion.group)
    if occasion.value is not None:
        facts["统计值"] = f"{occasion.value:g}"
    if occasion.sample:
        facts["抽取"] = "、".join(occasion.sample)
    return facts


def _day(at: datetime, words: Words) -> str:
    return day_said(at.astimezone(words.world.calendar.zone).date(), words)
