"""What the stories of the workbench share: the hospital in rehearsal, and people at their desks."""

import pytest
from django.test import Client
from tests.workbench.rehearsal import account, rehearsal_of

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.cases.commands import File, Perform
from huiyin.cases.people import Actor, Respondent
from huiyin.store.personal.data import PersonalData

CALLER = PersonalData(name="林晓雨", phone="13800005521")


@pytest.fixture
def hospital(db):
    """The rehearsal under the patient-relations pack."""
    return rehearsal_of("patient-relations")


@pytest.fixture
def desk_of(hospital):
    """`desk_of("he-wanyin")` is a client signed in as that person."""

    def desk(person):
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(account(person))
        return client

    return desk


@pytest.fixture
def complaint(hospital):
    """`complaint(account="…")` files a telephone complaint taken by 蒋旭白 and gives its receipt."""

    def file(words="换药等了两小时，没有人说明原因", subject="service", unit="orthopaedics-ward", points=(), **matter):
        command = File(
            kind="complaint",
            channel="phone",
            matter={"account": words, "subject": subject, **matter},
            category=subject,
            points=points,
            respondent=Respondent(kind="unit", unit=unit) if unit else Respondent(),
        )
        return file_case(hospital, "patient-relations", Actor("jiang-xubai"), command, personal=CALLER)

    return file


@pytest.fixture
def do(hospital):
    """`do("he-wanyin", receipt, "register", fields={…})` performs a step outside the pages."""

    def perform(person, receipt, work, **arguments):
        command = work if not isinstance(work, str) else Perform(work=work, **arguments)
        return run(hospital, Actor(person), receipt.case_id, command)

    return perform


@pytest.fixture
def assigned(complaint, do):
    """A complaint that 夏芷柔 of the nursing office handles."""

    def assigned_(**options):
        receipt = complaint(**options)
        do("jiang-xubai", receipt, "receive", outcome="guided")
        do("he-wanyin", receipt, "register", fields={"damage_dispute": "no"})
        do("he-wanyin", receipt, "assign", unit="nursing-office")
        return receipt

    return assigned_
