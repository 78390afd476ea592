"""The calendar changed: every time of a case that was counted by it is counted anew.

Due times of obligations move, and so do the other times of a case: until when an approval is decided, a person states a
view or objects, a link opens the case, a flag stands. What was over when the change took effect stays as it was. The time
somebody was given to speak, to object or to come in is never shortened: it was told to them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from huiyin.calendars import Due
from huiyin.calendars.written import parse_span
from huiyin.regime.affairs import DUTY, MEASURE, declared
from huiyin.regime.model import AtField, Duty, LimitExpression, Measure, SameDay

from .approvals import lapse_from
from .clock import is_late
from .draft import Draft
from .due_times import due_time, plan_rungs
from .events import Deadline, DeadlineMoved, RungReached
from .hearing import heard_until
from .moving import afresh, began, move
from .ordering import BY_GIVER
from .standing import of_order
from .state import Obligation

OCCASION_DUE = AtField("occasion.due")


def recalculate(draft: Draft, cause: str, as_of: datetime) -> None:
    """Count everything anew, each change by an event with its cause. What was over by `as_of` stays so."""
    for item in draft.case.running():
        if item.due is None or item.status == "overdue" or is_late(item, as_of):
            continue
        found = _first_due(draft, item)
        if found is None:
            continue
        expression, first = found
        due = afresh(draft, item, expression, first)
        if due.at != item.due or due.provisional != item.provisional:
            _move_with_calendar(draft, item, due, first, cause)
    for moved in (_hearings, _approvals, _objections, _links, _flags, _samples):    # the time to decide may count from the hearing
        for event in list(moved(draft, cause, as_of)):
            draft.add(event)


def _first_due(draft: Draft, item: Obligation) -> tuple[LimitExpression, Due] | None:
    """How the time of an obligation is written, and when it was due at first by the calendar as it is now."""
    limit = draft.regime.limit_of(item.limit)
    if item.written == BY_GIVER and item.first_due is not None:
        return SameDay(), _end_of_its_day(draft, item.first_due)
    if limit is None:    # the engine's own: completing the filing
        try:
            expression: LimitExpression = parse_span(item.written)
        except ValueError:
            return None
    elif item.row < 0:
        return None
    else:
        expression = limit.within[item.row].within
    first = _occasion_due(draft) if expression == OCCASION_DUE else None
    first = first or due_time(expression, item.started_at, draft.scope(), draft)
    return None if first is None else (expression, first)


def _end_of_its_day(draft: Draft, moment: datetime) -> Due:
    calendar = draft.context.calendar
    return Due(calendar.end_of_day(moment.astimezone(calendar.zone).date()), False)


def _occasion_due(draft: Draft) -> Due | None:
    """When an affair's own time is over: the end of the last day of its period, or the time its measure gives.

    None keeps what was settled when it was opened, such as for periods caught up after downtime.
    """
    occasion, found = draft.case.occasion, declared(draft.regime, draft.regime.affair) if draft.regime.is_affair else None
    if draft.case.kind == DUTY and isinstance(found, Duty) and occasion is not None and occasion.end and not occasion.missed:
        its_own_day = found.every is not None and found.every.removeprefix("calendar ") == "workday" and occasion.start
        return _end_of_its_day(draft, its_own_day or occasion.end - timedelta(seconds=1))
    if draft.case.kind == MEASURE and isinstance(found, Measure) and found.duty is not None:
        begin, scope = draft.case.filed_at, draft.scope()
        term = due_time(found.duty.lasts, begin, scope, draft) if found.duty.lasts else None
        return due_time(found.duty.within, term.at if term else begin, scope, draft)
    return None


def _move_with_calendar(draft: Draft, item: Obligation, due: Due, first: Due, cause: str) -> None:
    """Move a due time nobody asked to move. Reminders that the change overtakes are given once, together, at once.

    A rung that gives an order is left to the clock, and so is the breach: the order counts from it.
    """
    now, limit, waits = draft.context.now, draft.regime.limit_of(item.limit), item.paused_at is not None
    rungs = plan_rungs(draft, limit, due.at, began(item), item.row)
    behind = sum(1 for rung in rungs if rung.at <= now)
    fired = next((number for number in range(item.fired, behind) if rungs[number].order_by), behind)
    changes = {"first_due": first.at, "fired": fired}
    move(draft, item, due, cause, changes=changes, late=not waits and due.at < now)
    overtaken = range(item.fired, fired)
    if waits or not overtaken:
        return
    remind, tell = (
        of_order(draft.case, item.key, dict.fromkeys(role for number in overtaken for role in getattr(rungs[number], whom)))
        for whom in ("remind", "tell")
    )
    draft.add(
        RungReached(**draft.stamp, cite=item.cite, key=item.key, rung=overtaken[-1], remind=remind, tell=tell)
    )


def _hearings(draft: Draft, cause: str, as_of: datetime) -> Iterator[DeadlineMoved]:
    """Until when a person concerned may state a view before a measure is confirmed."""
    for pending in draft.case.approvals.values():
        before = heard_until(pending)
        rule = draft.regime.accountability.rules.get(pending.subject) if pending.kind == "sanction" else None
        if before is None or before < as_of or pending.payload.get("stated") or rule is None or rule.heard is None:
            continue
        named = pending.payload.get("heard_from")
        begin = datetime.fromisoformat(named) if named else pending.asked_at
        due = due_time(rule.heard, begin, draft.scope(), draft)
        if due is not None and due.at > before:
            yield _moved(draft, "hearing", pending.key, "当事人陈述意见", before, due.at, cause, cite=pending.cite)


def _approvals(draft: Draft, cause: str, as_of: datetime) -> Iterator[DeadlineMoved]:
    """When the present stage of a proposal is to be decided, or goes to somebody else."""
    for pending in draft.case.approvals.values():
        before = pending.stages[pending.stage].lapses_at
        if before is None or before < as_of or pending.since is None:
            continue
        heard = heard_until(pending)
        begin = heard if heard is not None and not pending.payload.get("stated") else pending.since
        until = lapse_from(draft, pending, pending.stage, begin)
        if until is not None and until != before:
            about = f"审批：{pending.title}"
            yield _moved(draft, "approval", pending.key, about, before, until, cause, cite=pending.cite, since=begin)


def _objections(draft: Draft, cause: str, as_of: datetime) -> Iterator[DeadlineMoved]:
    """Until when a person concerned may object to a measure."""
    for imposed in draft.case.sanctions.values():
        rule, before = draft.regime.accountability.rules.get(imposed.rule), imposed.objection_until
        over = before is None or before < as_of or imposed.objected_at or imposed.settled
        if over or before is None or rule is None or rule.objection is None:
            continue
        due = due_time(rule.objection.within, imposed.at, draft.scope(), draft)
        if due is not None and due.at > before:
            cite = rule.objection.cite or rule.cite
            yield _moved(draft, "objection", str(imposed.number), "当事人提出异议", before, due.at, cause, cite=cite)


def _links(draft: Draft, cause: str, as_of: datetime) -> Iterator[DeadlineMoved]:
    """Until when a party outside gets in through its link."""
    for invitation in draft.case.invitations.values():
        role, before = draft.regime.roles.get(invitation.role), invitation.until
        if role is None or before is None or before < as_of or invitation.ended_at or invitation.issued_at is None:
            continue
        until = draft.context.calendar.due(invitation.issued_at, role.link_for).at
        if until > before:
            yield _moved(draft, "link", invitation.key, f"外单位链接：{role.title}", before, until, cause)


def _flags(draft: Draft, cause: str, as_of: datetime) -> Iterator[DeadlineMoved]:
    """Until when a flag on the complainant stands."""
    for name, flag in draft.case.flags.items():
        kind, before = draft.regime.flags.get(name), flag.until
        if kind is None or kind.lasts is None or before is None or before < as_of or flag.renewed_at is None:
            continue
        until = draft.context.calendar.due(flag.renewed_at, kind.lasts).at
        if until != before:
            yield _moved(draft, "flag", name, f"人员提示：{kind.title}", before, until, cause, cite=kind.cite)


def _samples(draft: Draft, cause: str, as_of: datetime) -> Iterator[DeadlineMoved]:
    """Until when a sample is kept; that somebody then disposes of it is an affair with a due time of its own."""
    for sample in draft.case.samples.values():
        kind, before = draft.regime.samples.get(sample.kind), sample.keep_until
        if kind is None or kind.keep is None or before is None or before < as_of:
            continue
        due = due_time(kind.keep, sample.taken_at, draft.scope(), draft)
        if due is not None and due.at != before:
            yield _moved(draft, "sample", sample.key, f"留样：{sample.number}", before, due.at, cause, cite=kind.cite)


def _moved(
    draft: Draft, deadline: Deadline, key: str, about: str, before: datetime, until: datetime, cause: str,
    *, cite: tuple[str, ...] = (), since: datetime | None = None,
) -> DeadlineMoved:  # fmt: skip
    return DeadlineMoved(
        **draft.stamp, cite=cite, deadline=deadline, key=key, about=about, before=before, until=until, cause=cause,
        late=until < draft.context.now, since=since,
    )  # fmt: skip
