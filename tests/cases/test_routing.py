"""Who handles: the first row that fits, a list to choose from, a unit picked from a table, helpers, never the accused."""

from typing import Any

from huiyin.cases import commands as cmd
from huiyin.cases.access import sight
from huiyin.cases.people import Respondent
from huiyin.cases.turns import turns

from .desk import Desk, desk, flow

TABLES = {"remit": {"title": "管辖分工", "key": "类别", "columns": {"unit": {"title": "科室", "type": "unit"}}}}


def registered(routing: dict[str, Any], **given: Any) -> Desk:
    filing = given.pop("filing", {})
    play = desk(routing=routing, **given)
    play.file(**filing)
    play.step("desk", "register")
    return play


def test_the_first_row_that_fits_decides() -> None:
    rows = {
        "harmed": {"title": "造成损害", "when": "matter.harm", "to": "desk", "cite": "三"},
        "rest": {"title": "其他", "to": "ward", "handler": "ward-head", "cite": "二"},
    }
    play = registered(rows, filing={"matter": {"harm": True}})
    play.step("desk", "assign")
    assert (play.the_case.decided["routing"], play.the_case.handling_unit) == ("harmed", "desk")


def test_from_a_list_the_chooser_takes_any_and_the_first_is_proposed() -> None:
    rows = {"any": {"title": "可选", "to": ["desk", "ward"], "choose": "desk", "cite": "二"}}
    play = registered(rows)
    play.step("desk", "assign")
    assert play.the_case.handling_role == "desk"
    play = registered(rows)
    play.step("desk", "assign", to="ward", unit="外科")
    assert play.the_case.handling_unit == "外科"
    play = registered(rows)
    refused = play.refused("desk", cmd.Perform(work="assign", to="leader"))
    assert (refused.code, refused.cite) == ("forbidden-here", ("二",))


def test_a_row_waits_for_the_one_who_chooses() -> None:
    rows = {"any": {"title": "由领导定", "to": ["desk", "ward"], "choose": "leader", "cite": "二"}}
    play = registered(rows)
    play.step("desk", "assign", to="ward", unit="外科")
    assert play.the_case.handling_unit == ""
    (turn,) = (each for each in turns(play.regime, play.the_case, play.world) if each.kind == "decide")
    assert [each.role for each in turn.assignees] == ["leader"]
    assert "decide.routing" in play.offers("leader")
    assert sight(play.regime, play.the_case, play.world.actor("leader"), play.world).sees
    assert "decide.routing" not in play.offers("desk")
    refused = play.refused("desk", cmd.DecideTable(table="routing", row="any", to="ward", unit="外科"))
    assert refused.code == "not-yours"
    play.do("leader", cmd.DecideTable(table="routing", row="any", to="ward", unit="外科"))
    assert (play.the_case.handling_unit, play.open) == ("外科", {"handle"})


def test_a_unit_is_picked_from_the_organisations_table() -> None:
    rows = {"remit": {"title": "按分工", "to": "ward", "pick": "lookup('remit', case.kind, 'unit')", "handler": "ward-head",
                      "cite": "二"}}  # fmt: skip
    play = registered(rows, tables=TABLES, filing={"respondent": Respondent()})
    play.world.tables = {"remit": {"complaint": {"unit": "外科"}}}
    play.step("desk", "assign")
    assert (play.the_case.handling_unit, play.the_case.handler) == ("外科", "孙主任")
    play = registered(rows, tables=TABLES, filing={"respondent": Respondent()})
    refused = play.refused("desk", cmd.Perform(work="assign"))  # no such row in the table: a person names the ward
    assert (refused.code, set(refused.fields)) == ("missing-field", {"unit"})


def test_helping_units_are_assigned_with_the_leading_one() -> None:
    rows = {"joint": {"title": "会办", "to": "ward", "also": "ward", "handler": "ward-head", "cite": "二"}}
    play = registered(rows)
    play.step("desk", "assign", unit="外科", also=("儿科", "外科"))
    assert play.the_case.units == ("外科", "儿科")
    assert play.happened("co-assigned") == 1


def test_units_and_people_that_do_not_exist_are_refused() -> None:
    play = registered({"rest": {"title": "交科室", "to": "ward", "cite": "二"}})
    assert play.refused("desk", cmd.Perform(work="assign", unit="天文台")).code == "wrong-value"
    assert play.refused("desk", cmd.Perform(work="assign", unit="外科", handler="无此人")).code == "wrong-value"


