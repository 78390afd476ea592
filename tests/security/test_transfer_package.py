"""Who may fetch the package of a transfer: the body it went to, and those of ours who may have all that it carries."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.workbench.rehearsal import MONDAY, account
from tests.workbench.transferred import OFFICE, passed_on

from huiyin.application.transfers import may_fetch_package
from huiyin.cases.commands import ReturnTransfer, Uninvite
from huiyin.cases.inviting import outside_actor
from huiyin.cases.people import Actor
from huiyin.documents.package import _plain
from huiyin.store.errors import UnknownCase
from huiyin.store.models import AccessRow

OTHERS = ("dai-lizhi", "nie-yuanhang", "hang-siyuan", "fei-lingyun")


@pytest.fixture
def report(db):
    return passed_on().sent()


def fetch(person, report):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account(person))
    return client.get(reverse("desk-transfer-package", args=[report.number])).status_code


def test_nobody_without_a_sign_in_gets_it(report):
    assert Client(HTTP_HOST="127.0.0.1").get(reverse("desk-transfer-package", args=[report.number])).status_code == 302


@pytest.mark.parametrize("person", OTHERS)
def test_staff_of_other_sections_get_nothing_and_nothing_is_logged(person, report):
    assert fetch(person, report) == 404
    assert AccessRow.objects.count() == 0


def test_the_body_has_it_until_its_link_ends(report):
    key = report.opened().case.transfer.invitation
    who = Actor(f"outside:{key}", kind="outside")
    assert may_fetch_package(report.opened(who))
    report.do(OFFICE, Uninvite(invitation=key))
    with pytest.raises(UnknownCase):
        report.opened(who)


def test_after_a_return_the_body_has_it_no_more(report):
    key = report.opened().case.transfer.invitation
    report.do(OFFICE, ReturnTransfer(text="经营地在青屿区"))
    assert outside_actor(report.opened().case, key, MONDAY) is None
    assert may_fetch_package(report.opened(OFFICE))  # what went out stays on file


def test_the_complainant_has_no_package(report):
    assert not may_fetch_package(report.opened(Actor("complainant", kind="complainant")))


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\x.exe", "a/b\x00c.png", "CON.txt ", "/abs.pdf"])
def test_no_file_of_a_package_leaves_the_folder_it_is_unpacked_in(name):
    plain = _plain(name)
    assert Path(plain).name == plain
    assert not plain.startswith(".")
    assert all(letter.isprintable() for letter in plain)
