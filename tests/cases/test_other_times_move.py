"""The calendar changes: not only limits move, but every time of a case that was counted by it."""

from datetime import date, datetime
from typing import Any

import pytest

from huiyin.calendars import Hours, Span, Unit
from huiyin.calendars.spans import parse_hours
from huiyin.cases import commands as cmd
from huiyin.cases.codec import event_from_text, event_to_text
from huiyin.cases.events import ObligationMoved
from huiyin.cases.evolve import evolve
from huiyin.cases.explaining import explain_due, other_deadlines
from huiyin.cases.people import SYSTEM
from huiyin.cases.state import Occasion
from huiyin.regime.affairs import affairs_of

from .desk import Desk, desk, flow
from .test_hearing import decided, proposed
from .test_outside import ROLES, invited

TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)
TWO_DAYS = {"stages": [{"by": "leader", "within": "2 workdays", "else": "director"}]}


def changed(play: Desk, **own: Any) -> list[Any]:
    """The events that a changed calendar brings."""
    play.world.calendar = play.world.calendar.with_organisation(**own)
    seen = len(play.events)
    play.do(SYSTEM, cmd.Recalculate(reason="院庆放假"))
    return play.events[seen:]


def local(play: Desk, moment: Any) -> str:
    return str(moment.astimezone(play.world.calendar.zone).strftime("%Y-%m-%d %H:%M"))


def waiting_for_approval() -> Desk:
    """The reply waits for the leader since Monday, 2 March 2026; he has two workdays, then the director decides."""
    play = desk(
        {"leader": "leader", "director": "director"}, approvals={"two-days": TWO_DAYS}, flow=flow(reply={"approval": "two-days"})
    ).assigned()
    return play.answered()


def lapses(play: Desk) -> str:
    (pending,) = play.the_case.approvals.values()
    return local(play, pending.stages[pending.stage].lapses_at)


def test_the_time_to_decide_moves_with_its_cause_and_lapses_then() -> None:
    play = waiting_for_approval()
    assert lapses(play) == "2026-03-04 23:59"
    (moved,) = changed(play, days_off=[TUESDAY])
    assert (moved.deadline, moved.about, moved.cause, moved.late) == ("approval", "审批：答复", "院庆放假", False)
    assert (local(play, moved.before), lapses(play)) == ("2026-03-04 23:59", "2026-03-05 23:59")
    assert event_from_text("DeadlineMoved", event_to_text(moved)) == moved
    assert evolve(None, play.events) == play.the_case
    play.at("2026-03-05 12:00")
    assert lapses(play) == "2026-03-05 23:59"
    play.at("2026-03-06 00:00")
    (pending,) = play.the_case.approvals.values()
    assert pending.stages[0].by == ("director",)


def test_a_time_to_decide_that_is_over_stays_over() -> None:
    play = waiting_for_approval()
    play.at("2026-03-05 09:00")
    assert changed(play, days_off=[TUESDAY]) == []


def test_a_second_stage_counts_from_the_first_yes() -> None:
    stages = [{"by": "leader"}, {"by": "director", "within": "1 workday", "else": "desk"}]
    play = desk(
        {"leader": "leader", "director": "director"}, approvals={"both": {"stages": stages}}, flow=flow(reply={"approval": "both"})
    ).assigned().answered().at("2026-03-03 10:00")
    play.do("leader", cmd.Approve())
    assert lapses(play) == "2026-03-04 23:59"
    changed(play, days_off=[WEDNESDAY])
    assert lapses(play) == "2026-03-05 23:59"


def test_what_stood_still_with_the_case_has_its_time_left_when_it_goes_on() -> None:
    play = waiting_for_approval()
    play.do("desk", cmd.Suspend(text="等鉴定"))
    play.at("2026-03-20 09:00")
    play.do("desk", cmd.Resume(text="鉴定完成"))
    assert lapses(play) == "2026-03-24 23:59"
    changed(play, days_off=[date(2026, 3, 23)])
    assert lapses(play) == "2026-03-25 23:59"


def test_the_time_to_speak_moves_and_the_time_to_decide_after_it() -> None:
    approvals = {"leader-decides": {"stages": [{"by": "leader", "within": "1 workday", "else": "director"}]}}
    play = proposed(approvals, approval="leader-decides")
    (pending,) = play.the_case.approvals.values()
    assert (pending.payload["heard_until"][:10], lapses(play)) == ("2026-03-04", "2026-03-05 23:59")
    moved = changed(play, days_off=[WEDNESDAY])
    assert [each.deadline for each in moved] == ["hearing", "approval"]
    assert (local(play, moved[0].until), lapses(play)) == ("2026-03-05 23:59", "2026-03-06 23:59")


def test_time_to_speak_or_to_object_is_never_taken_away() -> None:
    play = proposed()
    changed(play, days_off=[WEDNESDAY])
    assert changed(play, days_off=[]) == []
    play = decided()
    (moved,) = changed(play, days_off=[WEDNESDAY])
    assert (moved.deadline, local(play, moved.before), local(play, moved.until)) == (
        "objection", "2026-03-09 23:59", "2026-03-10 23:59"
    )  # fmt: skip
    assert changed(play, days_off=[]) == []
    (imposed,) = play.the_case.sanctions.values()
    assert imposed.objection_until == moved.until


