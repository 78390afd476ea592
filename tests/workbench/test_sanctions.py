"""A sanction with a bracket: the amount is the decider's, inside what the regime allows."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.workbench.rehearsal import account, rehearsal_of

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.cases.commands import File, Perform, StateView
from huiyin.cases.people import Actor, Respondent
from huiyin.store.models import BookingRow


@pytest.fixture
def proposals(db):
    """The general manager's approval page: personnel submitted that nobody was punished."""
    organisation = rehearsal_of("property-staff-service")
    command = File(
        kind="complaint",
        channel="web",
        matter={"subject": "attitude", "account": "门岗不理人"},
        respondent=Respondent(kind="person", unit="property-order", person="niu-baoguo"),
    )
    receipt = file_case(organisation, "property-staff-service", Actor("wen-jiahe"), command)
    fields = {"submit_about": "unpunished", "submit_note": "部门经理三天未作决定", "unpunished_person": "niu-baoguo"}
    run(organisation, Actor("wen-jiahe"), receipt.case_id, Perform(work="submit", fields=fields))
    run(organisation, Actor("niu-baoguo"), receipt.case_id, StateView(text="当时在处理火警"))
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account("hao-dingbang"))
    return client


def address_of(client, title):
    """Where the proposal of that title is decided."""
    shown = client.get(reverse("desk-approvals")).content.decode()
    part = shown.partition(f">{title}<")[2]
    return re.search(r'<form method="post" action="([^"]+)"', part)[1]


def test_the_bracket_is_shown(proposals):
    assert "0至1000元之间" in proposals.get(reverse("desk-approvals")).content.decode()


def test_an_amount_outside_the_bracket_is_refused_and_kept_on_the_page(proposals):
    where = address_of(proposals, "部门经理未按规定处罚，总经理处分员工")
    answer = proposals.post(where, {"decision": "approve", "m-fine": "1001", "m-score": "-5"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "应在0至1000之间" in shown
    assert 'value="1001"' in shown
    assert not BookingRow.objects.exists()


def test_an_amount_inside_is_booked(proposals):
    where = address_of(proposals, "部门经理未按规定处罚，总经理处分员工")
    proposals.post(where, {"decision": "approve", "m-fine": "200", "m-score": "-5"})
    booked = dict(BookingRow.objects.filter(account="niu-baoguo").values_list("ledger", "amount"))
    assert booked == {"fines": 200, "monthly-score": -5}
    assert "95分" in proposals.get(reverse("desk-ledgers")).content.decode()


def test_sending_back_needs_a_reason(proposals):
    where = address_of(proposals, "部门经理未按规定处罚，总经理处分员工")
    refused = proposals.post(where, {"decision": "reject", "text": ""})
    assert refused.status_code == 422
    assert "请写明理由" in refused.content.decode()
    assert proposals.post(where, {"decision": "reject", "text": "先听本人说明"}).status_code == 302
