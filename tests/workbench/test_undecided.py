"""Where a fact is missing a person decides, on the page."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.workbench.rehearsal import account, rehearsal_of

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.cases.commands import File, Perform
from huiyin.cases.people import Actor
from huiyin.organisations.models import Holding, Staff
from huiyin.organisations.services import people_changed, publish_regime

REGIME = """\
regime: distance
title: 上门服务投诉办法
version: "1"
kinds: {complaint: 投诉}
articles: {"一": 超出服务范围的，说明情况；其余受理。}
roles: {posts: {officer: 投诉专员}}
intake:
  channels: {phone: 来电}
  fields: {account: {title: 经过, type: long-text, required: true}, distance: {title: 距离（公里）, type: number}}
assessment:
  far: {title: 超出服务范围, when: matter.distance > 50, outcome: explain, cite: "一"}
  rest: {title: 在服务范围内, outcome: accept, cite: "一"}
routing: {all: {title: 投诉专员, to: officer, cite: "一"}}
flow:
  register: {title: 登记, by: officer, after: received, marks: registered, decides: assessment, cite: "一"}
  reply: {title: 答复, by: officer, after: [accepted, explained], marks: replied, cite: "一"}
  close: {title: 归档, by: officer, after: reply, marks: closed, cite: "一"}
limits: {reply: {title: 答复, from: received, to: reply, within: 5 workdays, cite: "一"}}
"""


@pytest.fixture
def number(db, tmp_path):
    """A case whose distance nobody wrote down, registered by the officer 何婉吟."""
    organisation = rehearsal_of("patient-relations")
    (tmp_path / "regime.yaml").write_text(REGIME, encoding="utf-8")
    publish_regime(organisation, tmp_path / "regime.yaml", effective_on=date(2026, 1, 1))
    officer = Staff.objects.get(organisation=organisation, person="he-wanyin")
    Holding.objects.create(staff=officer, regime="distance", role="officer")
    people_changed(organisation.pk)
    who = Actor("he-wanyin")
    command = File(kind="complaint", channel="phone", matter={"account": "约好不来"})
    receipt = file_case(organisation, "distance", who, command)
    run(organisation, who, receipt.case_id, Perform(work="register"))
    return receipt.number


def test_the_officer_decides_what_the_rules_could_not(number):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account("he-wanyin"))
    address = reverse("desk-act", args=[number, "decide.assessment"])
    assert address in client.get(reverse("desk-day")).content.decode()
    assert "缺少判断所需内容时，由人决定" in client.get(address).content.decode()
    shown = client.post(address, {"row": "rest"}, follow=True).content.decode()
    assert "审查结果：受理（在服务范围内）" in shown
