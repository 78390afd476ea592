"""Accountability: proposed by rule, imposed by the person the regime names, inside the brackets, booked in the ledger."""

from typing import Any

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.access import sight
from huiyin.cases.events import LedgerBooked
from huiyin.cases.people import Respondent
from huiyin.cases.values import PRIVATE

from .desk import Desk, desk, flow

RUDE: dict[str, Any] = {
    "title": "态度恶劣", "after": "handle:founded", "against": "respondent", "conduct": {"cold": "冷淡推诿", "quarrel": "争吵"},
    "propose": {"fine": "200..1500", "score": -5, "circular": True}, "approval": "leader", "cite": "九",
}  # fmt: skip
MEASURES: dict[str, Any] = {
    "fine": {"title": "罚款", "unit": "元"},
    "score": {"title": "绩效分", "unit": "分", "ledger": "points"},
    "circular": "通报批评",
}
LEDGERS = {
    "points": {
        "title": "绩效台账",
        "of": "person",
        "unit": "分",
        "opens_with": 100,
        "period": "month",
        "kept_by": "desk",
    }
}
STEPS = flow(
    handle={"outcomes": {"founded": "属实", "unfounded": "不属实"}},
    reply={"after": ["handle:founded", "handle:unfounded"]},
)


def found(rule: dict[str, Any] | None = None, **given: Any) -> Desk:
    """A complaint about the nurse 钱护士 that proved to be founded."""
    accountability = {"measures": MEASURES, "ledgers": LEDGERS, "rules": {"rude": {**RUDE, **(rule or {})}}}
    play = desk(flow=STEPS, accountability=accountability, staff={"钱护士": {"role": "ward", "unit": "内科"}}).assigned(
        **given
    )
    play.step("ward-head", "handle", outcome="founded")
    return play


def confirm(**given: Any) -> cmd.Approve:
    return cmd.Approve(**{"rule": "rude", "measures": {"fine": 500}, "conduct": ("cold",), **given})


def test_a_rule_proposes_and_nothing_is_imposed_yet() -> None:
    play = found()
    (pending,) = play.the_case.approvals.values()
    assert (pending.payload["against"], pending.payload["propose"]["fine"]) == ("钱护士", [200, 1500])
    assert play.happened("sanction-confirmed") == 0


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"measures": {"fine": 199}}, "fine"),
        ({"measures": {"fine": 1501}}, "fine"),
        ({"measures": {"fine": "很多"}}, "fine"),
        ({"measures": {}}, "fine"),
        ({"measures": {"fine": 500, "score": -6}}, "score"),
        ({"measures": {"fine": 500, "dismissal": True}}, "dismissal"),
        ({"conduct": ()}, "conduct"),
        ({"conduct": ("theft",)}, "conduct"),
        ({"person": "孙主任"}, "person"),
    ],
)  # fmt: skip
def test_amounts_stay_inside_their_brackets_and_only_what_was_proposed_is_imposed(given: Any, field: str) -> None:
    refused = found().refused("leader", confirm(**given))
    assert (refused.code, set(refused.fields), refused.cite) == ("missing-field", {field}, ("九",))


@pytest.mark.parametrize("amount", [200, 1500])
def test_both_ends_of_a_bracket_are_inside(amount: int) -> None:
    play = found()
    play.do("leader", confirm(measures={"fine": amount}))
    booked = [event for event in play.events if isinstance(event, LedgerBooked)]
    assert [(event.ledger, event.account, event.amount, event.cite) for event in booked] == [
        ("points", "钱护士", -5.0, ("九",))
    ]


def test_only_the_role_the_regime_names_imposes_and_never_the_accused() -> None:
    play = found()
    assert play.refused("desk", confirm()).code == "not-yours"
    assert play.refused("钱护士", confirm()).code == "conflict-of-interest"


def test_a_rejected_proposal_is_on_record_with_its_rule_and_imposes_nothing() -> None:
    play = found()
    play.do("leader", cmd.Reject(rule="rude", text="情节轻微"))
    rejected = next(event for event in play.events if type(event).__name__ == "ApprovalRejected")
    assert (rejected.work, rejected.text) == ("rude", "情节轻微")
    assert play.the_case.approvals == {}
    assert play.happened("sanction-confirmed") == 0


def test_whoever_is_not_known_is_named_by_the_confirmer_and_not_himself() -> None:
    play = found(respondent=Respondent("unit", "内科"))
    assert set(play.refused("leader", confirm()).fields) == {"person"}
    assert play.refused("leader", confirm(person="leader")).code == "conflict-of-interest"
    play.do("leader", confirm(person="钱护士"))


