"""The ledgers: what was booked, and taking an entry back with a reason."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.workbench.rehearsal import account, rehearsal_of, variant_of

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.application.story_words import Words
from huiyin.application.upkeep import rebuild, verify
from huiyin.application.world import world_of
from huiyin.cases.commands import Approve, File, Perform, StateView
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.services import regimes_in_force
from huiyin.regime.model import FieldType, Question
from huiyin.store.models import BookingRow, CaseRow


@pytest.fixture
def property_house(db):
    """The guard 牛保谷 lost five points and pays two hundred, by decision of 郝定邦."""
    return fined(rehearsal_of("property-staff-service"))


def fined(organisation):
    """The guard spoke, and 郝定邦 decided."""
    command = File(
        kind="complaint",
        channel="web",
        matter={"subject": "attitude", "account": "门岗不理人"},
        respondent=Respondent(kind="person", unit="property-order", person="niu-baoguo"),
    )
    (regime,) = regimes_in_force(organisation)
    receipt = file_case(organisation, regime.id, Actor("wen-jiahe"), command)
    fields = {"submit_about": "unpunished", "submit_note": "部门经理三天未作决定", "unpunished_person": "niu-baoguo"}
    done = run(organisation, Actor("wen-jiahe"), receipt.case_id, Perform(work="submit", fields=fields))
    pending = next(iter(done.case.approvals))
    run(organisation, Actor("niu-baoguo"), receipt.case_id, StateView(text="当时在处理火警", key=pending))
    run(organisation, Actor("hao-dingbang"), receipt.case_id, Approve(key=pending, measures={"fine": 200, "score": -5}))
    return organisation


def desk(person):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account(person))
    return client


def ledgers(client):
    return client.get(reverse("desk-ledgers")).content.decode()


def way_to_take_back(client, ledger):
    """Where the button beside the entry of this ledger leads."""
    number = BookingRow.objects.get(ledger=ledger, reverses=0).sequence
    return re.search(rf'href="([^"]*reverse-booking\.{number}/)\?back=ledgers"', ledgers(client))[1]


def test_an_entry_is_taken_back_and_the_balance_follows(property_house):
    manager = desk("hao-dingbang")
    assert "95分" in ledgers(manager)
    there = way_to_take_back(manager, "monthly-score")
    assert "原来的一笔不改" in manager.get(there).content.decode()
    answer = manager.post(there, {"text": "监控显示并非本人当班", "back": "ledgers"})
    assert (answer.status_code, answer.url) == (302, reverse("desk-ledgers"))
    shown = ledgers(manager)
    assert "100分" in shown
    assert "+5分" in shown
    assert "冲销：监控显示并非本人当班" in shown
    assert "已冲销" in shown


def test_without_a_reason_nothing_is_taken_back(property_house):
    manager = desk("hao-dingbang")
    answer = manager.post(way_to_take_back(manager, "fines"), {"text": ""})
    assert (answer.status_code, "请写明理由" in answer.content.decode()) == (422, True)
    assert BookingRow.objects.filter(reverses__gt=0).count() == 0


def test_an_entry_taken_back_offers_no_button_and_its_address_does_nothing(property_house):
    manager = desk("hao-dingbang")
    there = way_to_take_back(manager, "fines")
    manager.post(there, {"text": "金额记错"})
    assert there not in ledgers(manager)
    assert "这一步现在不能办" in manager.post(there, {"text": "再冲一次"}, follow=True).content.decode()
    assert BookingRow.objects.filter(ledger="fines").count() == 2


def test_whoever_the_entry_is_about_sees_it_without_a_button_and_finds_no_way(property_house):
    accused = desk("niu-baoguo")
    there = way_to_take_back(desk("hao-dingbang"), "fines")
    assert "reverse-booking" not in ledgers(accused)
    assert accused.post(there, {"text": "不服"}).status_code == 404
    assert BookingRow.objects.filter(reverses__gt=0).count() == 0


def test_the_projection_can_be_verified_and_made_anew(property_house):
    manager = desk("hao-dingbang")
    manager.post(way_to_take_back(manager, "monthly-score"), {"text": "并非本人当班"})
    before = list(BookingRow.objects.order_by("sequence").values())
    assert verify(property_house) == []
    rebuild(property_house)
    assert list(BookingRow.objects.order_by("sequence").values()) == before


def test_the_story_of_the_case_names_units_and_people_not_their_ids(db):
    organisation = rehearsal_of("efficiency-network")
    words = Words(regimes_in_force(organisation)[0], None, world_of(organisation))
    assert [words.party(each) for each in ("housing-bureau", "ma-lichuan")] == ["市住房建设局", "马砺川"]


def test_the_story_says_the_point_of_a_scale_with_its_word_and_a_choice_by_its_words(property_house):
    words = Words(regimes_in_force(property_house)[0], None, world_of(property_house))
    assert words.answer(3.0, Question("result", "满意吗")) == "3分，一般"
    assert words.answer("no", Question("again", "还会再来吗", FieldType.CHOICE, {"yes": "会", "no": "不会"})) == "不会"
    assert words.answer(True, Question("told", "告知了吗", FieldType.YES_NO)) == "是"


# -- who keeps the ledger, and does not see the case --------------------------------------------------------------------


@pytest.fixture
def fines_of_a_shop(db, tmp_path):
    """The guard was fined two hundred; a department that sees nothing of the case keeps the book of fines."""
    ledger = {"accountability": {"ledgers": {"fines": {"kept_by": "department"}}}}
    return fined(rehearsal_of("property-staff-service", variant=variant_of("property-staff-service", tmp_path, **ledger)))


def alone(ledger):
    """The page on which an entry is taken back by itself."""
    row = BookingRow.objects.get(ledger=ledger, reverses=0)
    return reverse("desk-ledger-reverse", args=[row.case_id, row.sequence])


def test_the_keeper_takes_it_back_and_sees_the_entry_alone(fines_of_a_shop):
    keeper, there = desk("liang-yutong"), alone("fines")
    assert there in ledgers(keeper)
    shown = keeper.get(there).content.decode()
    number = CaseRow.objects.get(kind="complaint").number
    assert "+200元" in shown
    assert "门岗不理人" not in shown
    assert number not in shown
    assert number not in ledgers(keeper)
    assert keeper.get(reverse("desk-case", args=[number])).status_code == 404
    assert keeper.post(there, {"text": ""}).status_code == 422
    assert keeper.post(there, {"text": "金额记错"}).status_code == 302
    assert sum(BookingRow.objects.filter(ledger="fines").values_list("amount", flat=True)) == 0
    assert keeper.get(there).status_code == 404


def test_nobody_else_reaches_the_page_of_an_entry(fines_of_a_shop):
    """Neither whom it is about, nor who keeps another ledger."""
    assert desk("niu-baoguo").get(alone("fines")).status_code == 404
    assert desk("liang-yutong").get(alone("monthly-score")).status_code == 404
