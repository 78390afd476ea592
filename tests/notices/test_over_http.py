"""Webhooks and the SMS gateway against a real HTTP server that fails, hangs, dawdles, redirects, and takes things twice."""

import time

import pytest
from django.utils import timezone
from standardwebhooks.webhooks import Webhook
from tests.notices.conftest import LIN, MEI, SECRET, states
from tests.notices.sinks import http_sink, said

from huiyin.cases.commands import Supervise
from huiyin.notices.models import Channel, Delivery, Wording
from huiyin.notices.sending.sms import number_to_dial
from huiyin.organisations.models import Staff
from huiyin.store.personal.data import PersonalData

GATEWAY = {
    "headers": '{"X-Key": "k-1"}',
    "body": '{"to": "{phone}", "content": "{text}", "ref": "{key}"}',
    "format": "json",
    "success_path": "code",
    "success_value": "0",
    "answer_path": "data.id",
}


@pytest.fixture
def hook(channel, sink):
    """A system of the hospital that hears of everything."""
    return channel("webhook", url=sink.address, secret=SECRET)


@pytest.fixture
def gateway(channel, sink):
    """The hospital's SMS gateway."""
    sink.body = '{"code": 0, "data": {"id": "m-77"}}'
    return channel("sms", url=sink.address, **GATEWAY)


@pytest.fixture
def ordered(assigned, do):
    """A case whose handler has been given a supervise order."""

    def ordered_(words="护士态度差", **options):
        receipt = assigned(words, **options)
        do(MEI, receipt, Supervise(text="请两天内报告林晓雨的事"))
        return receipt

    return ordered_


def test_a_system_gets_what_is_told_signed_and_without_anything_personal(hook, sink, ordered, round_):
    receipt = ordered()
    round_()
    _path, headers, body = sink.requests[-1]
    message = Webhook(SECRET).verify(body, headers)
    assert message["case"] == receipt.number
    assert message["link"] == f"https://tousu.example.cn/desk/cases/{receipt.number}/"
    assert "林晓雨" not in body.decode()


def test_where_the_answer_is_lost_the_second_copy_has_the_same_number(hook, sink, ordered, round_):
    ordered()
    sink.plan = ["cut"]
    round_()
    round_()
    numbers = [headers["webhook-id"] for _, headers, _ in sink.requests]
    assert numbers.count(numbers[0]) == 2
    assert {state for _, state in states()} == {"sent"}


def test_a_system_that_fails_is_asked_again_later(hook, sink, ordered, round_):
    ordered()
    sink.plan = [500]
    assert round_().again == 1
    waiting = Delivery.objects.exclude(trouble="").get()
    assert waiting.why == "对方应答 500。"
    assert waiting.not_before > waiting.made_at
    assert round_().accepted == 1


def test_a_system_that_refuses_is_not_asked_again(hook, sink, ordered, round_):
    ordered()
    sink.plan = [403]
    assert round_().dead == 1
    assert "403" in Delivery.objects.get(state="dead").why


def test_a_system_that_is_not_there_uses_up_no_try(channel, ordered, round_, unused_port):
    row = channel("webhook", url=f"http://127.0.0.1:{unused_port}/hook", secret=SECRET)
    ordered()
    for _ in range(3):
        round_()
    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.attempts) == ("waiting", 0)
    row.refresh_from_db()
    assert (row.rests, row.why) == (3, "连接不上：找不到对方，或者对方拒绝连接。")


@pytest.mark.parametrize("status", [429, 503])
def test_a_system_that_is_too_busy_rests_as_long_as_it_asks(hook, sink, ordered, round_, status):
    ordered()
    ordered("收费不明", subject="fee", personal=PersonalData(name="周远行"))
    sink.plan, sink.headers = [status], {"Retry-After": "600"}
    assert round_().again == 1
    assert len(sink.requests) == 1      # the others are not tried
    hook.refresh_from_db()
    assert (hook.rest_until - timezone.now()).total_seconds() > 590


def test_no_redirect_is_followed(hook, sink, ordered, round_):
    with http_sink() as (elsewhere, address):
        ordered()
        sink.plan = [address]
        assert round_().dead == 1
        assert elsewhere.requests == []
    assert "转" in Delivery.objects.get(state="dead").why


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/hook",
        "http://localhost:{port}/hook",
        "http://[::1]:{port}/hook",
        "http://0.0.0.0:{port}/hook",
        "http://2130706433:{port}/hook",       # 127.0.0.1 as one number
        "http://[::ffff:127.0.0.1]:{port}/hook",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.8/hook",
        "http://192.168.1.1/hook",
        "http://100.64.0.1/hook",
        "file:///etc/passwd",
        "http:///hook",
        "http://0177.0.0.1:{port}/hook",      # octal
        "http://0x7f.1:{port}/hook",
        "http://127.1:{port}/hook",
        "http://[fe80::1]:{port}/hook",
        "http://[fd00::8]/hook",
        "http://[64:ff9b::7f00:1]:{port}/hook",
        "http://tousu.example.cn@127.0.0.1:{port}/hook",
        "http://127.0.0.1:{port}\\@tousu.example.cn/hook",
    ],
)
def test_this_machine_and_private_networks_are_not_called_unless_allowed(
    settings, channel, sink, ordered, round_, address
):
    settings.HUIYIN_PRIVATE_TARGETS = []
    channel("webhook", url=address.format(port=sink.address.split(":")[2].split("/")[0]), secret=SECRET)
    ordered()
    assert round_().dead == 1
    assert sink.requests == []
    assert "未获系统运维人员允许" in Delivery.objects.get(state="dead").why


