"""One hospital under a small regime, and the people who act in the stories."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.prepared import made_once

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.cases.commands import File, Perform
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.models import Holding, Organisation, Staff, Unit, UnitRole
from huiyin.organisations.services import publish_regime
from huiyin.store.personal.data import PersonalData

REGIMES = Path(__file__).parent / "regimes"
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)     # 09:00 in Shanghai

LIN = PersonalData(name="林晓雨", phone="138 0000 5521", address="青屿市明珠区海棠路12号")
NURSE_WANG = Respondent(kind="person", unit="ward-east", person="wang")


@pytest.fixture
def hospital(db):
    """A rehearsal, so that its clock stands still at nine on a Monday unless a story moves it."""
    return hospital_with_people()


def hospital_with_people():
    """The hospital, its units, its people and its regime, written to the database."""
    made_once("hospital", _make)
    return Organisation.objects.get(slug="qingyu")


def _make():
    organisation = Organisation.objects.create(
        slug="qingyu", title="青屿医院", rehearsal=True, rehearsal_clock=MONDAY
    )
    house = Unit.objects.create(organisation=organisation, key="house", title="青屿医院")
    units = {
        key: Unit.objects.create(organisation=organisation, key=key, title=title, parent=house)
        for key, title in (("office", "投诉办公室"), ("ward-east", "东病区"), ("ward-west", "西病区"))
    }
    for key, role in (("office", "complaint-office"), ("ward-east", "ward"), ("ward-west", "ward")):
        UnitRole.objects.create(unit=units[key], regime="service", role=role)
    staff = {
        person: Staff.objects.create(organisation=organisation, person=person, name=name, unit=units.get(unit, house))
        for person, name, unit in (
            ("mei", "梅若溪", "office"),
            ("gu", "顾南乔", "ward-east"),
            ("wang", "王澜", "ward-east"),
            ("shen", "沈知夏", "ward-west"),
            ("yan", "严知远", "house"),
        )
    }
    units["ward-east"].heads.add(staff["gu"])
    units["ward-west"].heads.add(staff["shen"])
    Holding.objects.create(staff=staff["gu"], regime="service", role="ward-head", unit=units["ward-east"])
    Holding.objects.create(staff=staff["shen"], regime="service", role="ward-head", unit=units["ward-west"])
    Holding.objects.create(staff=staff["yan"], regime="service", role="director")
    publish_regime(organisation, REGIMES / "service.yaml")


@pytest.fixture
def at(hospital):
    """`at(when)` sets the hospital's clock."""

    def set_clock(when):
        hospital.rehearsal_clock = when
        Organisation.objects.filter(pk=hospital.pk).update(rehearsal_clock=when)

    return set_clock


MEI, GU, WANG, SHEN, YAN = (Actor(person) for person in ("mei", "gu", "wang", "shen", "yan"))


def make_command(account="护士态度差", *, kind="complaint", subject="attitude", respondent=NURSE_WANG, **matter):
    """A filing by telephone."""
    matter = {"account": account, "subject": subject, **matter}
    return File(kind=kind, channel="phone", matter=matter, respondent=respondent)


@pytest.fixture
def command():
    """`command("护士态度差", …)` is a filing, not given yet."""
    return make_command


@pytest.fixture
def file(hospital):
    """`file("护士态度差", …)` files a complaint taken by 梅若溪 of the complaint office and gives the receipt."""

    def file_(account="护士态度差", *, who=MEI, personal=LIN, key="", uploads=(), **parts):
        filing = make_command(account, **parts)
        return file_case(hospital, "service", who, filing, personal=personal, key=key, uploads=uploads)

    return file_


@pytest.fixture
def do(hospital):
    """`do(MEI, receipt, "register")` performs a step; a command may stand in place of the step."""

    def do_(who, receipt, work, *, key="", based_on=None, uploads=(), **arguments):
        command = work if not isinstance(work, str) else Perform(work=work, **arguments)
        return run(hospital, who, receipt.case_id, command, key=key, based_on=based_on, uploads=uploads)

    return do_


@pytest.fixture
def assigned(file, do):
    """`assigned("…")` is the receipt of a case that 顾南乔, head of the eastern ward, handles."""

    def assigned_(*arguments, **options):
        receipt = file(*arguments, **options)
        do(MEI, receipt, "register")
        do(MEI, receipt, "assign")
        return receipt

    return assigned_