def test_a_link_opens_longer_where_its_last_day_is_off() -> None:
    roles = {**ROLES, "outside": {"maker": {**ROLES["outside"]["maker"], "link_for": "30 days"}}}
    play = desk(roles=roles).assigned()
    invited(play)
    play.at("2026-03-05 10:00")
    play.do("desk", cmd.RenewLink(invitation="1"))
    assert local(play, play.the_case.invitations["1"].until) == "2026-04-07 23:59"     # the 4th to the 6th is Qingming
    (moved,) = changed(play, days_off=[date(2026, 4, 7)])
    assert (moved.deadline, local(play, moved.until)) == ("link", "2026-04-08 23:59")
    play.do("desk", cmd.Uninvite(invitation="1"))
    assert changed(play, days_off=[date(2026, 4, 7), date(2026, 4, 8)]) == []


def test_a_flag_stands_as_long_as_it_was_to_stand() -> None:
    flags = {"threat": {"title": "扬言过激", "after": "risk-flagged", "ends": "reply", "lasts": "5 workdays", "cite": "八"}}
    play = desk(flags=flags).assigned()
    play.do("desk", cmd.Record(kind_of_act="flag-risk", text="扬言要闹"))
    (moved,) = changed(play, days_off=[TUESDAY])
    assert (moved.deadline, local(play, moved.before), local(play, moved.until)) == (
        "flag", "2026-03-09 23:59", "2026-03-10 23:59"
    )  # fmt: skip


AFTERNOON: dict[int, Hours] = {weekday: parse_hours("08:30-12:00 14:00-16:30") for weekday in range(5)}


def test_a_day_that_was_set_by_hand_ends_when_the_house_closes() -> None:
    orders = {"supervision": {"title": "督办件", "to": ["handling-head"], "latest": "10 workdays", "accepted_by": ["giver"],
                              "cite": "六"}}  # fmt: skip
    acts = {"supervise": {"by": ["desk"], "orders": "supervision", "cite": "六"}}
    play = desk(acts=acts, orders=orders).assigned()
    play.do("desk", cmd.Supervise(text="", orders=(cmd.Charge(text="请查清原因", due=date(2026, 3, 6)),)))
    assert play.due("supervision") == "2026-03-06 23:59"
    (moved,) = changed(play, hours=AFTERNOON)
    assert (type(moved), play.due("supervision")) == (ObligationMoved, "2026-03-06 16:30")
    assert changed(play, days_off=[date(2026, 3, 5)]) == []     # the day itself is what was said


def test_the_time_to_complete_a_filing_moves() -> None:
    play = desk().assigned()
    play.do("desk", cmd.AskMore(text="请补发票", within=Span(3, Unit.WORKDAYS)))
    assert play.due("completion") == "2026-03-05 23:59"
    (moved,) = changed(play, days_off=[TUESDAY])
    assert (type(moved), play.due("completion")) == (ObligationMoved, "2026-03-06 23:59")


@pytest.mark.parametrize(("missed", "due"), [(0, "2026-03-31 16:30"), (3, "2026-03-31 17:30")])
def test_the_period_of_a_duty_ends_when_the_house_closes_unless_it_was_caught_up(missed: int, due: str) -> None:
    play = desk(duties={"boxes": {"title": "开箱", "every": "month", "by": "desk", "cite": "六"}})
    play.world.calendar = play.world.calendar.with_organisation(
        hours={weekday: parse_hours("08:30-12:00 14:00-17:30") for weekday in range(5)}
    )
    play.regime = affairs_of(play.regime)["boxes"]
    calendar = play.world.calendar
    start, end = (datetime(2026, month, 1, tzinfo=calendar.zone) for month in (3, 4))
    occasion = Occasion(key="2026-03", start=start, end=end, due=calendar.end_of_day(date(2026, 3, 31)), missed=missed)
    play.do(SYSTEM, cmd.OpenAffair(occasion=occasion, role="desk"))
    assert play.due("boxes") == "2026-03-31 17:30"
    moved = changed(play, hours=AFTERNOON)
    assert (len(moved), play.due("boxes")) == (0 if missed else 1, due)


def test_times_besides_limits_explain_themselves_too() -> None:
    play = waiting_for_approval()
    (item,) = other_deadlines(play.regime, play.the_case)
    why = explain_due(play.the_case, item, play.world.calendar)
    assert (item.title, item.owner, dict(why.sentences)["给"]) == ("审批：答复", ("leader",), "2个工作日")
    changed(play, days_off=[TUESDAY])
    (item,) = other_deadlines(play.regime, play.the_case)
    assert item.due is not None
    assert local(play, item.due) == "2026-03-05 23:59"
    approvals = {"leader-decides": {"stages": [{"by": "leader", "within": "1 workday", "else": "director"}]}}
    play = proposed(approvals, approval="leader-decides")
    assert [each.title for each in other_deadlines(play.regime, play.the_case)] == ["当事人陈述：态度恶劣", "审批：态度恶劣"]
