"""Receiving, assessing, transferring, assigning."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.application.affair_words import occasion_facts
from huiyin.application.story_words import Words, day_said
from huiyin.cases import events as ev
from huiyin.cases.inviting import OUTSIDE

from .entry import Entry, Tone, say


def _filed(event: ev.Filed, words: Words) -> Entry:
    regime = words.regime
    if event.occasion is not None:
        return say(f"立为事务，登记为 {event.number}", "act", "system", facts=occasion_facts(event.occasion, words))
    channel = regime.intake.channels.get(event.channel)
    kind = regime.kinds.get(event.kind, event.kind)
    through = channel.title if channel else event.channel
    sentence = f"收到{through if through.endswith(kind) else through + kind}，登记为 {event.number}"  # not 网上投诉投诉
    facts = words.fields(event.matter, regime.intake.fields, "matter")
    if event.source:
        facts = {"提交单位": event.source} | facts
    if event.late_reason:
        facts["补登原因"] = event.late_reason
    return say(sentence, "act", "contact", "" if "matter" in words.hidden else "\n".join(event.points), facts)


def _marked(event: ev.Marked, _words: Words) -> Entry | None:
    return None if event.milestone == "registered" else say("已告知收到", "plain", "contact")


def _completed(event: ev.Completed, words: Words) -> Entry:
    who = "提交单位" if event.by.startswith(OUTSIDE) else "投诉人"
    return say(f"{who}补正", "act", "contact", event.text, words.fields(event.matter, words.regime.intake.fields, "matter"))


def _graded(event: ev.Graded, words: Words) -> Entry:
    regime = words.regime
    parts = []
    if event.severity:
        parts.append(f"严重程度定为“{regime.severity.levels.get(event.severity, event.severity)}”")
    if event.category:
        category = regime.categories.get(event.category)
        parts.append(f"类别为“{category.title if category else event.category}”")
    return say("，".join(parts) or "定级", "act" if event.by_hand else "plain", "decision")


_OUTCOMES: dict[str, tuple[str, Tone]] = {
    "accept": ("受理", "good"),
    "refuse": ("不予受理", "warn"),
    "explain": ("说明情况，不立案", "plain"),
    "settle": ("当场解决", "good"),
    "merge": ("并入在办案件", "plain"),
    "transfer": ("移交", "act"),
    "ask-more": ("要求补正", "plain"),
}


def _assessed(event: ev.Assessed, words: Words) -> Entry:
    outcome, tone = _OUTCOMES.get(event.outcome, (event.outcome, "plain"))
    ground = next((row.title for row in words.regime.assessment if row.id == event.row), event.row)
    target = f"给{event.body.name if event.body else words.role(event.to)}" if event.to else ""
    if event.body is not None and not event.to:
        target = f"，请投诉人向{event.body.name}反映"
    return say(f"审查结果：{outcome}{target}" + (f"（{ground}）" if ground and ground != outcome else ""), tone, "decision",
                event.text)


def _sent(event: ev.TransferSent, words: Words) -> Entry:
    titles = [item.title for item in words.case.evidence if item.key in event.enclosures]
    facts = {"随案材料": "、".join(titles)} if titles and "evidence" not in words.hidden else {}
    return say(f"移送{event.body.name}", "act", "decision", event.text, facts)


def _received(event: ev.TransferReceived, words: Words) -> Entry:
    facts = {"签收人": event.received_by, "签收日期": day_said(event.received_on, words), "对方编号": event.their_number}
    return say("移送已经签收", "good", "contact", event.text, {title: value for title, value in facts.items() if value})


def _undecided(event: ev.LeftUndecided, words: Words) -> Entry:
    missing = "、".join(words.path(path) for path in event.missing)
    return say(f"{words.rule(event.table)}未能判断：缺少“{missing}”，由人决定", "warn", "decision")


def _assigned(event: ev.Assigned, words: Words) -> Entry:
    who = "、".join(filter(None, (words.unit(event.unit) or words.role(event.role), words.person(event.handler))))
    also = f"，协办：{'、'.join(words.unit(unit) for unit in event.also)}" if event.also else ""
    return say(f"交由{who}办理{also}", "act", "decision", event.text)


TELL: Mapping[type[ev.Event], Callable[[Any, Words], Entry | None]] = {
    ev.Filed: _filed,
    ev.Marked: _marked,
    ev.CompletionAsked: lambda e, w: say("请投诉人补正，时限暂停", "act", "contact", e.text),
    ev.Completed: _completed,
    ev.Withdrawn: lambda e, _: say("投诉人撤回", "act", "contact", e.text),
    ev.Graded: _graded,
    ev.Assessed: _assessed,
    ev.TransferSent: _sent,
    ev.TransferReceived: _received,
    ev.TransferReturned: lambda e, _: say("移送被退回，重新审查", "warn", "decision", e.text),
    ev.LeftUndecided: _undecided,
    ev.Assigned: _assigned,
    ev.Recused: lambda e, w: say(f"{w.person(e.person)}回避", "warn", "decision", e.text),
}
