"""A case closes when everything is done and the complainant has had an answer; what ends with it is met or cancelled."""

from huiyin.cases import commands as cmd

from .desk import desk, flow

FILE_BY = {"title": "归档", "from": "received", "to": "close", "within": "10 workdays", "by": "desk", "cite": "六"}


def test_a_limit_that_ends_with_the_closing_is_met_and_not_cancelled() -> None:
    play = desk(limits={"file-away": FILE_BY}).assigned().answered()
    play.step("desk", "close")
    assert (play.the_case.state, play.status("file-away")) == ("closed", ["met"])


def test_closing_too_late_is_recorded_as_late() -> None:
    play = desk(limits={"file-away": FILE_BY}).assigned().answered()
    play.now = play.now.replace(month=4)  # nobody let the clock act in between
    play.step("desk", "close")
    assert (play.happened("file-away.overdue"), play.status("file-away")) == (1, ["met"])


def test_what_was_late_unnoticed_is_recorded_before_it_is_cancelled() -> None:
    call = {"title": "联系", "from": "received", "to": "contacted", "within": "1 workday", "by": "desk", "cite": "六"}
    play = desk(limits={"call": call}).assigned().answered()
    play.now = play.now.replace(month=4)
    play.step("desk", "close")
    assert (play.happened("call.overdue"), play.status("call")) == (1, ["cancelled"])


def test_nothing_may_be_left_over() -> None:
    steps = flow(
        visit={"title": "上门", "by": "handler", "after": "assigned", "cite": "三"}, reply={"produces": "letter"}
    )
    play = desk(flow=steps, forms={"letter": {"title": "答复书", "signed_by": ["director"]}}).assigned().answered()
    play.do("desk", cmd.Supervise(text="请说明进展"))
    refused = play.refused("desk", cmd.Perform(work="close"))
    assert (refused.code, refused.cite) == ("still-open", ("五",))
    assert all(left in refused.message for left in ("上门", "督办单未回复", "《答复书》缺签名：主要领导"))
    play.step("ward-head", "visit")
    play.do("ward-head", cmd.AnswerOrder(text="已上门"))
    play.do("director", cmd.Sign())
    play.step("desk", "close")
    assert play.the_case.state == "closed"


def test_no_case_is_closed_without_an_answer() -> None:
    """Where the reply is passed over the way to the end lies open, and yet nobody has been answered."""
    play = desk(flow=flow(reply={"when": "matter.harm"})).assigned(matter={"harm": False})
    play.step("ward-head", "handle")
    assert play.open == {"close"}
    refused = play.refused("desk", cmd.Perform(work="close"))
    assert (refused.code, refused.cite) == ("still-open", ("通则一",))


def test_a_closed_case_takes_notes_and_nothing_else() -> None:
    play = desk().assigned().answered()
    play.step("desk", "close")
    play.do("desk", cmd.Record(kind_of_act="note", text="来电致谢"))
    refused = play.refused("desk", cmd.Suspend(text="等待"))
    assert (refused.code, refused.cite) == ("not-open-now", ("通则七",))
    assert play.refused("desk", cmd.Perform(work="close")).cite == ("通则七",)
