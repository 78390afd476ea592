"""What follows from a case, its end, and its coming back."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.application.affair_words import affair_title, heard
from huiyin.application.story_words import Words
from huiyin.cases import events as ev

from .entry import Entry, say


def _closed(event: ev.Closed, words: Words) -> Entry:
    if event.cause == "missed":
        return say("下一期已经开始，本期没有办理，作“未办”结束", "warn", "decision")
    return say("办结归档", "good", "decision", words.event(event.cause))


TELL: Mapping[type[ev.Event], Callable[[Any, Words], Entry | None]] = {
    ev.MovedToVersion: lambda e, _: say(f"改用第{e.version}版制度（原为第{e.before}版）", "plain", "system", e.text),
    ev.CodeRenewed: lambda e, _: say("重新发放查询码，旧码作废", "act", "contact", e.text),
    ev.CorrectiveOpened: lambda e, w: say(f"提出整改：{w.corrective(e.corrective)}", "warn", "decision"),
    ev.DutyCalled: lambda e, w: say(f"引出职责：{affair_title(w.regime, e.duty)}", "plain", "decision"),
    ev.MeasureCalled: lambda e, w: say(f"执行处理：{affair_title(w.regime, e.measure)}", "plain", "decision"),
    ev.Heard: lambda e, w: say(heard(e, w), "plain", "decision"),
    ev.Closed: _closed,
    ev.Reopened: lambda e, _: say("申诉，再次办理" if e.appeal else "再次办理", "act", "decision", e.text),
    ev.Linked: lambda e, _: say("关联案件", "plain", "system", e.text),
}
