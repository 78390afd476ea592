"""Who owes an affair, for whom it is done, which rows are drawn, and what a case calls for."""

from dataclasses import replace
from datetime import datetime

import pytest
from tests.cases.desk import desk

from huiyin.cases.people import Respondent
from huiyin.regime.model import Duty, Watch
from huiyin.standing.opening import Owner, called_for, drawn, members_of, owner_of, responsible
from huiyin.standing.watching import Judgement, Window, alarm

NOON = datetime.fromisoformat("2026-03-02T12:00:00+08:00")
CORRECTIVE = {"mend": {"title": "整改", "after": "handle", "owner": "ward", "verified_by": "desk", "cite": "七"}}
DUTIES = {"tidy": {"title": "整理", "after": "handle", "by": "desk", "per": "ward", "within": "2 days", "cite": "六"}}


@pytest.fixture
def play():
    """A case about a nurse of 内科, handled by the ward."""
    return desk(corrective=CORRECTIVE, duties=DUTIES).assigned()


@pytest.mark.parametrize(
    ("roles", "owner"),
    [
        (("ward",), Owner("ward", "内科", "ward")),
        (("ward-head",), Owner("ward", "内科", "ward-head")),
        (("desk",), Owner("desk", "desk", "desk")),
        (("leader",), Owner(handler_role="leader")),
        (("handling-unit",), Owner("ward", "内科", "ward")),
        (("respondent-unit",), Owner("", "内科", "respondent-unit")),
        (("respondent",), Owner("", "内科", "", "钱护士")),
        (("respondent-head",), Owner("", "内科", "respondent-head", "ward-head")),
        (("complainant",), Owner()),
    ],
)
def test_the_owner_of_a_correction_is_told_by_the_case(play, roles, owner):
    assert owner_of(play.regime, roles, play.the_case, play.world) == owner


def test_the_first_of_several_owners_that_the_case_tells_owns_it(play):
    nobody = replace(play.the_case, respondent=Respondent(), handling_unit="", handling_role="", also=())
    assert owner_of(play.regime, ("ward", "desk"), nobody, play.world) == Owner("desk", "desk", "desk")
    assert owner_of(play.regime, ("ward",), nobody, play.world) == Owner()


def test_what_a_case_calls_for_is_keyed_by_how_often_it_happened(play):
    before = len(play.events)
    play.step("ward-head", "handle")
    opened = list(called_for(play.regime, play.the_case, play.events[before:], play.world, {}))
    assert [(each.affair, each.command.occasion.key) for each in opened] == [
        ("mend", "story/1|内科"),
        ("tidy", "story/1|内科"),
    ]
    correction, duty = (each.command for each in opened)
    assert (correction.origin, correction.unit, correction.handler_role) == ("story", "内科", "ward")
    assert (duty.respondent.unit, duty.handler_role, duty.occasion.event) == ("内科", "desk", "tidy.opened")


def test_a_duty_is_done_for_every_unit_of_a_role_every_holder_of_a_post_or_once(play):
    regime, world = play.regime, play.world
    assert members_of(regime, Duty(id="d", title="d", per="ward"), world) == ("内科", "外科", "儿科")
    assert members_of(regime, Duty(id="d", title="d", per="ward-head"), world) == ("内科", "外科", "儿科")
    assert members_of(regime, Duty(id="d", title="d"), world) == ("",)
    assert members_of(regime, Duty(id="d", title="d", per="location"), world) == ("",)


def test_a_unit_that_owes_a_duty_owes_its_own(play):
    assert responsible(play.regime, ("ward-head",), "外科", play.world) == Owner("ward", "外科", "ward-head")
    assert responsible(play.regime, ("desk",), "外科", play.world) == Owner("desk", "desk", "desk")
    assert responsible(play.regime, (), "", play.world) == Owner()


def test_the_rows_that_are_drawn_depend_on_row_and_time_alone():
    rows = {"residents": {f"{number}室": {} for number in range(1, 401)}}
    duty = Duty(id="survey", title="调查", of="residents", share=20)
    first = drawn(rows, duty, "2026-Q1")
    assert 40 <= len(first) <= 120
    assert first == drawn(rows, duty, "2026-Q1")
    assert first != drawn(rows, duty, "2026-Q2")
    assert len(drawn(rows, replace(duty, share=100), "2026-Q1")) == 400
    assert drawn(rows, replace(duty, of=None), "2026-Q1") == ()


@pytest.mark.parametrize(
    ("per", "group", "respondent"),
    [
        ("person", "ward-head", Respondent("person", "内科", "ward-head")),
        ("ward", "外科", Respondent("unit", "外科")),
        ("respondent", "甲商家", Respondent("outside", name="甲商家")),
        ("category", "fee", Respondent()),
    ],
)
def test_an_alarm_is_about_whom_it_counts_so_that_nobody_deals_with_his_own(play, per, group, respondent):
    watch = Watch(id="often", title="多发", per=(per,), over="30 days", cite=("七",), at_least=2.0, tell=("desk",))
    found = Judgement(True, True, 2.0, ("a", "b"), Window(NOON, NOON))
    opened = alarm(watch, play.regime, group, found, NOON, play.world)
    assert opened.command.respondent == respondent
    assert (opened.command.handler_role, opened.command.occasion.group) == ("desk", group)
    assert opened.command.category == (group if per == "category" else "")
