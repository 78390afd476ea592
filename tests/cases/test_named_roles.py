"""Roles that a case names somebody to: work, limits and sight follow whoever is named now, and nobody else."""

from huiyin.cases import commands as cmd
from huiyin.cases.access import sight
from huiyin.cases.people import Assignee
from huiyin.cases.standing import assignees

from .desk import BASE, Desk, desk, flow

ROLES = {**BASE["roles"], "named": {"guardian": {"title": "看护专人", "field": "guardian"}}}
STEPS = flow(
    guard={"title": "落实专人", "by": "leader", "after": "flag-threat", "fields": {"guardian": {"title": "专人", "type": "person"}},
           "required": ["guardian"], "cite": "六"},
    release={"title": "解除看护", "by": "leader", "after": "guard", "cite": "六"},
)  # fmt: skip
ACTS = {
    "flag-threat": {"title": "扬言过激", "by": "desk", "cite": "六"},
    "watch-report": {"title": "报告看护情况", "by": "guardian", "cite": "六"},
}
LIMITS = {
    "watch": {"title": "报告看护情况", "from": "guard", "to": "release", "repeat": "1 day", "each": "watch-report", "within": "1 day",
              "by": "guardian", "cite": "六"}
}  # fmt: skip


def threatened() -> Desk:
    play = desk(roles=ROLES, flow=STEPS, acts=ACTS, limits=LIMITS).assigned()
    play.do("desk", cmd.Perform(work="flag-threat"))
    return play


def watchers(play: Desk) -> tuple[Assignee, ...]:
    return assignees(play.regime, play.the_case, ("guardian",), play.world)


def sees(play: Desk, who: str) -> bool:
    return sight(play.regime, play.the_case, play.world.actor(who), play.world).sees


def test_nobody_has_the_role_before_somebody_is_named() -> None:
    play = threatened()
    assert (watchers(play), sees(play, "ward-head@儿科")) == ((), False)
    assert play.refused("ward-head@儿科", cmd.Perform(work="watch-report")).code == "not-yours"


def test_whoever_is_named_has_it_and_a_new_name_takes_it_over() -> None:
    play = threatened()
    play.step("leader", "guard", fields={"guardian": "ward-head@儿科"})
    assert [each.person for each in watchers(play)] == ["ward-head@儿科"]
    play.do("ward-head@儿科", cmd.Perform(work="watch-report"))
    play.do("desk", cmd.Perform(work="flag-threat"))
    play.step("leader", "guard", fields={"guardian": "ward-head@外科"})
    assert [each.person for each in watchers(play)] == ["ward-head@外科"]
    assert (sees(play, "ward-head@外科"), sees(play, "ward-head@儿科")) == (True, False)
    assert sight(play.regime, play.the_case, play.world.actor("ward-head@外科"), play.world).personal
    assert play.refused("ward-head@儿科", cmd.Perform(work="watch-report")).code == "not-yours"


def test_a_repeated_limit_is_met_by_the_act_it_names_and_begins_again() -> None:
    play = threatened()
    play.step("leader", "guard", fields={"guardian": "ward-head@儿科"})
    first = next(item for item in play.the_case.running() if item.limit == "watch")
    play.do("desk", cmd.Record(kind_of_act="tell-progress", text="在办"))
    assert next(item for item in play.the_case.running() if item.limit == "watch").key == first.key
    play.do("ward-head@儿科", cmd.Perform(work="watch-report"))
    second = next(item for item in play.the_case.running() if item.limit == "watch")
    assert (play.the_case.obligations[first.key].status, second.key != first.key) == ("met", True)
    assert second.due is not None
    assert first.due is not None
    assert (second.due - first.due).days == 1
