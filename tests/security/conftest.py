"""The hospital in rehearsal, one complaint about a nurse, and everybody who might want to look at it."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.workbench.rehearsal import account, rehearsal_of

from huiyin.api.tokens import issue
from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.cases.commands import File, Perform
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.models import Organisation, Staff, Unit
from huiyin.organisations.services import people_changed
from huiyin.store.files.storage import Upload
from huiyin.store.models import AttachmentRow, CaseRow
from huiyin.store.personal.data import PersonalData

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
WORDS = "换药等了两小时无人说明缘由"
LIN = PersonalData(name="林晓雨", phone="13800005521", address="青屿市明珠区海棠路12号")

RECEIVER, MANAGER, HANDLER = "jiang-xubai", "he-wanyin", "xia-zhirou"
ACCUSED, HEAD_OF_THE_ACCUSED, STRANGER, ROLELESS = "su-yexi", "tie-mingyuan", "bo-nanzhi", "shi-buguan"
ABOUT_THE_NURSE = Respondent(kind="person", unit="orthopaedics-ward", person=ACCUSED)


@dataclass(frozen=True)
class Matter:
    """A case with everything addresses may name."""

    number: str
    code: str
    case_id: Any
    attachment: str
    paper: str


@pytest.fixture
def hospital(db) -> Organisation:
    """The rehearsal under the patient-relations pack, with a member of staff who holds no post at all."""
    organisation = rehearsal_of("patient-relations")
    nowhere = Unit.objects.create(organisation=organisation, key="archive-room", title="资料室")
    user = get_user_model().objects.create_user(f"yl-{ROLELESS}", password="x")
    Staff.objects.create(organisation=organisation, person=ROLELESS, name="施不管", unit=nowhere, user=user)
    people_changed(organisation.pk)
    return organisation


@pytest.fixture
def file(hospital):
    """`file("…", respondent=…)` enters a telephone complaint that 蒋旭白 took, and gives its receipt."""

    def file_(words=WORDS, *, respondent=ABOUT_THE_NURSE, subject="service", personal=LIN, who=RECEIVER, **more):
        uploads = more.pop("uploads", ())
        matter = {"account": words, "subject": subject, **more}
        command = File(kind="complaint", channel="phone", matter=matter, category=subject, respondent=respondent)
        return file_case(hospital, "patient-relations", Actor(who), command, personal=personal, uploads=uploads)

    return file_


@pytest.fixture
def do(hospital):
    """`do("he-wanyin", receipt, "register", fields={…})` takes a step outside the pages."""

    def do_(person, receipt, work, **arguments):
        command = work if not isinstance(work, str) else Perform(work=work, **arguments)
        return run(hospital, Actor(person), receipt.case_id, command)

    return do_


@pytest.fixture
def matter(file, do) -> Matter:
    """A complaint about nurse 苏叶希 with a photograph, registered and handled by 夏芷柔 of the nursing office."""
    receipt = file(uploads=[Upload("伤口.png", PNG, "recording")])
    do(RECEIVER, receipt, "receive", outcome="guided")
    do(MANAGER, receipt, "register", fields={"damage_dispute": "no"})
    case = do(MANAGER, receipt, "assign", unit="nursing-office").case
    attachment = AttachmentRow.objects.get(case_id=receipt.case_id)
    return Matter(receipt.number, receipt.code, receipt.case_id, str(attachment.id), next(iter(case.documents)))


@pytest.fixture
def desk_of(hospital):
    """`desk_of("he-wanyin")` is a browser signed in as that person; server errors come back as answers."""

    def desk(person) -> Client:
        client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
        client.force_login(account(person))
        return client

    return desk


@pytest.fixture
def nobody(hospital) -> Client:
    return Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)


@pytest.fixture
def complainant(hospital, matter) -> Client:
    """A browser in which number and code opened the case, in the part of the portal that is the rehearsal's."""
    client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    opened = client.post(portal(hospital, "track/"), {"number": matter.number, "code": matter.code})
    assert opened.status_code == 302
    return client


def portal(organisation: Organisation, path: str = "") -> str:
    """An address of the organisation's part of the portal."""
    return f"/o/{organisation.slug}/{path}"


@pytest.fixture
def api_of(hospital):
    """`api_of("he-wanyin")` is a browserless client with that person's token; `api_of("")` that of a service."""

    def api(person) -> Client:
        staff = Staff.objects.get(organisation=hospital, person=person) if person else None
        scopes = ["regimes", "file", "track", "read", "act"] if person else ["regimes", "file", "track"]
        secret = issue(hospital, "测试", scopes, staff=staff, life=timedelta(days=1))[1]
        return Client(
            HTTP_HOST="127.0.0.1", raise_request_exception=False, headers={"Authorization": f"Bearer {secret}"}
        )

    return api


def page_of(answer: Any) -> str:
    """The page without what differs from one request to the next: tokens, keys, numbers of requests."""
    text = answer.content.decode()
    text = re.sub(r"[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f-]{27}", "…", text)
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"csrf-token" content="\w+"', "", text)
    return re.sub(r"\b[0-9a-f]{12}\b", "…", text)


def row_of(receipt: Any) -> CaseRow:
    return CaseRow.objects.get(id=receipt.case_id)
