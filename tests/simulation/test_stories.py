"""What a changed rule would have done with past cases, told in small stories."""

from datetime import datetime

import pytest
from tests.cases.desk import BASE, desk, flow, regime

from huiyin.calendars import parse_span
from huiyin.cases import commands as cmd
from huiyin.simulation import Ground, Simulation, Totals, past_of

LIMITS = {
    "answer": {"title": "办结", "from": "assigned", "to": "replied", "within": "15 workdays", "cite": "四"},
    "contact": {"title": "联系投诉人", "from": "assigned", "to": "contacted", "within": "2 workdays", "cite": "三"},
}
LONG_AFTER = datetime.fromisoformat("2026-12-31T09:00:00+08:00")


def answer(within, **keys):
    """The limits with another time for the answer."""
    return {**LIMITS, "answer": {**LIMITS["answer"], "within": within, **keys}}


def past(told, until=LONG_AFTER):
    return past_of(told.events, until=until, asked=frozenset(told.regime.intake.fields))


def compared(told, until=LONG_AFTER, **sections):
    """The case of a story under its own regime, and under one with these sections changed."""
    after = regime(version="2", **sections)
    here = Ground(told.world.calendar, told.world, {})
    return Simulation(told.regime, after, here).compare(past(told, until))


def assigned(**sections):
    """A case that was assigned to 内科 on Monday, 1 June 2026, at nine."""
    given = sections.pop("given", {})
    return desk(**{"limits": LIMITS, **sections}).at("2026-06-01T09:00:00").assigned(**given)


def answered(day, **sections):
    return assigned(**sections).at(f"{day}T10:00:00").answered()


def changes(found):
    """What differs, without the due times."""
    return [(each.aspect, each.about, each.before, each.after) for each in found.differences if each.aspect != "due"]


def due(found, limit="answer"):
    """When the limit is due before and after, by day."""
    runs = [outcome.limits[limit].due.astimezone(LONG_AFTER.tzinfo) for outcome in (found.before, found.after)]
    return [f"{run:%m-%d}" for run in runs]


def test_a_limit_shortened_from_fifteen_to_ten_working_days_makes_two_of_three_late():
    totals, found = Totals(), []
    for day in ("2026-06-12", "2026-06-16", "2026-06-23"):
        found.append(compared(answered(day), limits=answer("10 workdays")))
        totals.add(found[-1])
    assert [due(each) for each in found] == [["06-23", "06-15"]] * 3     # 19 June is a day off, the Dragon Boat Festival
    assert [changes(each) for each in found] == [[], *[[("late", "answer", "in-time", "late")]] * 2]
    assert totals.groups["late|answer|in-time|late"] == 2
    assert totals.groups["late-after|answer||"] == 2
    assert totals.shifts["due|answer|earlier|"] == [3, 3 * 8 * 86400, 8 * 86400]


def test_what_was_late_before_and_is_not_any_more():
    found = compared(answered("2026-06-26"), limits=answer("20 workdays"))
    assert changes(found) == [("late", "answer", "late", "in-time")]
    assert found.after.limits["answer"].cite == ("四",)


def test_a_case_that_is_still_open_is_late_as_of_the_day_it_is_looked_at():
    told = assigned()
    before_ten = datetime.fromisoformat("2026-06-16T09:00:00+08:00")
    assert changes(compared(told, before_ten, limits=answer("10 workdays"))) == [("late", "answer", "in-time", "late")]
    early = datetime.fromisoformat("2026-06-05T09:00:00+08:00")
    assert changes(compared(told, early, limits=answer("10 workdays"))) == []


def test_time_that_stood_still_counts_for_neither():
    told = assigned().at("2026-06-03T09:00:00")
    told.do("ward-head", cmd.Suspend(text="等待鉴定"))
    told.at("2026-06-10T09:00:00").do("ward-head", cmd.Resume(text="鉴定已出"))
    told.at("2026-06-17T10:00:00").answered()
    found = compared(told, limits=answer("10 workdays"))
    assert due(found)[0] == told.due("answer")[5:10]
    assert changes(found) == []