def test_the_accused_is_never_the_handler() -> None:
    accused = Respondent("person", "内科", "ward-head")
    rows = {"rest": {"title": "交科室", "to": "ward", "handler": "ward-head", "cite": "二"}}
    play = registered(rows, filing={"respondent": accused})
    refused = play.refused("desk", cmd.Perform(work="assign", unit="内科", handler="ward-head"))
    assert refused.code == "conflict-of-interest"
    play.step("desk", "assign", unit="内科")
    assert play.the_case.handler == ""
    (turn,) = (each for each in turns(play.regime, play.the_case, play.world) if each.work == "handle")
    assert [each.person for each in turn.assignees] == ["top-head"]  # no substitute named, so the superior
    play.step("top-head", "handle")


def test_a_substitute_steps_in_for_this_wards_head_though_other_wards_have_heads() -> None:
    roles = {
        "units": {"desk": "办公室", "ward": {"title": "科室", "many": True}},
        "posts": {
            "ward-head": {"title": "科主任", "many": True, "of": "ward", "substitute": "deputy"},
            "deputy": "副职",
        },
    }
    steps = flow(handle={"by": "ward-head"})
    play = desk(roles=roles, flow=steps)
    play.assigned(respondent=Respondent("person", "内科", "ward-head"))
    assert play.refused("ward-head", cmd.Perform(work="handle")).code == "conflict-of-interest"
    play.step("deputy", "handle")


def test_adding_a_unit_is_no_new_assignment() -> None:
    play = desk().assigned()
    play.step("ward-head", "handle")
    play.do("desk", cmd.AddUnit(unit="外科"))
    assert (play.the_case.units, play.open, play.happened("assigned")) == (("内科", "外科"), {"reply"}, 1)


def test_reassigning_needs_a_reason_and_a_unit_that_plays_the_role() -> None:
    play = desk().assigned()
    assert play.refused("desk", cmd.Reassign(to="ward", unit="外科")).code == "missing-field"
    assert play.refused("desk", cmd.Reassign(to="ward", unit="天文台", text="对口")).code == "wrong-value"
    play.do("desk", cmd.Reassign(to="ward", unit="外科", text="对口"))
    play.step("孙主任", "handle")


def test_a_case_is_returned_to_the_desk_where_the_regime_does_not_say_to_whom() -> None:
    play = desk(flow=flow(assign={"after": "register"})).assigned()
    assert play.refused("ward-head", cmd.Return()).code == "missing-field"
    play.do("ward-head", cmd.Return(text="不属本科室"))
    assert (play.the_case.handling_role, play.open) == ("desk", {"assign"})
    assert play.refused("desk", cmd.Return(to="moon", text="不知")).code == "forbidden-here"


def test_the_default_may_not_be_returned_to_just_anybody() -> None:
    play = desk(acts={"return": {"by": "handler", "to": "desk", "at_most": 1, "cite": "九"}}).assigned()
    refused = play.refused("ward-head", cmd.Return(to="leader", text="不属本科室"))
    assert (refused.code, refused.cite) == ("forbidden-here", ("九",))
    play.do("ward-head", cmd.Return(text="不属本科室"))
    play.step("desk", "assign", unit="内科")
    assert play.refused("ward-head", cmd.Return(text="仍不属")).code == "no-more-rounds"


def test_units_that_joined_before_assignment_go_on_helping() -> None:
    play = desk()
    play.file()
    play.step("desk", "register")
    play.do("desk", cmd.AddUnit(unit="儿科"))
    play.do("desk", cmd.AddUnit(unit="外科"))
    play.step("desk", "assign", unit="外科")
    assert (play.the_case.handling_unit, play.the_case.also) == ("外科", ("儿科",))
    assert play.happened("co-assigned") == 2  # as they joined; assignment adds nobody


def test_who_decides_both_routes_only_what_is_taken_on() -> None:
    """One step that assesses and routes leaves alone what it refuses or only explains."""
    rows = {
        "small": {"title": "数额很小", "when": "given(matter.amount) && matter.amount < 10", "outcome": "refuse", "cite": "一"},
        "rest": {"title": "受理", "outcome": "accept", "cite": "一"},
    }
    both = {"register": {"decides": ["assessment", "routing"]}, "assign": None}
    for amount, routed in ((9, ""), (10, "rest")):
        play = registered(
            {"rest": {"title": "其他", "to": "ward", "handler": "ward-head", "cite": "二"}},
            assessment=rows,
            flow=flow(**both),
            filing={"matter": {"amount": amount}},
        )
        assert play.the_case.decided.get("routing", "") == routed
        assert bool(play.happened("assigned")) == bool(routed)
