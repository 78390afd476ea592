"""A report on an order is put right or taken back by its reporter until the receiver has taken note of it."""

from typing import Any

from huiyin.cases import commands as cmd
from huiyin.cases.codec import event_from_text, event_to_text
from huiyin.cases.events import ReportCorrected, ReportWithdrawn
from huiyin.cases.evolve import evolve

from .desk import Desk, desk
from .test_orders import SUPERVISION, report, supervise, supervised

AT_ONCE = {"supervision": {key: value for key, value in SUPERVISION.items() if key not in ("accepted_by", "again")}}


def order_of(play: Desk) -> Any:
    (order,) = play.the_case.orders.values()
    return order


def reported() -> Desk:
    play = supervised()
    supervise(play, to="handling-head")
    report(play)
    return play


def withdraw(play: Desk, who: str = "ward-head", **given: Any) -> Any:
    return play.do(who, cmd.WithdrawReport(**{"text": "还没有查清", **given}))


def correct(play: Desk, who: str = "ward-head", words: str = "已调整夜班", **given: Any) -> Any:
    return play.do(who, cmd.AmendReport(**{"text": "班次写错", "fields": {"done_so_far": words}, **given}))


def test_the_reporter_puts_it_right_and_what_it_said_stays_in_the_event() -> None:
    play = reported()
    correct(play)
    assert play.the_case.facts["done_so_far"] == "已调整夜班"
    (event,) = [each for each in play.events if isinstance(each, ReportCorrected)]
    assert (event.text, event.old_fields, event.fields) == ("班次写错", {"done_so_far": "已调整班次"}, {"done_so_far": "已调整夜班"})
    assert order_of(play).to_accept
    play.do("desk", cmd.AcceptReport())
    assert not order_of(play).is_open


def test_a_report_taken_back_is_owed_by_the_day_it_was_owed_before() -> None:
    play = reported()
    due = play.the_case.obligations["supervision"].due
    withdraw(play)
    order = order_of(play)
    assert (order.waits, order.report, order.answered_by) == (True, "", "")
    again = play.the_case.obligations[order.obligation]
    assert (again.key, again.status, again.due) == ("supervision#2", "running", due)
    assert play.the_case.obligations["supervision"].status == "met"
    assert play.the_case.happened("supervision.withdrawn")
    (event,) = [each for each in play.events if isinstance(each, ReportWithdrawn)]
    assert event.text == "还没有查清"
    report(play)
    assert order_of(play).to_accept


def test_taking_back_wins_no_time() -> None:
    """Reported on the last day, taken back: the day after it is overdue."""
    play = reported()
    withdraw(play)
    play.at("2026-03-10T09:00:00")
    assert play.the_case.obligations["supervision#2"].status == "overdue"
    assert play.the_case.happened("supervision.overdue")


def test_a_late_report_stays_late_once_and_is_not_counted_twice() -> None:
    play = supervised()
    supervise(play, to="handling-head")
    play.at("2026-03-10T09:00:00")
    report(play)
    withdraw(play)
    play.at("2026-03-12T09:00:00")
    assert play.the_case.obligations["supervision#2"].status == "overdue"
    assert play.the_case.signals["supervision.overdue"].count == 1


def test_once_it_is_accepted_or_sent_back_the_reporter_can_do_neither() -> None:
    accepted, sent_back = reported(), reported()
    accepted.do("desk", cmd.AcceptReport())
    sent_back.do("desk", cmd.ReturnReport(text="缺夜班"))
    for play in (accepted, sent_back):
        assert play.refused("ward-head", cmd.WithdrawReport(text="还没有查清")).code == "not-open-now"
        assert play.refused("ward-head", cmd.AmendReport(text="写错", report="另一句")).code == "not-open-now"


def test_nobody_else_can_and_a_reason_is_asked_for() -> None:
    play = reported()
    assert play.refused("desk", cmd.WithdrawReport(text="不要这份")).code == "not-open-now"
    assert play.refused("ward-head", cmd.WithdrawReport(text=" ")).fields == {"text": "请写明理由"}
    assert play.refused("ward-head", cmd.AmendReport(text="", fields={"done_so_far": "改"})).fields == {"text": "请写明理由"}


def test_a_report_that_counts_at_once_is_put_right_with_a_new_version_of_its_paper_but_not_taken_back() -> None:
    play = supervised(orders=AT_ONCE)
    supervise(play, to="handling-head")
    report(play)
    assert play.refused("ward-head", cmd.WithdrawReport(text="还没有查清")).code == "not-open-now"
    correct(play)
    first, second = [each for each in play.the_case.documents.values() if each.form == "report"]
    assert (first.replaced_by, second.version, second.number) == (second.key, 2, first.number)


def test_a_plain_order_has_words_alone() -> None:
    play = desk().assigned()
    play.do("desk", cmd.Supervise(text="请尽快"))
    who = play.the_case.handler or "ward-head"
    play.do(who, cmd.AnswerOrder(text="周五前答复"))
    assert play.refused(who, cmd.AmendReport(text="写错", report=" ")).fields == {"report": "请写明更正后的报告"}
    play.do(who, cmd.AmendReport(text="写错", report="周四前答复"))
    assert order_of(play).report == "周四前答复"


def test_what_happened_folds_again_to_the_same_case() -> None:
    play = reported()
    correct(play)
    withdraw(play)
    stored = [event_from_text(type(each).__name__, event_to_text(each)) for each in play.events]
    assert evolve(None, stored) == play.the_case
