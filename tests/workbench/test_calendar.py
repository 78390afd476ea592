"""日历: what is owed by day, week and month, and the feed for calendar programs."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from tests.workbench.rehearsal import set_clock

from huiyin.application.standing import open_due
from huiyin.organisations.models import RosterTurn, Staff


@pytest.fixture
def secret(desk_of):
    """The secret of 夏芷柔's feed, as the page shows it once."""

    def secret_(client=None):
        page = (client or desk_of("xia-zhirou")).post("/desk/calendar/feed/", {"do": "new"}, follow=True).content.decode()
        return page.split("/desk/feed/")[1].split(".ics")[0]

    return secret_


def feed(secret):
    """The feed read without signing in."""
    return Client(HTTP_HOST="127.0.0.1").get(f"/desk/feed/{secret}.ics")


def test_the_month_shows_what_is_owed_on_its_day_and_holidays(assigned, desk_of):
    receipt = assigned()
    page = desk_of("xia-zhirou").get("/desk/calendar/?date=2026-10-01").content.decode()
    assert receipt.number in page
    assert "休 国庆节" in page
    assert "班 " in page        # 10 October is worked


@pytest.mark.parametrize("view", ["day", "week", "month"])
def test_every_view_opens_on_any_date(assigned, desk_of, view):
    assigned()
    for date in ("2026-09-28", "2027-02-28", "nonsense", "9999-12-31", ""):
        assert desk_of("xia-zhirou").get("/desk/calendar/", {"view": view, "date": date}).status_code == 200


def test_others_do_not_see_it_as_theirs(assigned, desk_of):
    receipt = assigned()
    for scope in ("mine", "unit"):
        page = desk_of("hao-dingbang").get("/desk/calendar/", {"date": "2026-10-01", "scope": scope})
        assert receipt.number not in page.content.decode()


def test_duties_to_come_stand_on_their_day(hospital, desk_of):
    open_due(hospital)
    page = desk_of("he-wanyin").get("/desk/calendar/?view=month&date=2026-11-01").content.decode()
    assert "月度分析" in page


def test_a_turn_on_the_roster_stands_on_its_day(hospital, desk_of):
    RosterTurn.objects.create(
        staff=Staff.objects.get(organisation=hospital, person="xia-zhirou"), regime="patient-relations", role="duty-officer",
        starts_at=datetime(2026, 10, 1, 10, tzinfo=UTC), ends_at=datetime(2026, 10, 2, 0, tzinfo=UTC),
    )  # fmt: skip
    page = desk_of("xia-zhirou").get("/desk/calendar/?view=day&date=2026-10-01").content.decode()
    assert "18:00–8:00" in page


def test_the_page_costs_the_same_however_much_is_owed(assigned, desk_of):
    client = desk_of("xia-zhirou")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/desk/calendar/?date=2026-10-01")
        return len(captured)

    assigned()
    queries()
    few = queries()
    for number in range(4):
        assigned(words=f"第{number}次换药等了很久")
    assert queries() <= few + 1


def test_the_feed_has_numbers_and_times_but_nothing_of_the_matter(assigned, secret):
    receipt = assigned()
    answer = feed(secret())
    assert answer["Content-Type"].startswith("text/calendar")
    events = [event for event in Calendar.from_ical(answer.content).walk("VEVENT") if receipt.number in event["summary"]]
    assert events
    text = answer.content.decode()
    assert "换药" not in text
    assert "林" not in text


def test_an_entry_keeps_its_identity_from_reading_to_reading(hospital, assigned, secret):
    assigned()
    address = secret()
    first = {event["uid"] for event in Calendar.from_ical(feed(address).content).walk("VEVENT")}
    set_clock(hospital, datetime(2026, 9, 28, 5, tzinfo=UTC))
    assert {event["uid"] for event in Calendar.from_ical(feed(address).content).walk("VEVENT")} >= first


def test_a_new_address_voids_the_one_before(secret):
    before = secret()
    after = secret()
    assert feed(before).status_code == 404
    assert feed(after).status_code == 200


def test_a_revoked_address_and_a_guess_lead_nowhere(secret, desk_of):
    address = secret()
    desk_of("xia-zhirou").post("/desk/calendar/feed/", {"do": "end"})
    for guess in (address, "x" * 43, "%00", "。"):
        assert feed(guess).status_code == 404


def test_the_address_of_somebody_who_left_is_void(hospital, secret):
    from huiyin.organisations.services import people_changed

    address = secret()
    Staff.objects.filter(organisation=hospital, person="xia-zhirou").update(until=datetime(2026, 9, 1, tzinfo=UTC).date())
    people_changed(hospital.pk)
    assert feed(address).status_code == 404


def test_the_database_does_not_hold_the_secret(secret):
    address = secret()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_calendarfeed")
        assert address not in repr(cursor.fetchall())
