"""Affairs among the cases: only the system opens, tells and misses; nobody is owed an answer."""

from dataclasses import replace
from datetime import datetime

import pytest
from tests.cases.desk import FLOW, desk

from huiyin.cases import commands as cmd
from huiyin.cases.codec import event_from_text, event_to_text
from huiyin.cases.evolve import evolve
from huiyin.cases.people import SYSTEM
from huiyin.cases.state import Occasion
from huiyin.regime.affairs import affairs_of

DUTIES = {"count": {"title": "盘点", "every": "month", "by": "desk", "produces": "sheet", "cite": "六"}}
FORMS = {"sheet": {"title": "盘点表", "signed_by": ["desk", "leader"]}}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text + "+08:00")


def affair(name: str = "count", **sections):
    """An affair of the small regime, opened on 2 March for the month of March."""
    play = desk(**{"duties": DUTIES, "forms": FORMS, **sections})
    play.regime = affairs_of(play.regime)[name]
    start, end = moment("2026-03-01T00:00:00"), moment("2026-04-01T00:00:00")
    occasion = Occasion("2026-03|", start=start, end=end, due=moment("2026-03-31T23:59:59"))
    play.do(SYSTEM, cmd.OpenAffair(occasion=occasion, handler_role="desk", role="desk", unit="desk"))
    return play


def test_an_affair_begins_with_its_period_and_says_why_it_was_opened():
    play = affair()
    assert play.the_case.received_at == moment("2026-03-01T00:00:00")
    assert play.the_case.obligations["count"].due == moment("2026-03-31T23:59:59")
    assert play.the_case.kind == "duty"
    assert play.events[0].why.rule == "duties.count"
    assert play.events[0].cite == ("六",)


def test_it_stays_open_until_its_papers_are_signed_and_then_closes_without_an_answer_to_anybody():
    play = affair()
    play.step("desk", "count")
    assert play.the_case.state == "open"
    play.do("leader", cmd.Sign(form="sheet"))
    assert play.the_case.state == "closed"
    assert not [event for event in play.events if getattr(event, "to", ()) == ("complainant",)]


def test_what_nobody_did_ends_as_missed_with_its_delay_on_record():
    play = affair().at("2026-04-02T09:00:00")
    play.do(SYSTEM, cmd.Miss())
    assert play.the_case.state == "closed"
    assert play.events[-1].cause == "missed"
    assert play.the_case.happened("count.overdue")


def test_what_waits_for_approval_is_not_missed():
    approved = {"count": {**DUTIES["count"], "approval": "leader"}}
    play = affair(duties=approved)
    play.step("desk", "count")
    play.at("2026-04-02T09:00:00")
    play.do(SYSTEM, cmd.Miss())
    assert play.the_case.state == "open"
    play.do("leader", cmd.Approve())
    assert play.the_case.happened("count.approved")


@pytest.mark.parametrize("command", [cmd.Miss(), cmd.Hear(names=("count",), source="other")])
def test_persons_neither_tell_nor_miss_and_only_affairs_are_missed(command):
    assert affair().refused("desk", command).code == "not-yours"
    play = desk()
    play.file()
    assert play.refused("desk", command).code == "not-yours"
    if isinstance(command, cmd.Miss):
        assert play.refused(SYSTEM, command).code == "not-open-now"


def test_nobody_but_the_system_opens_an_affair_and_none_under_a_regime_of_cases():
    command = cmd.OpenAffair(occasion=Occasion("k"))
    play = desk(duties=DUTIES, forms=FORMS)
    assert play.refused(SYSTEM, command).code == "wrong-value"
    play.regime = affairs_of(play.regime)["count"]
    assert play.refused("desk", command).code == "not-yours"


def test_what_happened_elsewhere_opens_steps_and_ends_limits_and_is_not_told_twice():
    corrective = {"mend": {"title": "整改", "after": "handle", "owner": "ward", "verified_by": "desk", "cite": "七"}}
    flow = {**FLOW, "look": {"title": "查看整改", "by": "desk", "after": "mend.effective", "cite": "七"}}
    limits = {
        "mended": {"title": "整改", "from": "mend.opened", "to": "mend.effective", "within": "20 days", "cite": "七"}
    }
    notices = {"well": {"title": "整改有效", "after": "mend.effective", "to": "leader", "cite": "七"}}
    play = desk(corrective=corrective, flow=flow, limits=limits, notices=notices).assigned()
    play.step("ward-head", "handle")
    assert play.the_case.obligations["mended"].status == "running"
    play.do(SYSTEM, cmd.Hear(names=("mend.effective",), source="affair-1", number="整改2026-0001", text="整改"))
    assert "look" in play.open
    assert play.the_case.obligations["mended"].status == "met"
    assert play.the_case.stems == ("affair-1",)
    assert not [event for event in play.events if getattr(event, "notice", "") == "well"]


def test_a_step_may_be_kept_from_those_who_did_another():
    flow = {
        **FLOW,
        "check": {"title": "核查", "by": "ward-head", "after": "handle", "other_than": "handle", "cite": "三"},
    }
    play = desk(flow=flow).assigned()
    play.step("ward-head", "handle")
    refused = play.refused("ward-head", cmd.Perform(work="check"))
    assert (refused.code, refused.cite) == ("conflict-of-interest", ("三",))


def test_affairs_fold_from_their_stored_events():
    play = affair()
    play.do(SYSTEM, cmd.Hear(names=(), source="case-1", number="2026-0001", text="登记一件"))
    stored = [(type(event).__name__, event_to_text(event)) for event in play.events]
    again = evolve(None, [event_from_text(kind, body) for kind, body in stored])
    assert again == play.case
    assert again.occasion is not None
    assert replace(again.occasion, key="other") != again.occasion
