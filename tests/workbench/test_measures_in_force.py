"""A measure that stands for a time: seen by whom it concerns, by the keeper of the ledgers, and by whoever decides next."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.workbench.rehearsal import account, rehearsal_of, variant_of

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.application.upkeep import rebuild, verify
from huiyin.application.world import world_of
from huiyin.cases.commands import Approve, File, ObjectTo, Perform, StateView
from huiyin.cases.people import Actor, Respondent
from huiyin.cases.refusals import Refused
from huiyin.store.history import CaseHistory
from huiyin.store.models import SanctionRow

PACK = "property-staff-service-variant"
MANAGER, GUARD, DESK = Actor("hao-dingbang"), Actor("niu-baoguo"), Actor("wen-jiahe")


@pytest.fixture
def house(db, tmp_path):
    """The guard 牛保谷 may not be nominated for a year, by decision of 郝定邦; while that stands, no second such decision."""
    parts = {"accountability": {
        "measures": {"disposition": {"title": "一年不评优", "stands": "1 year", "not_under": "disposition"}},
        "rules": {"unpunished": {"objection": {"within": "5 workdays", "approval": "hr-manager"}}},
    }}  # fmt: skip
    organisation = rehearsal_of("property-staff-service", variant=variant_of("property-staff-service", tmp_path, **parts))
    return organisation, decided(organisation)


def proposed(organisation):
    """A complaint about the guard, of which a decision about him is proposed and he has spoken."""
    command = File(
        kind="complaint",
        channel="web",
        matter={"subject": "attitude", "account": "门岗不理人"},
        respondent=Respondent(kind="person", unit="property-order", person="niu-baoguo"),
    )
    receipt = file_case(organisation, PACK, DESK, command)
    fields = {"submit_about": "unpunished", "submit_note": "部门经理三天未作决定", "unpunished_person": "niu-baoguo"}
    done = run(organisation, DESK, receipt.case_id, Perform(work="submit", fields=fields))
    key = next(iter(done.case.approvals))
    run(organisation, GUARD, receipt.case_id, StateView(text="当时在处理火警", key=key))
    return receipt, Approve(key=key, measures={"fine": 200, "score": -5})


def decided(organisation):
    receipt, approval = proposed(organisation)
    run(organisation, MANAGER, receipt.case_id, approval)
    return receipt


def page(person, name):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account(person))
    return client.get(reverse(name)).content.decode()


def standing(organisation, person="niu-baoguo"):
    world = world_of(organisation)
    return CaseHistory(organisation.pk, world.in_force(PACK), world.now, world.calendar.zone).standing(person)


def test_the_person_reads_until_when_it_stands(house):
    shown = page("niu-baoguo", "desk-about-me")
    assert re.search(r"效力：一年不评优.*?有效至\d{4}年\d+月\d+日", shown, re.DOTALL)


def test_who_keeps_the_books_sees_all_that_stand_and_others_only_their_own(house):
    assert "现行处理" in page("hao-dingbang", "desk-ledgers")
    assert "一年不评优" in page("niu-baoguo", "desk-ledgers")
    assert "现行处理" not in page("che-qiaoyan", "desk-ledgers")


def test_it_stands_in_the_history_that_rules_ask_and_nowhere_else(house):
    organisation, _receipt = house
    (until,) = standing(organisation).values()
    assert timedelta(days=364) < until - world_of(organisation).now < timedelta(days=368)
    assert standing(organisation, "wen-jiahe") == {}


def test_what_it_bars_is_refused_and_who_decides_sees_why_beforehand(house):
    organisation, _receipt = house
    receipt, approval = proposed(organisation)
    with pytest.raises(Refused, match=r"“一年不评优”有效至.*不能再定“一年不评优”"):
        run(organisation, MANAGER, receipt.case_id, approval)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account("hao-dingbang"))
    assert "不能再定“一年不评优”" in client.get(reverse("desk-case", args=[receipt.number])).content.decode()


def test_it_ends_with_an_objection_that_is_upheld_and_the_projection_follows(house):
    organisation, receipt = house
    number = SanctionRow.objects.get(withdraws=0).sequence
    done = run(organisation, GUARD, receipt.case_id, ObjectTo(text="监控不是我", sanction=number))
    objection = next(each.key for each in done.case.approvals.values() if each.kind == "objection")
    run(organisation, DESK, receipt.case_id, Approve(key=objection, text="确非本人"))
    assert standing(organisation) == {}
    assert verify(organisation) == []
    rebuild(organisation)
    assert verify(organisation) == []
    assert SanctionRow.objects.filter(stands_until__isnull=False).count() == 1
