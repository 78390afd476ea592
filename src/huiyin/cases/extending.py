"""Asking for more time, and getting it (regime-language 2.5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from huiyin.calendars import Calendar, Due, Span
from huiyin.calendars.written import parse_span
from huiyin.records import replace
from huiyin.regime.model import Act, Extension, Field, Limit

from .approvals import ask_approval
from .asking_besides import asked_besides
from .booking import book
from .clock import counted_due
from .commands import Extend
from .draft import Draft
from .events import ActDone
from .flow import number_of
from .moving import move
from .ordering import give, orders_of
from .own_acts import refuse_act
from .producing import produce, signing_roles
from .refusals import Refused
from .standing import of_order
from .state import Obligation, PendingApproval
from .work import Signatures, charge_from_json, charge_to_json, confirmed


def extend(draft: Draft, command: Extend) -> None:
    """Ask for more time; granted by whoever the regime names, at once where it names nobody for this case.

    What the act `extend` asks of every extension is asked besides what the extension of this limit asks; who approves the
    act decides before who approves extensions of the limit.

    Raises:
        Refused: no extension here, asked after the due day, too long, already extended, a field is missing, somebody
            who must take part is absent, a requirement does not hold.
    """
    act, limit = draft.regime.acts["extend"], draft.regime.limit_of(command.limit)
    items = running_of(draft, command.limit)
    if limit is None or not items:
        raise Refused("not-open-now", "没有这项正在计算的时限。", cite=act.cite, fields={"limit": "请选择"})
    item = _meant(draft, items, limit, on_behalf=command.on_behalf)
    extension = refuse_extension(draft, item, limit, on_behalf=command.on_behalf)
    cite = extension.cite or limit.cite
    due = _within_most(draft, item, limit, extension, command.by)
    fields, outcome = asked_besides(draft, act, command, *asked_for(act, extension), cite=cite)
    orders_of(draft, act, command.orders, command.text, fields)
    payload = {
        "limit": limit.id,
        "by": str(command.by),
        "due": due.at.isoformat(),
        "provisional": due.provisional,
        "fields": fields,
        "present": list(confirmed(act, command.present)),
        "outcome": outcome,
        "orders": [charge_to_json(each) for each in command.orders],
        "member": command.member,
        "via": list(command.via),
        "text": command.text,
        "title": f"{limit.title}延长{command.by.title_zh}",
        "signs": signing_roles(draft, act.produces),
        "then": [each for each in (act.approval, extension.approval) if each],
    }
    names = ("extend", "extension-asked")
    if not _ask_next(draft, item, payload, asked_by=draft.doer, cite=cite, names=names):
        _record(draft, payload, by=draft.doer)
        _give(draft, item, command.by, names=(*names, "extended"))


def _ask_next(
    draft: Draft,
    item: Obligation,
    payload: Mapping[str, Any],
    *,
    asked_by: str,
    cite: tuple[str, ...],
    names: tuple[str, ...] = (),
) -> bool:
    """Put the request before those who decide next: those of the act first, then those of the limit. False: nobody is left."""
    for number, approval in enumerate(payload["then"], start=1):
        left = {**payload, "then": payload["then"][number:]}
        title = str(payload["title"])
        if ask_approval(
            draft, "extension", item.key, approval, title=title, payload=left, cite=cite, asked_by=asked_by, names=names
        ):
            return True
    return False


def running_of(draft: Draft, limit: str) -> list[Obligation]:
    """What runs of this limit; the reports of several orders of one kind run beside each other."""
    return [item for item in draft.case.running() if item.limit == limit]


def _meant(draft: Draft, items: Sequence[Obligation], limit: Limit, *, on_behalf: bool) -> Obligation:
    """The first that may be extended by the actor; the first of all where none may, to say what stands against it."""
    for item in items:
        try:
            refuse_extension(draft, item, limit, on_behalf=on_behalf)
        except Refused:
            continue
        return item
    return items[0]


def asked_for(act: Act, extension: Extension) -> tuple[Mapping[str, Field], Sequence[str]]:
    """The fields of a request for more time, and which of them must be filled: those of the act, then the limit's own."""
    return {**act.fields, **extension.fields}, tuple(dict.fromkeys((*act.required, *extension.required)))


