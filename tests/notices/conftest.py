"""A hospital that is no rehearsal, so that its messages go out; its channels, people with addresses, and the worker's round."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from tests.application.conftest import GU, LIN, MEI, WANG, assigned, at, command, do, file, hospital_with_people
from tests.notices.sinks import free_port, http_sink, mail_server

from huiyin.application.telling import tell_once
from huiyin.notices.choosing import choose
from huiyin.notices.delivering import Sender
from huiyin.notices.models import Channel, Delivery
from huiyin.organisations.models import Organisation, Staff
from huiyin.store.personal.data import PersonalData

__all__ = ["GU", "LIN", "MEI", "WANG", "assigned", "at", "command", "do", "file"]

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def hospital(db, settings):
    """The hospital at work; the operator allows this machine as a target, because the other sides are here."""
    settings.HUIYIN_PRIVATE_TARGETS = ["127.0.0.1"]
    settings.HUIYIN_URL = "https://tousu.example.cn"
    organisation = hospital_with_people()
    Organisation.objects.filter(pk=organisation.pk).update(rehearsal=False, rehearsal_clock=None)
    organisation.refresh_from_db()
    return organisation


@pytest.fixture
def mailbox():
    """What a real SMTP server took."""
    with mail_server() as (box, port):
        box.port = port
        yield box


@pytest.fixture
def sink():
    """What a real HTTP server got."""
    with http_sink() as (sink_, address):
        sink_.address = address
        yield sink_


@pytest.fixture
def channel(hospital):
    """`channel("email", host="127.0.0.1", …)` is set up by 梅若溪."""

    def channel_(way, title="", audience=(), kinds=(), **settings):
        mei = Staff.objects.get(person="mei")
        row = Channel(
            organisation=hospital, way=way, title=title or way, audience=list(audience), kinds=list(kinds), set_by=mei
        )
        row.put(hospital.pk, {name: str(value) for name, value in settings.items()})
        row.save()
        return row

    return channel_


@pytest.fixture
def mail(channel, mailbox):
    """The hospital's mail server, which is set up and takes everything."""
    return channel("email", host="127.0.0.1", port=mailbox.port, security="none", sender="投诉办公室 <tousu@example.cn>")


@pytest.fixture
def reachable(hospital):
    """`reachable("mei", email="…")` leaves addresses; `chosen={("notice", "email"): False}` are choices."""

    def reachable_(person, *, email="", phone="", language="zh-hans", chosen=None):
        staff = Staff.objects.get(organisation=hospital, person=person)
        choose(staff, PersonalData(email=email, phone=phone), language, chosen or {})

    return reachable_


@pytest.fixture
def round_(hospital):
    """`round_()` delivers what waits in the outbox and sends what waits; all of it in office hours unless `at` says when."""
    sender = Sender()

    def work(*, later=timedelta(), patience=15.0, tell_at=None):
        tell_once(tell_at or in_office_hours())
        return sender.round(timezone.now() + timedelta(days=3) + later, patience=patience)

    yield work
    sender.close()


def in_office_hours():
    """The last ten in the morning at the organisation, whatever the hour is now."""
    ten = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0)
    return ten if ten <= datetime.now(UTC) else ten - timedelta(days=1)


def states():
    """Recipient and state of every message, oldest first."""
    return list(Delivery.objects.order_by("id").values_list("recipient", "state"))


@pytest.fixture
def unused_port():
    """A port nobody listens on."""
    return free_port()
