import pytest

from huiyin.organisations.models import Holding, Organisation, Staff, Unit, UnitKind, UnitRole

REGIME = "service-complaints"


@pytest.fixture
def hospital(db):
    """A hospital with a complaint office, two wards, a director, and a merchant outside."""
    organisation = Organisation.objects.create(slug="qingyu", title="青屿医院")
    house = _unit(organisation, "house", "青屿医院", None, UnitKind.BRANCH)
    office = _unit(organisation, "complaint-office", "投诉办公室", house)
    east = _unit(organisation, "ward-east", "东病区", house)
    west = _unit(organisation, "ward-west", "西病区", house)
    merchant = _unit(organisation, "merchant-one", "禾丰商行", None, UnitKind.OUTSIDE)
    for unit, role in ((office, "complaint-office"), (east, "ward"), (west, "ward"), (merchant, "merchant")):
        UnitRole.objects.create(unit=unit, regime=REGIME, role=role)
    _person(organisation, "director", "严知远", house)
    _person(organisation, "clerk", "林晓禾", office)
    head = _person(organisation, "east-head", "顾南乔", east)
    _person(organisation, "west-nurse", "沈知夏", west)
    _person(organisation, "shopkeeper", "曹行简", merchant)
    east.heads.add(head)
    Holding.objects.create(staff=head, regime=REGIME, role="ward-head", unit=east)
    Holding.objects.create(staff=_staff("director"), role="director")
    return organisation


def _unit(organisation, key, title, parent, kind=UnitKind.DEPARTMENT):
    return Unit.objects.create(organisation=organisation, key=key, title=title, parent=parent, kind=kind)


def _person(organisation, person, name, unit):
    return Staff.objects.create(organisation=organisation, person=person, name=name, unit=unit)


def _staff(person):
    return Staff.objects.get(person=person)


@pytest.fixture
def staff(hospital):
    """staff("clerk") is the row of that person."""
    return _staff