def refuse_extension(draft: Draft, item: Obligation, limit: Limit, *, on_behalf: bool = False) -> Extension:
    """The extension that may be asked for now, by the actor, for this obligation.

    Raises:
        Refused: whatever stands against it.
    """
    extension = limit.extension
    if extension is None:
        raise Refused("forbidden-here", f"“{limit.title}”不能延长。", cite=limit.cite, rule=_place(draft, limit))
    act, owners = draft.regime.acts["extend"], of_order(draft.case, item.key, item.owner)
    if limit.id in draft.regime.orders:  # the report is the addressee's alone
        act, owners = replace(act, by=owners), ()
    refuse_act(draft, act, on_behalf=on_behalf, also_by=owners)
    cite, rule = extension.cite or limit.cite, f"{_place(draft, limit)}.extension"
    if item.due is None:
        raise Refused("forbidden-here", f"“{limit.title}”没有确定的到期日，不用延长。", cite=cite, rule=rule)
    if extension.ask == "before-due" and draft.context.now > counted_due(item):
        day = item.due.astimezone(draft.context.calendar.zone)
        message = f"已过{day.month}月{day.day}日到期日，不能再申请延长。"
        raise Refused("asked-after-due", message, cite=cite, rule=f"{rule}.ask")
    times = number_of(draft, extension.times) or 1
    if item.extended >= times:
        raise Refused("too-long", f"“{limit.title}”只能延长{times}次。", cite=cite, rule=f"{rule}.times")
    if any(waiting.kind == "extension" and waiting.subject == item.key for waiting in draft.case.approvals.values()):
        raise Refused("not-open-now", "已有延长申请等待审批。", cite=cite, rule=f"{rule}.approval")
    return extension


def _place(draft: Draft, limit: Limit) -> str:
    return f"{'orders' if limit.id in draft.regime.orders else 'limits'}.{limit.id}"


def _within_most(draft: Draft, item: Obligation, limit: Limit, extension: Extension, by: Span) -> Due:
    """The due time after an extension by so much."""
    calendar, before = draft.context.calendar, item.due or draft.context.now
    due = calendar.due(before, by)
    most, latest = extension.add_up_to or extension.total_up_to, latest_by(calendar, extension, before, item.started_at)
    if most is not None and latest is not None and due.at > latest.at:
        kind = "最多再延长" if extension.add_up_to else "总共不超过"
        message = f"“{limit.title}”{kind}{most.title_zh}。"
        most_of = "add_up_to" if extension.add_up_to else "total_up_to"
        raise Refused(
            "too-long",
            message,
            cite=extension.cite or limit.cite,
            fields={"by": message.rstrip("。")},
            rule=f"{_place(draft, limit)}.extension.{most_of}",
        )
    return due


def latest_by(calendar: Calendar, extension: Extension, due: datetime, started: datetime) -> Due | None:
    """The latest due time an extension may lead to, from the due time of before; None where the regime sets none."""
    most = extension.add_up_to or extension.total_up_to
    return calendar.due(due if extension.add_up_to else started, most) if most is not None else None


def extend_now(draft: Draft, pending: PendingApproval, signatures: Signatures) -> None:
    """An approved extension. It counts from the due time of now, which may have moved since it was asked for."""
    item = draft.case.obligations.get(pending.subject)
    if item is None or item.status not in ("running", "overdue"):
        return
    payload = {**pending.payload, "then": pending.payload.get("then", ()), "signed": [list(each) for each in signatures]}
    draft.acting_for = pending.asked_by
    try:
        if not _ask_next(draft, item, payload, asked_by=pending.asked_by, cite=pending.cite):
            _record(draft, payload, by=pending.asked_by, signatures=signatures, approved=True)
            _give(draft, item, parse_span(pending.payload["by"]), names=("extended",))
    finally:
        draft.acting_for = ""


def _record(
    draft: Draft, payload: Mapping[str, Any], *, by: str, signatures: Signatures = (), approved: bool = False
) -> None:
    """What the act asked for becomes part of the case once the time is granted: contents, orders, forms, entries in ledgers."""
    act, fields, present = draft.regime.acts["extend"], payload["fields"], tuple(payload.get("present", ()))
    outcome, member, via = payload.get("outcome", ""), payload.get("member", ""), tuple(payload.get("via", ()))
    names = [f"extend:{outcome}"] if outcome else []
    names += ["extend.approved"] if approved and act.approval else []
    if names or fields or present or member or via:
        draft.add(
            ActDone(
                at=draft.context.now,
                by=by,
                names=tuple(names),
                cite=act.cite,
                act=act.id,
                text=payload["text"],
                fields=fields,
                present=present,
                member=member,
                via=via,
            )
        )
    charges = tuple(charge_from_json(each) for each in payload.get("orders", ()))
    give(draft, orders_of(draft, act, charges, payload["text"], fields), act.id)
    produce(draft, act.produces, act.id, by=by, member=member, signatures=signatures)
    book(draft, act, fields, by=by)


def _give(draft: Draft, item: Obligation, by: Span, *, names: tuple[str, ...]) -> None:
    due = draft.context.calendar.due(item.due or draft.context.now, by)
    changes = {"extended": item.extended + 1, "added": (*item.added, str(by)), "status": "running"}
    move(draft, item, due, "获准延长", names=names, changes=changes)
