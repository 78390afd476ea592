"""Group robots: the address Apprise is given, and what its makers' interfaces get. The makers themselves are not called."""

import json

import pytest
import requests
from tests.notices.conftest import MEI

from huiyin.cases.commands import Supervise
from huiyin.notices.models import Delivery
from huiyin.notices.sending.chat import address_of

ROBOTS = {
    "dingtalk": ("oapi.dingtalk.com", {"token": "a1b2c3d4", "secret": "SEC00ff"}),
    "wecom": ("qyapi.weixin.qq.com", {"token": "693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa"}),
    "feishu": ("open.feishu.cn", {"token": "2d0f5e6a"}),
}


@pytest.fixture
def makers(monkeypatch):
    """Requests that went to the makers; `status` is what they answer."""
    came = []

    class Makers:
        status, requests = 200, came

    def request(self, method, url, **arguments):
        came.append((url, arguments))
        answer = requests.Response()
        answer.status_code, answer._content = Makers.status, b'{"errcode": 0, "code": 0}'
        return answer

    monkeypatch.setattr(requests.Session, "request", request)
    return Makers


@pytest.mark.parametrize("way", ROBOTS)
def test_a_group_gets_title_and_number_but_nothing_personal(way, makers, channel, assigned, do, round_):
    host, settings = ROBOTS[way]
    channel(way, **settings)
    receipt = assigned("护士态度差")
    do(MEI, receipt, Supervise(text="请两天内报告林晓雨的事"))
    result = round_()
    assert result.accepted, list(Delivery.objects.values_list("trouble", flat=True))
    url, arguments = makers.requests[-1]
    said = json.dumps(json.loads(arguments["data"]), ensure_ascii=False)
    assert host in url
    assert receipt.number in said
    assert "林晓雨" not in said


def test_a_robot_that_does_not_take_it_is_asked_again(makers, channel, assigned, do, round_):
    channel("wecom", **ROBOTS["wecom"][1])
    makers.status = 500
    do(MEI, assigned("护士态度差"), Supervise(text="请两天内报告"))
    assert round_().again
    assert Delivery.objects.exclude(trouble="").exists()


def test_a_token_cannot_smuggle_in_another_address():
    assert address_of("feishu", {"token": "x@evil.example/../y?z"}) == "feishu://x%40evil.example%2F..%2Fy%3Fz/"