def culprit(field: str = "culprit", **given: Any) -> Desk:
    """A complaint about the nurse 钱护士; the investigation names whoever `given` says, the rule is about whom it names."""
    rule = {**RUDE, "against": f"facts.{field}"}
    steps = flow(
        handle={
            "outcomes": {"founded": "属实", "unfounded": "不属实"},
            "fields": {"culprit": {"title": "直接责任人", "type": "person"}, "at_fault": {"title": "责任部门", "type": "unit"}},
        },
        reply={"after": ["handle:founded", "handle:unfounded"]},
    )
    play = desk(
        flow=steps,
        accountability={"measures": MEASURES, "ledgers": LEDGERS, "rules": {"rude": rule}},
        staff={"钱护士": {"role": "ward", "unit": "内科"}, "孙护士": {"role": "ward", "unit": "外科"}},
    ).assigned(respondent=Respondent(kind="person", person="钱护士", unit="内科"))
    play.step("ward-head", "handle", outcome="founded", fields=given)
    return play


@pytest.mark.parametrize("person", ["孙护士", "钱护士"])
def test_a_rule_may_be_about_whom_the_investigation_named_also_where_it_is_the_one_complained_about(person: str) -> None:
    play = culprit(culprit=person)
    (pending,) = play.the_case.approvals.values()
    assert pending.payload["against"] == person
    assert play.refused("leader", confirm(person="赵医生")).fields == {"person": "建议是针对另一人的，不能改换；不同意的请退回"}
    play.do("leader", confirm())
    (booking,) = [event for event in play.events if isinstance(event, LedgerBooked)]
    assert booking.account == person


def test_a_rule_may_be_about_the_unit_the_investigation_named() -> None:
    (pending,) = culprit("at_fault", at_fault="内科").the_case.approvals.values()
    assert pending.payload["against"] == "内科"


def test_whom_the_investigation_did_not_name_the_confirmer_names() -> None:
    play = culprit()
    assert play.refused("leader", confirm()).fields == {"person": "请写明对谁作出"}
    play.do("leader", confirm(person="孙护士"))
    assert play.happened("sanction-confirmed") == 1


def test_whom_a_private_field_names_the_confirmer_names_again() -> None:
    play = culprit(culprit=PRIVATE)
    (pending,) = play.the_case.approvals.values()
    assert pending.payload["against"] == ""
    play.do("leader", confirm(person="孙护士"))
    (booking,) = [event for event in play.events if isinstance(event, LedgerBooked)]
    assert booking.account == "孙护士"


def test_whom_the_investigation_named_does_not_see_the_case_for_that() -> None:
    play = culprit(culprit="孙护士")
    assert not sight(play.regime, play.the_case, play.world.actor("孙护士"), play.world).sees


def test_proposals_do_not_keep_a_case_from_closing_and_may_be_confirmed_after() -> None:
    play = found()
    play.step("ward-head", "reply")
    play.step("desk", "close")
    play.do("leader", confirm())
    assert play.happened("sanction-confirmed") == 1


def test_a_proposal_whose_stages_all_depend_is_never_dropped() -> None:
    play = desk(
        flow=STEPS,
        accountability={"measures": MEASURES, "ledgers": LEDGERS, "rules": {"rude": {**RUDE, "approval": "penalty"}}},
        approvals={
            "penalty": {"stages": [{"by": "leader", "when": "matter.harm"}, {"by": "director", "when": "matter.harm"}]}
        },
    ).assigned(matter={"harm": False})
    play.step("ward-head", "handle", outcome="founded")
    assert play.refused("leader", confirm()).code == "not-yours"
    play.do("director", confirm())


def test_lateness_is_charged_to_whoever_did_the_handlers_work_and_not_to_the_desk() -> None:
    rule = {"late": {"title": "逾期", "after": "conclude.overdue", "against": "handler", "propose": {"score": -2},
                     "approval": "leader", "cite": "九"}}  # fmt: skip
    conclude = {
        "title": "办结",
        "from": "assigned",
        "to": "replied",
        "within": "5 workdays",
        "by": "handler",
        "cite": "六",
    }
    play = desk(
        limits={"conclude": conclude},
        routing={"rest": {"title": "交科室", "to": "ward", "cite": "二"}},
        accountability={"measures": MEASURES, "ledgers": LEDGERS, "rules": rule},
        staff={"赵医生": {"role": "ward", "unit": "内科"}},
    ).assigned()
    play.step("赵医生", "handle")
    play.at("2026-03-10 09:00")
    (pending,) = play.the_case.approvals.values()
    assert pending.payload["against"] == "赵医生"


def test_one_who_may_be_punished_still_approves_other_things() -> None:
    """A proposal against a person bars that person from deciding on it, not from the rest of the work."""
    rule = {"slow": {"title": "管理不力", "after": "handle:founded", "against": "first-receiver", "propose": {"score": -2},
                     "approval": "director", "cite": "九"}}  # fmt: skip
    play = desk(
        flow=flow(handle={"outcomes": {"founded": "属实"}}, reply={"after": "handle:founded", "approval": "leader"}),
        accountability={"measures": MEASURES, "ledgers": LEDGERS, "rules": rule},
    )
    play.file(who="leader")
    play.step("leader", "register")
    play.step("desk", "assign", unit="内科")
    play.step("ward-head", "handle", outcome="founded")
    play.step("ward-head", "reply")
    play.do("leader", cmd.Approve())
    assert play.open == {"close"}
    assert play.refused("leader", cmd.Approve(rule="slow")).code == "conflict-of-interest"
