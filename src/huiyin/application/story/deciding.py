"""Approvals, sanctions, ledgers."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.application.story_words import Words
from huiyin.cases import events as ev

from .entry import Entry, say


def _voted(event: ev.ApprovalVoted, words: Words) -> Entry:
    return say(f"{words.role(event.role)}同意" + ("，审批通过" if event.last else ""), "approval", "decision", event.text)


def _sanction(event: ev.SanctionConfirmed, words: Words) -> Entry:
    rule = words.regime.accountability.rules.get(event.rule)
    against = words.party(event.against) or words.role(event.against_role)
    return say(f"处理决定：{rule.title if rule else event.rule}（{against}）", "warn", "decision", event.text,
                words.measures(event.measures) | words.in_force(event.stands_until))


def _booked(event: ev.LedgerBooked, words: Words) -> Entry:
    ledger = words.regime.accountability.ledgers.get(event.ledger)
    title, unit = (ledger.title, ledger.unit) if ledger else (event.ledger, "")
    return say(f"{title}：{words.party(event.account)} {event.amount:+g}{unit}", "plain", "decision")


def _reversed(event: ev.BookingReversed, words: Words) -> Entry:
    ledger = words.regime.accountability.ledgers.get(event.ledger)
    title, unit = (ledger.title, ledger.unit) if ledger else (event.ledger, "")
    account = words.party(event.account)
    return say(f"冲销{title}：{account} {event.amount:+g}{unit}", "warn", "decision", event.text)


TELL: Mapping[type[ev.Event], Callable[[Any, Words], Entry | None]] = {
    ev.ApprovalAsked: lambda e, _: say(f"报请审批：{e.approval.title}", "approval", "decision"),
    ev.ApprovalVoted: _voted,
    ev.ApprovalRejected: lambda e, _: say("审批不同意", "warn", "decision", e.text),
    ev.ApprovalCancelled: lambda e, w: say(f"审批撤销：{w.event(e.cause)}", "plain", "decision"),
    ev.ApprovalLapsed: lambda e, w: say(
        f"审批超时，转由{'、'.join(w.role(role) for role in e.replacement.by)}决定", "warn", "decision"
    ),
    ev.SanctionConfirmed: _sanction,
    ev.ConcernedNamed: lambda e, w: say(f"写明对谁作出：{w.party(e.against)}，先听取陈述", "act", "contact"),
    ev.ViewStated: lambda e, _: say("当事人陈述意见", "act", "contact", e.text),
    ev.SanctionObjected: lambda e, _: say("当事人提出异议", "warn", "contact", e.text),
    ev.SanctionWithdrawn: lambda e, _: say("异议成立，撤销处理", "good", "decision", e.text),
    ev.SanctionUpheld: lambda e, _: say("异议不成立，维持处理", "plain", "decision", e.text),
    ev.LedgerBooked: _booked,
    ev.BookingReversed: _reversed,
}
