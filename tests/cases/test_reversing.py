"""An entry that was wrong is taken back by a counter-entry: once, with a reason, by whom the regime names."""

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.events import BookingReversed
from huiyin.cases.reversing import keeps_the_book

from .desk import Desk
from .test_sanctions import confirm, found


def booked() -> Desk:
    """A complaint for which 钱护士 lost five points."""
    play = found()
    play.do("leader", confirm())
    return play


def entry_of(play: Desk) -> int:
    return next(iter(play.the_case.bookings))


def test_the_counter_entry_has_the_opposite_amount_its_reason_and_the_rules_article() -> None:
    play = booked()
    play.do("desk", cmd.ReverseBooking(booking=entry_of(play), text="复核后不属实"))
    (counter,) = [event for event in play.events if isinstance(event, BookingReversed)]
    assert (counter.ledger, counter.account, counter.amount) == ("points", "钱护士", 5.0)
    assert (counter.reverses, counter.text, counter.cite) == (entry_of(play), "复核后不属实", ("九",))
    assert sum(each.amount for each in play.the_case.bookings.values()) == 0


@pytest.mark.parametrize("who", ["desk", "leader"])
def test_the_keeper_of_the_ledger_and_the_rules_approver_may(who: str) -> None:
    play = booked()
    play.do(who, cmd.ReverseBooking(text="记错了人"))
    assert play.the_case.bookings[entry_of(play)].reversed_by == max(play.the_case.bookings)


def test_nobody_else_may() -> None:
    play = booked()
    assert play.refused("ward-head", cmd.ReverseBooking(text="同事求情")).code == "not-yours"
    assert play.refused("钱护士", cmd.ReverseBooking(text="我没有错")).code == "conflict-of-interest"


def test_an_entry_is_taken_back_once_only() -> None:
    play = booked()
    number = entry_of(play)
    play.do("desk", cmd.ReverseBooking(booking=number, text="记错了人"))
    again = play.refused("desk", cmd.ReverseBooking(booking=number, text="再来一次"))
    assert (again.code, again.message) == ("not-open-now", "这一笔已经冲销过。")


def test_a_counter_entry_is_not_taken_back() -> None:
    play = booked()
    play.do("desk", cmd.ReverseBooking(text="记错了人"))
    refused = play.refused("desk", cmd.ReverseBooking(booking=max(play.the_case.bookings), text="还是要扣"))
    assert refused.message == "这一笔本身是冲销，不能再冲销。"


def test_there_must_be_a_reason_and_such_an_entry() -> None:
    play = booked()
    assert set(play.refused("desk", cmd.ReverseBooking(text=" ")).fields) == {"text"}
    assert set(play.refused("desk", cmd.ReverseBooking(booking=1, text="记错了")).fields) == {"booking"}
    assert set(play.refused("desk", cmd.ReverseBooking(ledger="parts", text="记错了")).fields) == {"booking"}


def test_an_entry_can_be_taken_back_after_the_case_was_closed() -> None:
    play = booked()
    play.step("ward-head", "reply")
    play.step("desk", "close")
    assert play.the_case.state == "closed"
    play.do("desk", cmd.ReverseBooking(text="申诉成立"))
    assert play.the_case.bookings[entry_of(play)].reversed_by


def test_the_keeper_takes_an_entry_back_without_seeing_the_case() -> None:
    """Only what stands in the keeper's own ledger, and never in a case about the keeper."""
    play = booked()
    keeper, other = play.world.actor("desk"), play.world.actor("ward-head")
    this, none = cmd.ReverseBooking(booking=entry_of(play), text="记错"), cmd.ReverseBooking(text="记错")
    assert keeps_the_book(play.regime, play.the_case, keeper, this)
    assert not keeps_the_book(play.regime, play.the_case, keeper, none)
    assert not keeps_the_book(play.regime, play.the_case, keeper, cmd.Reject(text="不"))
    assert not keeps_the_book(play.regime, play.the_case, other, this)
    play.do("desk", cmd.Recuse(text="亲属"))
    assert not keeps_the_book(play.regime, play.the_case, keeper, this)