EXTENDABLE = {"extension": {"add_up_to": "10 workdays", "approval": "extra", "cite": "五"}}
EXTRA = {"extra": {"title": "延长", "stages": [{"by": "leader", "when": "false"}], "cite": "五"}}


def test_time_that_was_granted_stays_granted_where_the_draft_grants_it_and_is_left_open_where_not():
    told = assigned(limits=answer("15 workdays", **EXTENDABLE), approvals=EXTRA).at("2026-06-10T09:00:00")
    told.do("ward-head", cmd.Extend(limit="answer", by=parse_span("10 workdays"), text="等待鉴定"))
    told.at("2026-07-01T10:00:00").answered()
    granted = compared(told, limits=answer("10 workdays", **EXTENDABLE), approvals=EXTRA)
    assert due(granted)[0] == told.due("answer")[5:10]
    assert changes(granted) == [("late", "answer", "in-time", "late")]
    refused = compared(told, limits=answer("10 workdays"))
    assert changes(refused) == []
    assert refused.after.limits["answer"].late is None
    assert refused.after.unknown["limits.answer"].reason == "no-extension"


TO_THE_DESK = {
    "large": {"title": "大额交办公室", "when": "matter.amount > 5000", "to": "desk", "cite": "六"},
    **BASE["routing"],
}


@pytest.mark.parametrize(("amount", "to"), [(4999, None), (5001, "desk|desk")])
def test_amounts_over_5000_go_to_the_centre(amount, to):
    told = answered("2026-06-12", given={"matter": {"account": "多收费", "amount": amount}})
    found = compared(told, limits=LIMITS, routing=TO_THE_DESK)
    assert changes(found) == ([("routing", "", "ward|内科", to)] if to else [])
    if to:
        assert found.differences[0].cite == ("六",)


def test_who_chose_a_ward_then_keeps_the_choice_where_the_draft_leaves_it_open():
    told = answered("2026-06-12", given={"matter": {"account": "多收费", "amount": 100}})
    found = compared(told, limits=LIMITS, routing=TO_THE_DESK)
    assert found.after.routing.value == "ward|内科"


def test_an_amount_that_was_not_given_leaves_the_routing_to_a_person():
    found = compared(answered("2026-06-12"), limits=LIMITS, routing=TO_THE_DESK)
    assert changes(found) == []
    assert found.after.unknown["routing"].missing == ("matter.amount",)
    assert found.after.unknown["routing"].reason == "missing"


def test_a_field_that_was_not_asked_then_is_said_to_have_been_not_asked():
    intake = {**BASE["intake"], "fields": {**BASE["intake"]["fields"], "distance": {"title": "路程", "type": "number"}}}
    rows = {"far": {"title": "远的交办公室", "when": "matter.distance > 50", "to": "desk", "cite": "六"}, **BASE["routing"]}
    found = compared(answered("2026-06-12"), limits=LIMITS, intake=intake, routing=rows)
    assert found.after.unknown["routing"].reason == "not-asked"
    assert changes(found) == []


def test_a_new_obligatory_field_refuses_nobody_who_was_not_asked():
    fields = {**BASE["intake"]["fields"], "bill": {"title": "票号", "type": "text", "required": True}}
    found = compared(answered("2026-06-12"), limits=LIMITS, intake={**BASE["intake"], "fields": fields})
    assert changes(found) == []
    assert found.after.unknown["intake"].missing == ("matter.bill",)


def test_a_field_that_becomes_obligatory_refuses_who_left_it_empty_and_says_the_article():
    fields = {**BASE["intake"]["fields"], "amount": {"title": "金额", "type": "money", "required": True}}
    found = compared(answered("2026-06-12"), limits=LIMITS, intake={**BASE["intake"], "fields": fields})
    assert changes(found) == [("admission", "", "accept", "refused-filing")]
    assert found.after.admission.cite


REFUSED_WHEN_SMALL = {
    "small": {"title": "小额不受理", "when": "given(matter.amount) && matter.amount < 50", "outcome": "refuse", "cite": "七"},
    "rest": {"title": "受理", "outcome": "accept", "cite": "一"},
}