def test_a_system_that_hangs_does_not_hold_up_the_mail(hook, sink, mail, mailbox, file, ordered, round_):
    ordered()
    sink.plan = ["hang"]
    file("收费不明", subject="fee", personal=PersonalData(name="林晓雨", email="lin@example.cn"))
    begun = time.monotonic()
    round_(patience=1.5)
    assert time.monotonic() - begun < 5
    assert [mail["To"] for mail in mailbox.mails] == ["lin@example.cn"]
    sink.released.set()


def test_after_hanging_a_channel_rests(hook, sink, ordered, round_, monkeypatch):
    monkeypatch.setattr("huiyin.notices.sending.targets.SECONDS", (1, 1))
    monkeypatch.setattr("requests_hardened.config.Config.default_timeout", (1, 1), raising=False)
    ordered()
    sink.plan = ["hang"]
    round_()
    assert Channel.objects.get().rests == 1
    assert "没有应答" in Delivery.objects.exclude(trouble="").get().why
    sink.released.set()


def test_an_answer_that_never_ends_counts_by_its_status(hook, sink, ordered, round_, monkeypatch):
    monkeypatch.setattr("huiyin.notices.sending.targets.SECONDS", (1, 1))
    ordered()
    sink.plan = ["drip"]
    assert round_().accepted == 1
    sink.released.set()


def test_the_complainant_without_mail_is_told_by_sms_with_nothing_but_the_number(gateway, sink, file, round_):
    receipt = file("护士态度差", personal=LIN)
    round_()
    _path, headers, _body = sink.requests[0]
    sent = said(sink.requests[0])
    assert headers["X-Key"] == "k-1"
    assert sent["to"] == "13800005521"
    assert receipt.number in sent["content"]
    assert "林晓雨" not in sent["content"]
    assert "护士" not in sent["content"]
    first = Delivery.objects.order_by("id")[0]
    assert (first.state, first.answer, first.address) == ("sent", "m-77", "138****5521")


@pytest.mark.parametrize(
    ("written", "dialled"),
    [("138 0000 5521", "13800005521"), ("+86 138-0000-5521", "13800005521"), ("（010）6655 0000", "01066550000"),
     ("+852 5123 4567", "+85251234567")],
)  # fmt: skip
def test_a_number_is_dialled_however_it_was_written(written, dialled):
    assert number_to_dial(written) == dialled


def test_a_long_sms_loses_words_but_not_its_link(gateway, sink, hospital, file, round_):
    Wording.objects.create(
        organisation=hospital, message="complainant", language="zh-hans", open=True, subject="题",
        text="关于您反映的事项" * 40 + "：{title}，查看{link}", set_by=Staff.objects.get(person="mei"),
    )  # fmt: skip
    file("护士态度差", personal=LIN)
    round_()
    assert len(said(sink.requests[0])["content"]) == 300
    Wording.objects.update(text="{title}" * 60 + "，查看{link}")
    file("收费不明", subject="fee", personal=PersonalData(name="周远行", phone="13900001111"))
    round_()
    content = said(sink.requests[-1])["content"]
    assert len(content) <= 300
    assert content.endswith("查看https://tousu.example.cn/track/")


def test_a_gateway_that_says_no_in_its_answer_has_not_accepted(gateway, sink, file, round_):
    sink.body = '{"code": 15, "message": "balance"}'
    file("护士态度差", personal=LIN)
    assert not round_().accepted
    assert "code=15" in Delivery.objects.order_by("id")[0].why


def test_what_a_person_writes_cannot_change_the_request(gateway, sink, file, round_):
    file("护士态度差", personal=PersonalData(name="林", phone='138","content":"x'))
    round_()
    sent = said(sink.requests[0])
    assert set(sent) == {"to", "content", "ref"}


def test_a_group_hears_of_its_own_units_only(channel, sink, ordered, round_):
    channel("webhook", url=sink.address, secret=SECRET, audience=["ward-west"])
    ordered()
    round_()
    assert sink.requests == []


def test_a_group_hears_nothing_of_confidential_cases(hook, sink, ordered, round_):
    ordered(kind="report")
    round_()
    assert sink.requests == []
