"""Orders, warnings, parties outside."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.application.story_words import Words, local_time
from huiyin.cases import events as ev
from huiyin.cases.inviting import OUTSIDE

from .entry import Entry, say


def _ordered(event: ev.Ordered, words: Words) -> Entry:
    """Who is charged; a plain supervise order is for whoever handles the case."""
    if not event.kind:
        return say("发出督办单", "warn", "decision", event.text)
    whom = words.person(event.person) if event.person else words.unit(event.unit) if event.unit else words.role(event.to)
    return say(f"{event.order_title}：交{whom}办理", "warn", "decision", event.text)


def _flagged(event: ev.Flagged, words: Words) -> Entry:
    """A warning that those who handle other matters of the same person see, too."""
    until = f"，到{local_time(event.until, words)}为止" if event.until else "，到解除为止"
    return say(f"提示办理同一投诉人其他案件的人：{event.flag_title}{until}", "warn", "decision")


_OnOrder = (
    ev.OrderAnswered | ev.ReportAccepted | ev.ReportReturned | ev.ReportCorrected | ev.ReportWithdrawn | ev.OrderRecalled
)


def _about_order(verb: str, event: _OnOrder, words: Words, otherwise: str = "") -> str:
    """What was done about an order: 报告、认可…, and what it was about."""
    order = words.case.orders[event.key]
    if not order.kind:
        return otherwise or f"{verb}督办单"
    what = {"报告": "办理情况", "认可": "报告", "退回": "报告，须重报", "收回": "", "更正": "报告", "撤回": "报告"}[verb]
    return f"{verb}{what}：{order.title}（{order.text}）"


def _report_corrected(event: ev.ReportCorrected, words: Words) -> Entry:
    """What the report says now, and what it said before."""
    changed = {name: value for name, value in event.old_fields.items() if event.fields.get(name) != value}
    before = {f"原来的{title}": value for title, value in words.fields(changed, {}, "facts").items()}
    said = {"原来报告": event.old, "更正为": event.new} if event.new != event.old else {}
    filled = words.fields(event.fields, {}, "facts")
    return say(_about_order("更正", event, words), "warn", "contact", event.text, said | filled | before)


def _let_in(event: ev.OutsideInvited, words: Words) -> str:
    if event.by == OUTSIDE + event.key:
        return f"{words.role(event.role)}“{event.name}”自己提交，在自己的页面上查看、办理"
    return f"请{words.role(event.role)}“{event.name}”办理，开通链接"


TELL: Mapping[type[ev.Event], Callable[[Any, Words], Entry | None]] = {
    ev.Ordered: _ordered,
    ev.OrderAnswered: lambda e, w: say(_about_order("报告", e, w, "回复督办单"), "act", "contact", e.text),
    ev.ReportAccepted: lambda e, w: say(_about_order("认可", e, w), "good", "decision", e.text),
    ev.ReportReturned: lambda e, w: say(_about_order("退回", e, w), "warn", "decision", e.text),
    ev.ReportCorrected: _report_corrected,
    ev.ReportWithdrawn: lambda e, w: say(_about_order("撤回", e, w), "warn", "contact", e.text, {"原来报告": e.old}),
    ev.OrderRecalled: lambda e, w: say(_about_order("收回", e, w), "plain", "decision", e.text),
    ev.Flagged: _flagged,
    ev.FlagEnded: lambda e, _: say(f"解除提示：{e.flag_title}", "good", "decision"),
    ev.OutsideInvited: lambda e, w: say(_let_in(e, w), "act", "contact", e.text),
    ev.LinkRenewed: lambda e, w: say(f"给“{w.invitation(e.key)}”换发验证码", "plain", "contact", e.text),
    ev.InvitationEnded: lambda e, w: say(f"停用“{w.invitation(e.key)}”的链接", "plain", "contact", e.text),
}
