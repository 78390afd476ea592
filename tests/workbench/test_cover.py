"""代理与值班: colleagues act for each other for some days; the roster is the administrator's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from huiyin.organisations.models import Deputy, RosterTurn, Staff
from huiyin.organisations.services import now_of, people_of

COVER = reverse("desk-cover")


def send(client, name, **said):
    prefix = {"desk-deputise": "deputy", "desk-roster": "roster"}[name]
    return client.post(reverse(name), {f"{prefix}-{key}": value for key, value in said.items()})


@pytest.fixture
def today(hospital):
    return now_of(hospital).date()


def test_a_deputy_does_the_work_that_waits_for_the_colleague(desk_of, complaint, do, today):
    receipt = complaint()
    do("jiang-xubai", receipt, "receive", outcome="guided")
    stranger = desk_of("hao-dingbang")
    assert stranger.get(reverse("desk-case", args=[receipt.number])).status_code == 404
    send(desk_of("he-wanyin"), "desk-deputise", deputy="hao-dingbang", since=today, until=today, reason="出差")
    page = stranger.get(reverse("desk-case", args=[receipt.number]))
    assert page.status_code == 200
    done = do("hao-dingbang", receipt, "register", fields={"damage_dispute": False})
    assert done.events[0].by == "hao-dingbang"


def test_what_is_wrong_comes_back_beside_its_field_with_what_was_typed(desk_of, today):
    answer = send(desk_of("he-wanyin"), "desk-deputise", deputy="jiang-xubai", since=today, until=today - timedelta(days=1), reason="出差")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "结束日期早于开始日期。" in shown
    assert 'value="出差"' in shown
    assert not Deputy.objects.exists()


def test_nobody_hands_over_a_colleagues_work(desk_of, today):
    send(desk_of("jiang-xubai"), "desk-deputise", staff="he-wanyin", deputy="jiang-xubai", since=today, until=today, reason="代办")
    assert not Deputy.objects.filter(staff__person="he-wanyin").exists()  # the field is an administrator's


def test_it_ends_early_and_only_by_the_person_or_an_administrator(desk_of, today):
    send(desk_of("he-wanyin"), "desk-deputise", deputy="jiang-xubai", since=today, until=today + timedelta(days=5), reason="休假")
    there = reverse("desk-deputy-end", args=[Deputy.objects.get().pk])
    desk_of("jiang-xubai").post(there)
    assert Deputy.objects.exists()
    desk_of("he-wanyin").post(there)
    assert not Deputy.objects.exists()


def test_other_peoples_deputies_are_not_listed(desk_of, today):
    send(desk_of("he-wanyin"), "desk-deputise", deputy="jiang-xubai", since=today, until=today, reason="住院治疗")
    assert "住院治疗" in desk_of("jiang-xubai").get(COVER).content.decode()
    assert "住院治疗" not in desk_of("hao-dingbang").get(COVER).content.decode()


@pytest.fixture
def shifts(hospital, monkeypatch):
    """The hospital's regime with a post that is filled by roster."""
    from dataclasses import replace

    from huiyin.organisations.services import regimes_in_force
    from huiyin.workbench.views import cover

    (regime,) = regimes_in_force(hospital)
    roles = {**regime.roles, "fee-officer": replace(regime.roles["fee-officer"], roster=True)}
    monkeypatch.setattr(cover, "regimes_in_force", lambda _organisation: [replace(regime, roles=roles)])


def test_the_administrator_keeps_the_roster_and_whoever_is_on_it_holds_the_post(desk_of, hospital, shifts):
    administrator = Staff.objects.get(organisation=hospital, administrator=True)
    client, now = desk_of(administrator.person), now_of(hospital)
    local = now.astimezone(people_clock(hospital))
    said = {"role": "patient-relations/fee-officer", "staff": "hao-dingbang"}
    times = {"starts_at": f"{local:%Y-%m-%dT%H:%M}", "ends_at": f"{local + timedelta(hours=8):%Y-%m-%dT%H:%M}"}
    assert send(client, "desk-roster", **said, **times).status_code == 302
    directory = people_of(hospital).under("patient-relations")
    assert directory.holders_of("fee-officer") == ("hao-dingbang",)
    assert "正在值班" in client.get(COVER).content.decode()
    client.post(reverse("desk-roster-remove", args=[RosterTurn.objects.get().pk]))
    assert not RosterTurn.objects.exists()


def people_clock(hospital):
    from huiyin.application.world import world_of

    return world_of(hospital).calendar.zone


def test_others_see_the_roster_and_change_nothing(desk_of, hospital, shifts):
    client = desk_of("he-wanyin")
    assert "排入值班表" not in client.get(COVER).content.decode()
    times = {"starts_at": "2026-09-28T18:00", "ends_at": "2026-09-29T08:00"}
    answer = send(client, "desk-roster", role="patient-relations/fee-officer", staff="he-wanyin", **times)
    assert answer.status_code == 422
    assert not RosterTurn.objects.exists()


def test_the_page_is_nobodys_without_signing_in(client, db):
    assert client.get(COVER).status_code == 302


