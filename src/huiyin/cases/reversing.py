"""Taking an entry of a ledger back: never by changing it, always by a counter-entry with a reason."""

from huiyin.ledgers import Entry, counter_entry
from huiyin.regime.model import Regime

from .commands import Command, ReverseBooking
from .draft import Draft
from .events import BookingReversed
from .people import Actor
from .principles import COMPLETE_RECORDS, NOT_ONES_OWN_CASE
from .refusals import Refused
from .standing import is_concerned, may, refuse_the_concerned
from .state import Booking, Case


def reversers(regime: Regime, ledger: str, rule: str) -> tuple[str, ...]:
    """The roles that may take an entry back: who keeps the ledger, and who approves what the rule proposes."""
    accountability = regime.accountability
    declared, by_rule = accountability.ledgers.get(ledger), accountability.rules.get(rule)
    stages = regime.approvals[by_rule.approval].stages if by_rule else ()
    keeper = (declared.kept_by,) if declared and declared.kept_by else ()
    return tuple(dict.fromkeys((*keeper, *(role for stage in stages for role in (*stage.by, *stage.all_of)))))


def keeps_the_book(regime: Regime, case: Case, actor: Actor, command: Command) -> bool:
    """Whether this command takes back an entry of a ledger the actor keeps: permitted without seeing the case.

    Of the case the keeper sees the entry alone, as it stands in the ledger.
    """
    if not isinstance(command, ReverseBooking) or is_concerned(case, actor.person):
        return False
    booking = case.bookings.get(command.booking)
    return booking is not None and _is_keeper(regime, booking.ledger, actor)


def _is_keeper(regime: Regime, ledger: str, actor: Actor) -> bool:
    declared = regime.accountability.ledgers.get(ledger)
    return declared is not None and bool(declared.kept_by) and actor.holds(declared.kept_by)


def refuse_reversal(draft: Draft, booking: Booking) -> tuple[str, ...]:
    """The articles the reversal rests on.

    Raises:
        Refused: it was taken back already, is itself a counter-entry, is on the actor's own account, or is not this
            person's to take back.
    """
    rule = draft.regime.accountability.rules.get(booking.rule)
    cite = rule.cite if rule else (COMPLETE_RECORDS.id,)
    refuse_the_concerned(draft.case, draft.actor)
    if booking.account == draft.actor.person:
        raise Refused("conflict-of-interest", "不能冲销本人名下的入账。", cite=NOT_ONES_OWN_CASE)
    roles = reversers(draft.regime, booking.ledger, booking.rule)
    keeper = _is_keeper(draft.regime, booking.ledger, draft.actor)
    if not keeper and not may(draft.regime, draft.case, draft.actor, roles, draft.context.directory):
        who = "、".join(draft.regime.role_title(role) for role in roles) or "保管台账的人"
        raise Refused("not-yours", f"冲销由{who}办理。", cite=cite)
    if booking.reverses:
        raise Refused("not-open-now", "这一笔本身是冲销，不能再冲销。", cite=cite)
    if booking.reversed_by:
        raise Refused("not-open-now", "这一笔已经冲销过。", cite=cite)
    return cite


def reverse_booking(draft: Draft, command: ReverseBooking) -> None:
    """Enter the counter-entry; the balance follows from the day on.

    Raises:
        Refused: as `refuse_reversal`; there is no such entry, several could be meant, or the reason is missing.
    """
    booking = _meant(draft, command)
    cite = refuse_reversal(draft, booking)
    if not command.text.strip():
        raise Refused("missing-field", "请写明冲销的理由。", cite=cite, fields={"text": "请写明理由"})
    take_back(draft, booking, cite, command.text)


def take_back(draft: Draft, booking: Booking, cite: tuple[str, ...], reason: str) -> None:
    """Enter the counter-entry of an entry that was not taken back before."""
    zone = draft.context.calendar.zone
    day, today = (at.astimezone(zone).date() for at in (booking.at, draft.context.now))
    entry = Entry(
        booking.number, booking.ledger, booking.account, booking.amount, day, booking.measure, draft.case.number
    )
    counter = counter_entry(entry, number=draft.case.version + 1, on=today, reason=reason)
    draft.add(
        BookingReversed(
            **draft.stamp,
            cite=cite,
            ledger=counter.ledger,
            account=counter.account,
            amount=counter.amount,
            measure=counter.measure,
            rule=booking.rule,
            reverses=counter.reverses,
            text=counter.reason,
        )
    )


def _meant(draft: Draft, command: ReverseBooking) -> Booking:
    """The entry named, or the only one of the ledger that was not taken back."""
    bookings = draft.case.bookings
    if command.booking:
        found = [bookings[command.booking]] if command.booking in bookings else []
    else:
        open_ones = [each for each in bookings.values() if not each.reverses and not each.reversed_by]
        found = [each for each in open_ones if command.ledger in ("", each.ledger)]
    if len(found) == 1:
        return found[0]
    message = "有几笔可以冲销，请指明一笔。" if found else "本案没有这笔可以冲销的入账。"
    raise Refused("wrong-value", message, cite=COMPLETE_RECORDS, fields={"booking": "请选择"})
