"""Figures of commitments: what each case adds, and when it counts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.cases.desk import Desk, desk, flow

from huiyin.cases import commands as cmd
from huiyin.cases.people import SYSTEM
from huiyin.regime.model import Commitment
from huiyin.standing.measuring import Figure, figure_of, is_share, part_of
from huiyin.standing.watching import Window

ALL = Window(datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
LIMITS = {"answer": {"title": "答复", "from": "received", "to": "replied", "within": "10 days", "cite": "四"}}


def figure(commitment: Commitment, *plays, window: Window = ALL) -> Figure:
    parts = [part for play in plays for part in part_of(commitment, play.case, play.world.scope(play.case, play.now))]
    return figure_of(commitment, plays[0].regime, parts, window)


def promise(measure: str, **more) -> Commitment:
    return Commitment(id="c", title="承诺", measure=measure, **more)


def filed() -> Desk:
    """A case that has just been filed."""
    play = desk(limits=LIMITS)
    play.file()
    return play


def case_answered_after(days: int):
    """Filed, assigned, handled at once and answered so many days later; the clock acts meanwhile."""
    play = desk(limits=LIMITS).assigned()
    play.step("ward-head", "handle")
    play.now += timedelta(days=days)
    play.do(SYSTEM, cmd.PassTime())
    play.step("ward-head", "reply")
    return play


def test_the_timely_share_counts_limits_met_and_breached_and_says_whether_the_bound_is_kept():
    target = promise("timely-share", of="answer", bound={"at_least": "90%"})
    found = figure(target, case_answered_after(2), case_answered_after(3), case_answered_after(30))
    assert (round(found.value, 1), found.counted, found.among, found.kept) == (66.7, 2, 3, False)
    assert figure(target, case_answered_after(2)).kept is True


def test_a_case_still_running_counts_neither_way_and_nothing_measured_keeps_nothing():
    play = filed()
    found = figure(promise("timely-share", of="answer", bound={"at_least": "90%"}), play)
    assert (found.value, found.among, found.kept) == (None, 0, None)


def test_replies_handling_time_and_number_of_cases():
    slow, quick, open_case = case_answered_after(9), case_answered_after(1), filed()
    assert round(figure(promise("reply-share"), slow, quick, open_case).value, 1) == 66.7
    assert round(figure(promise("handling-time"), slow, quick).value) == 5
    assert round(figure(promise("handling-time", of="answer"), slow).value) == 9
    assert figure(promise("cases"), slow, quick, open_case).value == 3


def test_handovers_and_reopening_count_when_a_case_has_been_closed():
    play = case_answered_after(1)
    assert figure(promise("handovers"), play).value is None
    play.step("desk", "close")
    assert figure(promise("handovers"), play).value == 0
    assert figure(promise("reopen-share"), play).value == 0


OWN = {
    "reports": {
        "title": "举报占比",
        "measure": {"count": "case.kind == 'report'"},
        "below": "40%",
        "over": "year",
        "cite": "一",
    },
    "answered": {
        "title": "举报答复率",
        "measure": {"count": "happened('replied')", "among": "case.kind == 'report'"},
        "at_least": "100%",
        "over": "year",
        "cite": "一",
    },
}


def test_a_measure_of_the_regimes_own_is_a_share_of_the_cases_it_names():
    plays = [desk(commitments=OWN) for _ in range(3)]
    for play, kind in zip(plays, ("complaint", "report", "report"), strict=True):
        play.file(kind=kind)
    own = plays[0].regime.commitments
    share = figure(own["reports"], *plays)
    assert (round(share.value, 1), share.kept, is_share(own["reports"])) == (66.7, False, True)
    assert figure(own["answered"], *plays).value == 0


@pytest.mark.parametrize(
    ("bound", "value", "kept"),
    [({"at_least": "3"}, 3, True), ({"at_most": "3"}, 4, False), ({"below": "3"}, 3, False), ({}, 3, None)],
)
def test_bounds(bound, value, kept):
    plays = [filed() for _ in range(value)]
    assert figure(promise("cases", bound=bound), *plays).kept is kept


def test_only_what_lies_in_the_window_counts():
    play = filed()
    later = replace(ALL, start=play.now + timedelta(days=1))
    assert figure(promise("cases"), play, window=later).value == 0


ASKED = {
    "title": "回访",
    "by": "desk",
    "after": "reply",
    "marks": "followed-up",
    "via": ["phone", "on-site"],
    "outcomes": {"satisfied": "满意", "not-reached": "联系不上"},
    "cite": "六",
}


def followed_up(outcome: str, *via: str) -> Desk:
    """A case that was followed up by these means."""
    play = desk(flow=flow(ask=ASKED, close={"after": "ask"})).assigned().answered()
    play.step("desk", "ask", outcome=outcome, via=via)
    return play


def test_the_share_of_visits_counts_those_who_were_reached_and_a_combined_follow_up_as_a_visit():
    visits = promise("via-share", of="ask", via=("on-site",), bound={"at_least": "50%"})
    by_phone, both = followed_up("satisfied", "phone"), followed_up("satisfied", "phone", "on-site")
    nobody = followed_up("not-reached", "on-site")
    found = figure(visits, by_phone, both, nobody)
    assert (found.value, found.counted, found.among, found.kept, is_share(visits)) == (50, 1, 2, True, True)
    assert figure(visits, nobody).value is None


def test_a_promise_is_measured_where_there_is_something_to_count_each_period():
    assert promise("cases", over="month").is_measured
    assert Commitment(id="c", title="承诺", breached_by=("fee",), over="month").is_measured
    assert not promise("cases").is_measured
    assert not Commitment(id="c", title="承诺", text="热情服务", over="month").is_measured
