"""The organisation of the trial: real, not a rehearsal, with people who are reached by mail and a system with a webhook."""

from pathlib import Path

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.cases.commands import File, Perform
from huiyin.cases.people import Actor, Respondent
from huiyin.notices.choosing import choose
from huiyin.notices.managing import new_secret
from huiyin.notices.models import Channel
from huiyin.organisations.models import Holding, Organisation, Staff, Unit, UnitRole
from huiyin.organisations.services import publish_regime
from huiyin.store.personal.data import PersonalData

PEOPLE = (("mei", "梅若溪", "office"), ("gu", "顾南乔", "ward"), ("yan", "严知远", "house"))


def build(mail_port: int, hook: str) -> Organisation:
    """Write it to the database, with people who are reached by mail and a system that is called."""
    organisation = with_people(Path(__file__).parent / "regime.yaml")
    staff = {one.person: one for one in Staff.objects.filter(organisation=organisation)}
    for person, one in staff.items():
        choose(one, PersonalData(email=f"{person}@example.cn"), "zh-hans", {})
    _channel(organisation, staff["mei"], "email", {
        "host": "127.0.0.1", "port": str(mail_port), "security": "none", "sender": "tousu@example.cn",
    })
    _channel(organisation, staff["mei"], "webhook", {"url": hook, "secret": new_secret()})
    return organisation


def with_people(regime: Path, *, rehearsal: bool = False) -> Organisation:
    """Write the organisation, its people and its regime to the database; nobody is reached outside of the house."""
    organisation = Organisation.objects.create(slug="soak", title="青屿医院", rehearsal=rehearsal)
    house = Unit.objects.create(organisation=organisation, key="house", title="青屿医院")
    units = {"house": house}
    for key, title, role in (("office", "投诉办公室", "complaint-office"), ("ward", "东病区", "ward")):
        units[key] = Unit.objects.create(organisation=organisation, key=key, title=title, parent=house)
        UnitRole.objects.create(unit=units[key], regime="service", role=role)
    staff = {
        person: Staff.objects.create(
            organisation=organisation, person=person, name=name, unit=units[unit], administrator=person == "mei"
        )
        for person, name, unit in PEOPLE
    }
    units["ward"].heads.add(staff["gu"])
    Holding.objects.create(staff=staff["gu"], regime="service", role="ward-head", unit=units["ward"])
    Holding.objects.create(staff=staff["yan"], regime="service", role="director")
    publish_regime(organisation, regime)
    return organisation


def _channel(organisation: Organisation, by: Staff, way: str, settings: dict[str, str]) -> None:
    row = Channel(organisation=organisation, way=way, title=way, set_by=by)
    row.put(organisation.pk, settings)
    row.save()


def file_one(organisation: Organisation, number: int) -> None:
    """File a case and register it, so that its limit runs; every third is answered in time."""
    filing = File(
        kind="complaint", channel="phone", matter={"account": f"第{number}件：等候太久"}, respondent=Respondent("unit", "ward")
    )
    case_id = file_case(organisation, "service", Actor("mei"), filing, personal=PersonalData(name=f"来电人{number}")).case_id
    run(organisation, Actor("mei"), case_id, Perform(work="register"))
    if number % 3 == 0:
        run(organisation, Actor("gu"), case_id, Perform(work="reply"))


