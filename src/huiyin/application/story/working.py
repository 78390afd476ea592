"""Steps and acts."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.application.story_words import Words
from huiyin.cases import events as ev
from huiyin.cases.corresponding import TOLD
from huiyin.regime.model import Work

from .entry import Entry, say


def _opened(event: ev.StepOpened, words: Words) -> Entry | None:
    again = f"（第 {event.round} 轮）" if event.round > 1 else ""
    return say(f"进入“{words.work(event.step)}”{again}")


def _done(event: ev.WorkDone, words: Words) -> Entry:
    work = words.work_of(event.work)
    outcome = work.outcomes.get(event.outcome) if work else None
    sentence = f"{words.work(event.work)}" + (f"：{outcome.title}" if outcome else "完成")
    facts = words.fields(event.fields, work.fields if work else {}, "facts")
    facts |= words.present(event.present) | words.means(event.via)
    return say(sentence, "good" if event.is_step else "act", "decision", event.text, facts)


def _passed_over(event: ev.StepPassedOver, words: Words) -> Entry:
    if event.share is not None:
        return say(f"“{words.work(event.step)}”按{event.share}%抽取，这一件没有抽中")
    return say(f"不需要“{words.work(event.step)}”，略过")


def _submitted(event: ev.WorkSubmitted, words: Words) -> Entry:
    work = words.work_of(event.work)
    return say(f"提交“{words.work(event.work)}”，等待审批", "approval", "decision", "",
                words.fields(event.fields, work.fields if work else {}, "facts"))


def _acted(event: ev.ActDone, words: Words) -> Entry:
    told = words.invitation(event.to) if event.act == TOLD else words.role(event.to)
    to = f"，对象：{told}" if event.to else ""
    act = words.work_of(event.act)
    outcome = _outcome_of_act(event, act)
    facts = words.fields(event.fields, words.asked_by_act(event.act), "facts")
    facts |= words.present(event.present) | words.means(event.via)
    return say(f"{words.work(event.act)}{outcome}{to}", "act", "contact", event.text, facts)


def _outcome_of_act(event: ev.ActDone, act: Work | None) -> str:
    """How a core act ended: its outcome is one of the names of the event."""
    outcomes = act.outcomes.values() if act else ()
    return next((f"：{each.title}" for each in outcomes if f"{event.act}:{each.id}" in event.names), "")


def _refused_attempt(event: ev.AttemptRefused, words: Words) -> Entry:
    return say(f"尝试“{words.work(event.command)}”，未被允许", "warn", "system", event.message)


TELL: Mapping[type[ev.Event], Callable[[Any, Words], Entry | None]] = {
    ev.StepOpened: _opened,
    ev.StepPassedOver: _passed_over,
    ev.RoundsExhausted: lambda e, w: say(f"“{w.work(e.step)}”已达规定轮次", "warn"),
    ev.WorkSubmitted: _submitted,
    ev.WorkDone: _done,
    ev.WorkAttempted: lambda e, w: say(
        f"{w.work(e.work)}：第 {e.attempt} 次未果", "warn", "contact", "", w.means(e.via)
    ),
    ev.StepsCancelled: lambda e, w: say(
        f"终止环节：{'、'.join(w.work(run.partition('#')[0]) for run in e.runs)}", "plain", "system", w.event(e.cause)
    ),
    ev.ActDone: _acted,
    ev.AttemptRefused: _refused_attempt,
}