def test_a_new_ground_refuses_what_was_taken_on_and_what_came_after_is_not_compared():
    told = answered("2026-06-12", given={"matter": {"account": "多收费", "amount": 20}})
    looked_at = flow(register={"decides": "assessment"})
    found = compared(told, limits=answer("10 workdays"), assessment=REFUSED_WHEN_SMALL, flow=looked_at)
    assert changes(found) == [("admission", "", "accept", "refuse")]
    assert found.differences[0].cite == ("七",)
    assert len(found.differences) == 1


SEVERITY = {
    "levels": {"usual": "一般", "grave": "严重"},
    "rules": {"harm": {"title": "有损害", "when": "matter.harm", "is": "grave", "cite": "八"}},
}


def test_a_new_rule_of_severity_moves_the_case_and_the_limit_that_hangs_on_it():
    told = answered("2026-06-12", severity={**SEVERITY, "rules": {}}, given={"matter": {"account": "烫伤", "harm": True}})
    rows = [{"when": "case.severity == 'grave'", "within": "5 workdays", "cite": "八"}, {"within": "15 workdays"}]
    found = compared(told, limits=answer(rows), severity=SEVERITY)
    assert changes(found) == [("severity", "", "usual", "grave"), ("late", "answer", "in-time", "late")]
    assert found.differences[0].cite == ("八",)


def test_a_level_a_person_set_stays():
    told = assigned(severity=SEVERITY, given={"matter": {"account": "烫伤", "harm": True}})
    told.do("desk", cmd.Regrade(severity="usual", text="经查无碍"))
    found = compared(told, limits=LIMITS, severity={**SEVERITY, "rules": {}})
    assert changes(found) == []
    assert found.after.unknown["severity"].reason == "person"


def test_work_that_would_have_needed_another_approval():
    told = answered("2026-06-12", given={"matter": {"account": "多收费", "amount": 8000}})
    stages = [{"by": "leader"}, {"by": "director", "when": "matter.amount > 5000"}]
    large = {"large": {"title": "批准", "stages": stages, "cite": "九"}}
    found = compared(told, limits=LIMITS, flow=flow(reply={"approval": "large"}), approvals=large)
    assert changes(found) == [("approval", "flow.reply", "", "leader director")]


MEASURES = {"measures": {"points": {"title": "扣分", "unit": "分"}}}
LATE = {"title": "逾期", "after": "answer.overdue", "against": "handler", "propose": {"points": 2}, "approval": "penalty"}
OVERDUE = {"late": {**LATE, "cite": "九"}}
PENALTY = {"penalty": {"title": "处罚", "stages": [{"by": "leader"}], "cite": "九"}}


def test_a_shorter_limit_makes_a_rule_propose_what_it_did_not_propose():
    sections = {"accountability": {**MEASURES, "rules": OVERDUE}, "approvals": PENALTY}
    found = compared(answered("2026-06-16", **sections), limits=answer("10 workdays"), **sections)
    assert changes(found) == [("late", "answer", "in-time", "late"), ("measure", "late", "", "handler")]
    was_late = compared(answered("2026-06-26", **sections), limits=answer("20 workdays"), **sections)
    assert changes(was_late) == [("late", "answer", "late", "in-time"), ("measure", "late", "handler", "")]


def test_a_rule_that_counts_offences_is_left_open_for_nobody_knows_what_other_cases_said_then():
    rules = {"again": {**OVERDUE["late"], "after": "replied", "when": "offences('again', '12 months') > 0"}}
    sections = {"accountability": {**MEASURES, "rules": rules}, "approvals": PENALTY}
    found = compared(answered("2026-06-12", **sections), limits=LIMITS, **sections)
    assert found.after.unknown["accountability.again"].reason == "other-cases"
    assert found.after.proposals == {}


def test_a_limit_that_is_new_or_gone_is_said_to_be():
    assert changes(compared(answered("2026-06-12"), limits={"answer": LIMITS["answer"]})) == [("limit", "contact", "runs", "")]


def test_totals_go_on_from_what_was_written_down():
    whole, halves = Totals(), Totals()
    for day in ("2026-06-12", "2026-06-16"):
        found = compared(answered(day), limits=answer("10 workdays"))
        whole.add(found)
        halves = Totals.from_data(halves.as_data())
        halves.add(found)
    assert whole == halves
