"""Deputies act for colleagues from day to day; whoever is on the roster holds the role from hour to hour."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from huiyin.cases.people import Holding as HeldRole
from huiyin.organisations.models import Deputy, Holding, Organisation, RosterTurn
from huiyin.organisations.services import actor_of, directory, people_of
from huiyin.organisations.standing_in import (
    StandInRefusedError,
    appoint_deputy,
    end_deputising,
    put_on_duty,
    take_off_duty,
)

REGIME = "service-complaints"
MONDAY = date(2026, 9, 28)
NINE = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
SHIFTS = SimpleNamespace(id=REGIME, roles={"duty-officer": SimpleNamespace(roster=True), "director": SimpleNamespace(roster=False)})


@pytest.fixture
def at(hospital):
    """`at(moment)`: the hospital is a rehearsal whose clock stands there."""

    def set_clock(moment):
        Organisation.objects.filter(pk=hospital.pk).update(rehearsal=True, rehearsal_clock=moment)
        return Organisation.objects.get(pk=hospital.pk)

    return set_clock


def test_a_deputy_holds_the_posts_and_heads_the_unit_and_the_colleague_keeps_them(staff, at):
    hospital = at(NINE)
    appoint_deputy(staff("east-head"), staff("west-nurse"), MONDAY, MONDAY, "外出学习", by=staff("east-head"), today=MONDAY)
    found = directory(hospital, REGIME)
    assert set(found.holders_of("ward-head", "ward-east")) == {"east-head", "west-nurse"}
    assert found.heads_of("ward-east") == ("east-head", "west-nurse")
    assert HeldRole("ward", "ward-east") in found.actor("west-nurse").holdings
    assert found.unit_of("west-nurse") == "ward-west"


def test_the_day_after_the_deputy_holds_nothing_any_more(staff, at):
    appoint_deputy(staff("east-head"), staff("west-nurse"), MONDAY, MONDAY, "外出学习", by=staff("east-head"), today=MONDAY)
    found = directory(at(NINE + timedelta(days=1)), REGIME)
    assert found.holders_of("ward-head") == ("east-head",)
    assert found.heads_of("ward-east") == ("east-head",)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"by": "clerk"}, "staff"),
        ({"deputy": "east-head"}, "deputy"),
        ({"deputy": "shopkeeper"}, "deputy"),
        ({"until": MONDAY - timedelta(days=1)}, "until"),
        ({"since": MONDAY - timedelta(days=9), "until": MONDAY - timedelta(days=2)}, "until"),
        ({"until": MONDAY + timedelta(days=400)}, "until"),
        ({"reason": "  "}, "reason"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_entry_to_mend(staff, changes, field):
    said = {"staff": "east-head", "deputy": "clerk", "since": MONDAY, "until": MONDAY, "reason": "休假", "by": "east-head", **changes}
    with pytest.raises(StandInRefusedError) as refused:
        appoint_deputy(
            staff(said["staff"]), staff(said["deputy"]), said["since"], said["until"], said["reason"],
            by=staff(said["by"]), today=MONDAY,
        )  # fmt: skip
    assert refused.value.field == field
    assert not Deputy.objects.exists()


def test_ending_early_leaves_the_days_that_were(staff, at):
    head = staff("east-head")
    row = appoint_deputy(head, staff("clerk"), MONDAY, MONDAY + timedelta(days=9), "休假", by=head, today=MONDAY)
    with pytest.raises(StandInRefusedError):
        end_deputising(row, by=staff("clerk"), today=MONDAY)
    end_deputising(row, by=head, today=MONDAY + timedelta(days=3))
    assert Deputy.objects.get().until == MONDAY + timedelta(days=2)
    later = appoint_deputy(head, staff("clerk"), date(2026, 12, 1), date(2026, 12, 2), "休假", by=head, today=MONDAY)
    end_deputising(later, by=head, today=MONDAY)
    assert Deputy.objects.count() == 1


@pytest.fixture
def administrator(staff):
    director = staff("director")
    director.administrator = True
    director.save()
    return director


def test_whoever_is_on_duty_holds_the_role_alone_and_it_passes_on_by_the_hour(staff, at, administrator):
    for person in ("clerk", "west-nurse"):
        Holding.objects.create(staff=staff(person), regime=REGIME, role="duty-officer")
    put_on_duty(staff("clerk"), SHIFTS, "duty-officer", NINE, NINE + timedelta(hours=12), by=administrator)
    put_on_duty(staff("director"), SHIFTS, "duty-officer", NINE + timedelta(hours=12), NINE + timedelta(hours=24), by=administrator)
    hospital = at(NINE)
    assert directory(hospital, REGIME).holders_of("duty-officer") == ("clerk",)
    assert not actor_of(staff("west-nurse"), REGIME).holds("duty-officer")
    assert people_of(hospital).until == NINE + timedelta(hours=12)
    hospital = at(NINE + timedelta(hours=12))
    assert directory(hospital, REGIME).holders_of("duty-officer") == ("director",)


def test_a_gap_in_the_roster_leaves_the_role_to_everybody_who_has_the_post(staff, at, administrator):
    for person in ("clerk", "west-nurse"):
        Holding.objects.create(staff=staff(person), regime=REGIME, role="duty-officer")
    put_on_duty(staff("clerk"), SHIFTS, "duty-officer", NINE, NINE + timedelta(hours=1), by=administrator)
    assert set(directory(at(NINE + timedelta(hours=2)), REGIME).holders_of("duty-officer")) == {"clerk", "west-nurse"}


def test_a_roster_of_one_regime_says_nothing_about_another(staff, at, administrator):
    put_on_duty(staff("clerk"), SHIFTS, "duty-officer", NINE, NINE + timedelta(hours=1), by=administrator)
    assert directory(at(NINE), "another-regime").holders_of("duty-officer") == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"by": "clerk"}, "staff"),
        ({"role": "director"}, "role"),
        ({"role": "nobody"}, "role"),
        ({"person": "shopkeeper"}, "staff"),
        ({"hours": 0}, "ends_at"),
        ({"hours": 200}, "ends_at"),
    ],
)
def test_a_turn_that_makes_no_sense_is_refused(staff, administrator, changes, field):
    said = {"person": "clerk", "role": "duty-officer", "hours": 8, "by": "director", **changes}
    with pytest.raises(StandInRefusedError) as refused:
        put_on_duty(
            staff(said["person"]), SHIFTS, said["role"], NINE, NINE + timedelta(hours=said["hours"]), by=staff(said["by"])
        )
    assert refused.value.field == field
    assert not RosterTurn.objects.exists()


def test_nobody_is_on_duty_twice_at_a_time_and_a_turn_can_be_taken_off(staff, administrator):
    turn = put_on_duty(staff("clerk"), SHIFTS, "duty-officer", NINE, NINE + timedelta(hours=8), by=administrator)
    with pytest.raises(StandInRefusedError, match="已经排了班"):
        put_on_duty(staff("clerk"), SHIFTS, "duty-officer", NINE + timedelta(hours=7), NINE + timedelta(hours=9), by=administrator)
    take_off_duty(turn, by=administrator)
    assert not RosterTurn.objects.exists()
