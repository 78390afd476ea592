"""A case with marked personal data is filed, processed, told and gets into trouble: no mark is in a log, a figure or on an open way."""

import logging
from io import StringIO
from urllib.parse import unquote

import pytest
import structlog
from django.test import Client
from tests.notices.conftest import GU, MEI, SECRET
from tests.notices.sinks import http_sink, words_of

from huiyin.application.metrics import metrics
from huiyin.cases.commands import Supervise
from huiyin.jobs.asking import ask
from huiyin.jobs.kinds import Kind
from huiyin.jobs.running import Runner
from huiyin.notices.models import Delivery
from huiyin.organisations.models import Organisation
from huiyin.site.logs import SHARED, logging_settings
from huiyin.store.personal.data import PersonalData

MARKED = PersonalData(
    name="赫连标记", phone="13912345678", address="青屿市标记街77号", id_number="110101199003071234", email="biaoji@example.cn"
)
BY_SMS = PersonalData(name="赫连标记二", phone="13912340000", address="青屿市标记街78号")
ACCOUNT, ORDER = "标记的经过：换药等了两小时", "标记的督办：请向赫连标记说明"
MARKS = ("赫连", "标记", "1391234", "110101199003071234", "biaoji", "0307")


@pytest.fixture
def lines():
    """Every line of the log as an operator's system gets it, whatever wrote it."""
    stream = StringIO()
    processors = logging_settings("INFO")["formatters"]["json"]["processors"]
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=SHARED, processors=processors))
    handler.addFilter(lambda record: record.name != "mail.log")     # the other side's own log
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: stream.getvalue().splitlines()
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def broken_kind(monkeypatch):
    """A kind of job that fails on what a person wrote, with the words in its error."""

    def step(_run):
        try:
            int(MARKED.name)
        except ValueError as error:
            raise KeyError(ACCOUNT) from error

    kind = Kind("broken", "会出错的任务", step)
    monkeypatch.setattr("huiyin.jobs.running.kinds", lambda: {kind.name: kind})
    return kind


@pytest.fixture
def story(hospital, mail, mailbox, sink, channel, reachable, assigned, do, round_, broken_kind):
    """All that happens; gives the case's number and what the open ways got."""
    channel("sms", url=sink.address, body='{"to": "{phone}", "content": "{text}"}', format="json")
    channel("webhook", url=sink.address, secret=SECRET)
    reachable("gu", email="gu@example.cn", phone="13800001111", chosen={("order", "sms"): True})
    with http_sink() as (failing, address):
        channel("webhook", title="总是出错", url=address, secret=SECRET)
        failing.plan = [500, 403, "cut", 503, "http://127.0.0.1/"] * 5
        receipts = [assigned(ACCOUNT, personal=MARKED), assigned(f"另一件{ACCOUNT}", subject="fee", personal=BY_SMS)]
        for receipt in receipts:
            do(MEI, receipt, Supervise(text=ORDER))
            with pytest.raises(Exception):  # noqa: B017, PT011 - a refusal is logged, too
                do(GU, receipt, "register")
        mailbox.refused = {"biaoji@example.cn": 550}
        for _ in range(3):
            round_()
        got = [*sink.requests, *failing.requests]
    ask(hospital, "mei", broken_kind, "会出错的任务", {"query": MARKED.name})
    Runner().round()
    Client(raise_request_exception=False).get(f"/track/?number={MARKED.name}")
    try:
        raise LookupError(f"没有{MARKED.name}")
    except LookupError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/desk/")
    return receipts[0].number, got


def test_no_line_of_the_log(lines, story):
    number, _got = story
    written = "\n".join(lines())
    assert f'"number": "{number}"' in written
    for event in ("filed", "done", "refused", "message", "job-broken", "Internal Server Error: /desk/"):
        assert f'"event": "{event}"' in written, event
    assert "LookupError: …" in written
    assert "KeyError: …" in written
    assert [line for line in lines() for mark in MARKS if mark in line] == []


def test_no_figure(story):
    assert [mark for mark in MARKS if mark in metrics().decode()] == []


def test_no_message_on_an_open_way_but_the_number_it_is_sent_to(story):
    number, got = story
    assert number in b"".join(body for _path, _headers, body in got).decode()
    for path, headers, body in got:
        said = unquote(f"{path} {headers} {body.decode()}").replace(f'"to": "{BY_SMS.phone}"', "")
        assert [mark for mark in MARKS if mark in said] == []


def test_but_the_persons_own_mail_names_the_person(hospital, mail, mailbox, file, round_):
    file(ACCOUNT, personal=MARKED)
    round_()
    assert MARKED.name in words_of(mailbox.mails[0])


def test_nothing_but_marks_and_masks_stays_in_the_table_of_messages(story):
    assert Organisation.objects.count() == 1
    for row in Delivery.objects.filter(recipient="complainant").values():
        assert [mark for mark in MARKS if mark in repr(row)] == []
