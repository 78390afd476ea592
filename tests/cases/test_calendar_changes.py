"""The calendar changes under a running case: due times move, reminders are given once, what is missed stays missed."""

from datetime import date, datetime
from typing import Any

from huiyin.calendars import Arrangement
from huiyin.cases import commands as cmd
from huiyin.cases.people import SYSTEM

from .desk import Desk, desk

CONCLUDE = {"title": "办结", "from": "assigned", "to": "reply", "within": "5 workdays", "by": "handler", "cite": "六"}
LADDER = [
    {"at": "1 workday before due", "remind": "handler"},
    {"at": "due", "tell": "leader"},
    {"at": "1 workday after due", "tell": "director"},
    {"at": "2 workdays after due", "order_by": "desk"},
]


def begun() -> Desk:
    """Assigned on Monday, 2 March 2026; due at the end of Monday, 9 March."""
    play = desk(limits={"conclude": CONCLUDE}, ladders={"default": LADDER}).assigned()
    assert play.due("conclude") == "2026-03-09 23:59"
    return play


def changed(play: Desk, **own: Any) -> list[Any]:
    """The events that a changed calendar brings."""
    play.world.calendar = play.world.calendar.with_organisation(**own)
    seen = len(play.events)
    play.do(SYSTEM, cmd.Recalculate(reason="院庆放假"))
    return play.events[seen:]


def kinds(events: list[Any]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_a_day_off_moves_the_due_time_with_its_cause() -> None:
    play = begun()
    (moved,) = changed(play, days_off=[date(2026, 3, 4)])
    assert (moved.cause, moved.late, play.due("conclude")) == ("院庆放假", False, "2026-03-10 23:59")


def test_the_same_calendar_changes_nothing() -> None:
    assert changed(begun(), days_off=[date(2026, 3, 14)]) == []


def test_a_reminder_that_the_change_overtakes_is_given_once_at_once() -> None:
    play = begun()
    changed(play, days_off=[date(2026, 3, 4)])
    play.at("2026-03-09 10:00")
    moved, reached = changed(play, days_off=[])
    assert (moved.late, play.due("conclude")) == (False, "2026-03-09 23:59")
    assert (reached.remind, reached.tell) == (("handler",), ())
    play.at("2026-03-09 23:00")
    assert kinds(play.events).count("RungReached") == 1


def test_a_due_time_moved_into_the_past_is_marked_and_told_before_it_counts_as_missed() -> None:
    play = begun().at("2026-03-09 10:00")
    before = kinds(play.events).count("RungReached")
    moved, reached = changed(play, extra_workdays=[date(2026, 3, 7), date(2026, 3, 8)])
    assert (moved.late, play.due("conclude"), play.status("conclude")) == (True, "2026-03-07 23:59", ["running"])
    assert (reached.tell, before) == (("leader", "director"), 1)     # both rungs at once, in one word
    play.do(SYSTEM, cmd.PassTime())
    assert play.status("conclude") == ["overdue"]
    assert kinds(play.events).count("RungReached") == 2
    play.at("2026-03-12 10:00")
    assert kinds(play.events).count("Ordered") == 1                   # the order comes in its own time


def test_an_order_that_the_change_overtakes_is_still_given() -> None:
    play = begun().at("2026-03-09 10:00")
    changed(play, workweek=range(7))
    assert play.due("conclude") == "2026-03-07 23:59"
    play.at("2026-03-09 23:59")
    play.do(SYSTEM, cmd.PassTime())
    play.at("2026-03-10 01:00")
    assert kinds(play.events).count("Ordered") == 1


def test_what_was_missed_under_the_old_calendar_stays_missed() -> None:
    play = begun().at("2026-03-10 09:00")
    assert play.status("conclude") == ["overdue"]
    assert changed(play, days_off=[date(2026, 3, 4), date(2026, 3, 5)]) == []
    assert play.due("conclude") == "2026-03-09 23:59"


def test_what_fell_due_after_the_change_and_before_anybody_computed_is_not_missed() -> None:
    play = begun()
    play.now = datetime.fromisoformat("2026-03-10T09:00+08:00")       # nobody swept meanwhile
    play.world.calendar = play.world.calendar.with_organisation(days_off=[date(2026, 3, 9)])
    play.do(SYSTEM, cmd.Recalculate(reason="放假", as_of=datetime.fromisoformat("2026-03-08T09:00+08:00")))
    play.do(SYSTEM, cmd.PassTime())
    assert (play.due("conclude"), play.status("conclude")) == ("2026-03-10 23:59", ["running"])


def test_a_published_year_makes_a_provisional_due_time_final_even_where_the_day_stays() -> None:
    play = desk(limits={"conclude": CONCLUDE}, ladders={"default": LADDER}).at("2026-12-29 10:00").assigned()
    assert play.the_case.obligations["conclude"].provisional
    new_year = Arrangement(2027, {date(2027, 1, 1): "元旦"}, {}, "国务院办公厅 2027 安排")
    play.world.calendar = play.world.calendar.with_year(new_year)
    play.do(SYSTEM, cmd.Recalculate())
    assert not play.the_case.obligations["conclude"].provisional
    assert play.due("conclude") == "2027-01-06 23:59"
