"""A bank that files on a page of its own with the rehearsal, which also collects debts for banks."""

from datetime import date

import pytest
from django.db.models import QuerySet
from tests.portal.conftest import Visitor

from huiyin.application import sources
from huiyin.application.running import run
from huiyin.application.world import world_of
from huiyin.cases.commands import Perform
from huiyin.cases.people import Actor
from huiyin.organisations import demo
from huiyin.organisations.models import RegimeVersion, Staff
from huiyin.organisations.regimes import set_table
from huiyin.organisations.services import regimes_in_force
from huiyin.regime import packs
from huiyin.store.models import CaseRow

PACK, PLACE = "debt-collection", "debt-collection/bank"
BANK, OTHER = "江海银行", "山城银行"
ROUGH = {
    "do": "check",
    "kind": "complaint",
    "matter-account": "客户反映催收人员一天打十几个电话。",
    "matter-bank_number": "投2026-131",
    "matter-client_bank": BANK,
    "identity": "named",
    "name": "林晓雨",
    "phone": "138 0000 5521",
}
FORM = "/source/file/debt-collection/bank/"


@pytest.fixture
def agency(rehearsal):
    """The rehearsal, which also collects debts for banks."""
    demo.add_pack(PACK, packs()[PACK])
    QuerySet(RegimeVersion).update(effective_on=date(2026, 1, 1))
    set_table(rehearsal, PACK, "clients", {BANK: {}, OTHER: {}})
    return rehearsal


def administrator(organisation):
    return Staff.objects.filter(organisation=organisation).order_by("id").first()


def registered(organisation, name=BANK, until=None, **terms):
    """A source and its code."""
    regimes, terms = regimes_in_force(organisation), sources.Terms([PLACE], until, **terms)
    return sources.register(world_of(organisation), regimes, administrator(organisation), name, terms)


def entered(source, code):
    """A browser at the page of a source."""
    return Visitor().post(f"/source/{source.pk}/", code=code)


@pytest.fixture
def bank(agency):
    return entered(*registered(agency))


def number_of_filing(browser, **changes):
    """The number of a case that a source files."""
    browser.send(FORM, {**ROUGH, **changes})
    assert browser.status == 200, browser.wrong
    return browser.submit().answer.context["lines"][0].number


def row(number):
    return CaseRow.objects.get(number=number)


def handler(organisation):
    """Whoever handles complaints at the agency."""
    return Actor(world_of(organisation).directory(PACK).holders_of("complaint-handler")[0])


def perform(organisation, number, role, work, **given):
    """The first holder of a role does a step of the case."""
    who = Actor(world_of(organisation).directory(PACK).holders_of(role)[0])
    run(organisation, who, row(number).id, Perform(work=work, **given))
