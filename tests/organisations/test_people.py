"""The directory the case core asks, and people as actors."""

from datetime import date

import pytest
from django.utils import timezone

from huiyin.cases.people import Holding as HeldRole
from huiyin.organisations.models import Holding, Unit, UnitRole
from huiyin.organisations.services import actor_of, directory, people_of

REGIME = "service-complaints"


def test_units_play_the_unit_roles_of_a_regime(hospital):
    found = directory(hospital, REGIME)
    assert found.units_of("ward") == ("ward-east", "ward-west")
    assert found.units_of("complaint-office") == ("complaint-office",)
    assert directory(hospital, "another-regime").units_of("ward") == ()


def test_heads_parents_and_homes_are_known(hospital):
    found = directory(hospital, REGIME)
    assert found.heads_of("ward-east") == ("east-head",)
    assert found.heads_of("ward-west") == ()
    assert found.parent_of("ward-east") == "house"
    assert found.parent_of("house") is None
    assert found.unit_of("west-nurse") == "ward-west"
    assert found.unit_of("nobody") is None


def test_a_post_is_held_in_its_unit_only(hospital):
    found = directory(hospital, REGIME)
    assert found.holders_of("ward-head") == ("east-head",)
    assert found.holders_of("ward-head", "ward-east") == ("east-head",)
    assert found.holders_of("ward-head", "ward-west") == ()


def test_all_people_of_a_unit_hold_the_role_it_plays(hospital):
    found = directory(hospital, REGIME)
    assert found.holders_of("ward", "ward-west") == ("west-nurse",)
    assert set(found.holders_of("ward")) == {"east-head", "west-nurse"}


def test_a_post_without_unit_and_regime_counts_everywhere(hospital):
    assert directory(hospital, "another-regime").holders_of("director", "ward-west") == ("director",)


def test_an_actor_brings_all_his_roles(staff):
    actor = actor_of(staff("east-head"), REGIME)
    assert actor.kind == "staff"
    assert actor.holdings == {
        HeldRole("ward", "ward-east"), HeldRole("ward-head", "ward-east"), HeldRole("all-staff", "ward-east")
    }


def test_people_of_an_outside_unit_are_no_staff(staff):
    actor = actor_of(staff("shopkeeper"), REGIME)
    assert actor.kind == "outside"
    assert actor.holds("merchant")
    assert not actor.holds("all-staff")


@pytest.mark.parametrize(("since", "until", "holds"), [
    (date(2026, 3, 1), date(2026, 3, 31), True),
    (date(2026, 3, 16), None, True),      # the first day counts
    (None, date(2026, 3, 16), True),      # and so does the last
    (date(2026, 3, 17), None, False),
    (None, date(2026, 3, 15), False),
])
def test_a_post_is_held_from_a_day_to_a_day(hospital, staff, since, until, holds):
    hospital.rehearsal, hospital.rehearsal_clock = True, timezone.make_aware(timezone.datetime(2026, 3, 16, 10))
    hospital.save()
    Holding.objects.create(staff=staff("clerk"), regime=REGIME, role="duty-officer", since=since, until=until)
    assert ("clerk" in directory(hospital, REGIME).holders_of("duty-officer")) is holds


def test_somebody_who_left_holds_nothing_and_cannot_act(hospital, staff):
    gone = staff("east-head")
    gone.until = date(2020, 1, 1)
    gone.save()
    found = directory(hospital, REGIME)
    assert found.holders_of("ward-head") == ()
    assert found.heads_of("ward-east") == ()
    with pytest.raises(KeyError):
        actor_of(gone, REGIME)


def test_asking_again_costs_one_small_query(hospital, django_assert_num_queries):
    directory(hospital, REGIME)
    with django_assert_num_queries(1):
        directory(hospital, REGIME).holders_of("ward-head")


@pytest.mark.parametrize("change", ["post", "head", "unit role", "removal"])
def test_every_change_of_people_is_seen_at_once(hospital, staff, change):
    before = people_of(hospital)
    west = Unit.objects.get(key="ward-west")
    match change:
        case "post":
            Holding.objects.create(staff=staff("west-nurse"), regime=REGIME, role="ward-head", unit=west)
        case "head":
            west.heads.add(staff("west-nurse"))
        case "unit role":
            UnitRole.objects.create(unit=west, regime=REGIME, role="night-desk")
        case "removal":
            Holding.objects.get(role="ward-head").delete()
    assert people_of(hospital) is not before


def test_names_are_at_hand_for_screens(hospital):
    people = people_of(hospital)
    assert people.name_of("clerk") == "林晓禾"
    assert people.unit_title("ward-east") == "东病区"
    assert people.name_of("nobody") == "nobody"
