"""Limits, and time that stands still."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.application.story_words import Words, local_time
from huiyin.cases import events as ev
from huiyin.cases.samples.knowing import is_origin_hidden

from .entry import Entry, say


def _stopped(sentence: str, event: ev.Suspended | ev.Terminated, act: str, words: Words) -> Entry:
    """Suspended or terminated, with what the regime asked for."""
    facts = words.fields(event.fields, words.regime.acts[act].fields, "facts")
    return say(sentence, "warn", "decision", event.text, facts)


def _obligation_moved(event: ev.ObligationMoved, words: Words) -> Entry:
    past = "（改定时已过）" if event.late else ""
    return say(f"“{event.obligation.title}”的到期日改为 {local_time(event.obligation.due, words)}{past}：{event.cause}",
                "warn" if event.late else "plain", "decision")


def _deadline_moved(event: ev.DeadlineMoved, words: Words) -> Entry | None:
    if event.deadline == "sample" and is_origin_hidden(words.case.samples[event.key], words.hidden):
        return None
    past = "（改定时已过）" if event.late else ""
    return say(f"“{event.about}”的期限改为 {local_time(event.until, words)}{past}：{event.cause}", "warn" if event.late else "plain",
               "decision")


def _reminded(event: ev.RungReached, words: Words) -> Entry | None:
    to = "、".join(words.role(role) for role in (*event.remind, *event.tell))
    return say(f"“{words.obligation(event.key)}”提醒{to}", "warn") if to else None


def _met(event: ev.ObligationMet, words: Words) -> Entry:
    return say(f"“{words.obligation(event.key)}”{'超期完成' if event.late else '按期完成'}", "warn" if event.late else "good")


TELL: Mapping[type[ev.Event], Callable[[Any, Words], Entry | None]] = {
    ev.ObligationStarted: lambda e, w: say(f"“{e.obligation.title}”开始计时，{w.due(e.obligation)}"),
    ev.ObligationMet: _met,
    ev.ObligationBreached: lambda e, w: say(f"“{w.obligation(e.key)}”超期", "warn"),
    ev.ObligationCancelled: lambda e, w: say(f"“{w.obligation(e.key)}”不再计时：{w.event(e.cause)}"),
    ev.ObligationMoved: _obligation_moved,
    ev.DeadlineMoved: _deadline_moved,
    ev.RungReached: _reminded,
    ev.ExtensionRefused: lambda e, w: say(f"不同意延长“{w.obligation(e.key)}”", "warn", "decision", e.text),
    ev.Suspended: lambda e, w: _stopped("中止办理，时限停止计算", e, "suspend", w),
    ev.Resumed: lambda e, _: say("恢复办理", "act", "decision", e.text),
    ev.Terminated: lambda e, w: _stopped("终止办理", e, "terminate", w),
}
