"""The demo's rehearsal on Monday, 28 September 2026, nine o'clock: 国庆 is three days off."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.test import Client
from django.utils.html import strip_tags
from tests.portal import merchants
from tests.prepared import prepared

from huiyin.application.running import run
from huiyin.application.tracking import COMPLAINANT
from huiyin.application.working import work_once
from huiyin.cases.commands import Invite, Perform
from huiyin.cases.people import Actor
from huiyin.organisations import demo
from huiyin.organisations.models import Organisation, RegimeVersion
from huiyin.regime import packs
from huiyin.store.models import CaseRow

MONDAY = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
HOSPITAL, MALL, NETWORK, COMPANY = (
    "patient-relations", "platform-food-safety", "efficiency-network", "company-quality",
)  # fmt: skip
OTHERS = {"mall": MALL, "network": NETWORK, "company": COMPANY}
"""Fixture → the pack it adds to the hospital's."""

BILL = ("缴费单据.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
LIN = {
    "kind": "complaint",
    "matter-subject": "fee",
    "matter-account": "膝关节磁共振按单侧开单，扣费却是双侧的价格。",
    "points": "核对单侧还是双侧\n多收的退还",
    "identity": "named",
    "name": "林晓雨",
    "phone": "138 0000 5521",
}


@pytest.fixture
def changed_packs():
    """Pack → the file that stands for it; for classes of tests that change a rule."""
    return {}


@pytest.fixture
def rehearsal(db, request, changed_packs):
    """The rehearsal with the hospital's regime, and those of `mall`, `network` and `company` where a test names these."""
    wanted = [HOSPITAL, *(pack for name, pack in OTHERS.items() if name in request.fixturenames)]
    _, organisation = prepared({pack: changed_packs.get(pack, packs()[pack]) for pack in wanted})
    _in_force()
    set_clock(organisation, MONDAY)
    return organisation


def with_pack(pack):
    """The rehearsal with one pack more."""
    _, organisation = prepared({pack: packs()[pack]})
    _in_force()
    return organisation


def _in_force():
    QuerySet(RegimeVersion).update(effective_on=date(2026, 1, 1))


@pytest.fixture
def mall(rehearsal):
    return rehearsal


@pytest.fixture
def network(rehearsal):
    return rehearsal


@pytest.fixture
def company(rehearsal):
    return rehearsal


def set_clock(organisation, when):
    organisation.rehearsal_clock = when
    Organisation.objects.filter(pk=organisation.pk).update(rehearsal_clock=when)


@pytest.fixture
def at(rehearsal):
    """`at(when)` sets the rehearsal's clock and lets what falls due happen."""

    def set_and_work(when):
        set_clock(rehearsal, when)
        work_once()

    return set_and_work


class Visitor:
    """Somebody with a browser of their own, on the pages of the rehearsal."""

    def __init__(self):
        self.client = Client()
        self.base = f"/o/{demo.REHEARSAL_SLUG}"

    def get(self, path):
        self.answer = self.client.get(self.base + path)
        return self

    def post(self, path, **data):
        return self.send(path, data)

    def send(self, path, data):
        self.answer = self.client.post(self.base + path, data, follow=True)
        return self

    def fill(self, regime, do="check", files=(), **changes):
        """Send the filing form; `files` are (kind, name, content)."""
        data = {**LIN, "do": do, **changes}
        for kind, name, content in files:
            data.setdefault(f"file-{kind}", []).append(SimpleUploadedFile(name, content))
        return self.send(f"/file/{regime}/", data)

    def submit(self):
        """Press 确认提交 on the check page."""
        return self.send(self.answer.request["PATH_INFO"].removeprefix(self.base), {**self.hidden, "do": "submit"})

    @property
    def status(self):
        return self.answer.status_code

    @property
    def html(self):
        return self.answer.content.decode()

    @property
    def text(self):
        """What the page says, without markup; blanks run together."""
        body = self.html.partition("<main")[2]
        return re.sub(r"\s+", " ", strip_tags(re.sub(r"<(script|template).*?</\1>", "", body, flags=re.DOTALL)))

    @property
    def wrong(self):
        """The sentences beside fields that are wrong."""
        found = re.findall(r'<li class="wrong">.*?<span>(.*?)</span></li>', self.html, re.DOTALL)
        return [strip_tags(words).replace("&quot;", '"') for words in found]

    @property
    def hidden(self):
        """The hidden fields of the page's form, lists where a name comes more than once."""
        found = {}
        for tag in re.findall(r'<input type="hidden"[^>]*>', self.html):
            name, value = re.search(r'name="([^"]*)"', tag)[1], re.search(r'value="([^"]*)"', tag)
            found.setdefault(name, []).append(value[1] if value else "")
        return found

    def value(self, name):
        """What the control of that name holds."""
        field = self.answer.context["form"][name]
        return field.value()

    @property
    def receipt(self):
        number = re.search(r"data-number>([^<]+)<", self.html)[1]
        return Receipt(number, re.search(r"data-code>([^<]+)<", self.html)[1])


@dataclass(frozen=True)
class Receipt:
    number: str
    code: str

    @property
    def case_id(self):
        return CaseRow.objects.get(number=self.number).id


@pytest.fixture
def visitor(rehearsal):
    return Visitor()


@pytest.fixture
def another(rehearsal):
    return Visitor()


@pytest.fixture
def filed(visitor):
    """林晓雨 has filed with the hospital and looks at the receipt."""
    visitor.fill(HOSPITAL, files=[("bill", *BILL)]).submit()
    return visitor.receipt


@pytest.fixture
def do(rehearsal):
    """`do("he-wanyin", receipt, "register", fields=…)` takes a step of the case; a command may stand for the step."""

    def do_(person, receipt, work, **arguments):
        command = Perform(work=work, **arguments) if isinstance(work, str) else work
        who = COMPLAINANT if person == "complainant" else Actor(person)
        return run(rehearsal, who, receipt.case_id, command)

    return do_


@pytest.fixture
def answered(filed, do):
    """The hospital has looked into it and replied."""
    do("he-wanyin", filed, "register", fields={"damage_dispute": False})
    do("he-wanyin", filed, "assign", to="functional-department", unit="hospital-finance")
    for _point in range(2):
        do("ji-yunhe", filed, "investigate", outcome="founded", fields={"point_finding": "医嘱录入错误，内部编号甲一"})
    do("ji-yunhe", filed, "propose", fields={
        "facts_found": "单侧误录为双侧", "liability": "staff", "proposal": "退费", "overcharged": True, "refund_amount": 340,
    })  # fmt: skip
    do("ji-yunhe", filed, "refund", fields={"apologised": True, "refund_way": "same-way"})
    do("he-wanyin", filed, "reply", fields={"reply_text": "多收的 340 元已原路退回，向您道歉。", "reply_way": "online"})
    return filed

@pytest.fixture
def waiting(visitor, mall, do):
    """A complaint about a merchant that has been found to be its fault; the merchant is to answer."""
    page = visitor.send(f"/file/{MALL}/", {**merchants.MILK, "do": "check", **merchants.proof()})
    receipt = page.submit().receipt
    do("pei-xiaoran", receipt, "receive")
    do("luo-mingzhou", receipt, "assess")
    do("luo-mingzhou", receipt, "find-cause", outcome="merchant", fields={"cause_facts": "冷链断链"})
    do("luo-mingzhou", receipt, Invite(role="merchant", name="禾丰食品商行 客服"))
    return receipt


@pytest.fixture
def merchant(waiting):
    """The merchant's browser, with the code given."""
    browser = Visitor()
    browser.post(merchants.link(waiting), code=merchants.code(waiting))
    assert browser.status == 200
    return browser
