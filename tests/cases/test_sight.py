"""Who sees a case: those who have to do with it, and never the accused or those who stepped back."""

from huiyin.cases import commands as cmd
from huiyin.cases.access import Sight, sight
from huiyin.cases.people import Actor, Holding

from .desk import Desk, desk, flow

STAFF = {
    "钱护士": {"role": "ward", "unit": "内科"},
    "赵医生": {"role": "ward", "unit": "内科"},
    "周医生": {"role": "ward", "unit": "外科"},
}
SECRET = {"sealed": {"title": "举报人保密", "when": "case.kind == 'report'", "see": ["handler", "desk"], "cite": "九"}}
MASKED = {
    "masked": {"title": "不给科室看", "hide": ["complainant", "matter.amount"], "from": ["ward-head"], "cite": "九"}
}


def view(play: Desk, who: str) -> Sight:
    return sight(play.regime, play.the_case, play.world.actor(who), play.world)


def relations(play: Desk, *people: str) -> dict[str, str]:
    """Person → why the case is seen; empty where it is not."""
    return {who: view(play, who).reason if view(play, who).sees else "" for who in people}


def test_first_receiver_handler_desk_and_complainant_see_it_and_another_ward_does_not() -> None:
    play = desk(staff=STAFF).assigned()
    assert relations(play, "first-receiver", "ward-head", "desk", "complainant", "孙主任", "周医生") == {
        "first-receiver": "首接", "ward-head": "承办", "desk": "管理", "complainant": "投诉人本人", "孙主任": "", "周医生": "",
    }  # fmt: skip


def test_the_accused_does_not_see_it_though_of_the_handling_ward() -> None:
    play = desk(staff=STAFF).assigned()
    assert view(play, "钱护士").reason == "被投诉人不得查看针对本人的案件。"
    assert relations(play, "钱护士", "赵医生") == {"钱护士": "", "赵医生": "承办"}


def test_an_approver_sees_it_while_the_decision_waits_for_him() -> None:
    roles_without_standing = {"rest": {"title": "交科室", "to": "ward", "handler": "ward-head", "cite": "二"}}
    play = desk(staff=STAFF, routing=roles_without_standing, flow=flow(reply={"approval": "second"}),
                approvals={"second": {"stages": [{"by": "ward-head"}]}}).assigned(unit="外科")  # fmt: skip
    assert relations(play, "ward-head") == {"ward-head": "部门负责人"}  # head of the accused's ward
    play.step("孙主任", "handle")
    play.step("孙主任", "reply")
    assert relations(play, "ward-head") == {"ward-head": "审批"}


def test_a_supervisor_and_a_helping_unit_see_it() -> None:
    play = desk(staff=STAFF).assigned()
    play.do("desk", cmd.AddUnit(unit="外科"))
    play.do("desk", cmd.Supervise(text="请说明进展"))
    assert relations(play, "周医生", "desk") == {"周医生": "承办", "desk": "督办"}


def test_whoever_steps_back_sees_it_no_more() -> None:
    play = desk(staff=STAFF).assigned()
    play.do("赵医生", cmd.Recuse(text="与投诉人是亲属"))
    assert view(play, "赵医生").reason == "您已回避本案，不再查看。"


def test_a_sealed_report_is_seen_by_those_named_alone() -> None:
    play = desk(staff=STAFF, confidentiality=SECRET)
    play.file(kind="report")
    play.step("desk", "register")
    play.step("desk", "assign", unit="内科")
    assert relations(play, "desk", "ward-head", "赵医生", "first-receiver") == {
        "desk": "管理", "ward-head": "承办", "赵医生": "", "first-receiver": "首接",
    }  # fmt: skip


def test_fields_are_hidden_from_the_roles_named_and_from_nobody_else() -> None:
    play = desk(confidentiality=MASKED).assigned()
    assert view(play, "ward-head").hidden == {"complainant", "matter.amount"}
    assert (view(play, "ward-head").personal, view(play, "desk").hidden) == (False, frozenset())


def test_an_outside_party_sees_nothing_it_has_no_part_in() -> None:
    play = desk().assigned()
    outsider = Actor("某机关", frozenset({Holding("authority")}), kind="outside")
    assert not sight(play.regime, play.the_case, outsider, play.world).sees
