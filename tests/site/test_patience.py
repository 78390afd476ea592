"""A database that takes connections and never answers: who waits is told so in bounded time, and what was typed is kept."""

import os
import signal
import socket
import time
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from tests.postgres import Cluster

from huiyin.site import errors
from huiyin.site.database import database_settings
from huiyin.site.patience import answers_within, patience
from huiyin.site.postgresql.base import DatabaseWrapper

DATA = Path("/srv/huiyin")


def wrapper(address):
    """A connection with the settings of the product that a test may use beside Django's own."""
    usual = {"ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "TIME_ZONE": None, "TEST": {}}
    return DatabaseWrapper(usual | database_settings(address, DATA), "beside")


@pytest.fixture(autouse=True)
def _other_databases(django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def silent():
    """The port of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def frozen():
    """A server, and what makes it hang with all its processes."""
    cluster = Cluster.start()
    stopped = []

    def freeze():
        first = int((cluster.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in (first, *map(int, children)):
            os.kill(process, signal.SIGSTOP)
            stopped.append(process)

    yield cluster, freeze
    for process in stopped:
        os.kill(process, signal.SIGCONT)
    cluster.stop()


def test_a_server_that_takes_connections_and_never_answers_is_given_up(silent):
    began = time.monotonic()
    with pytest.raises(OperationalError):
        wrapper(f"postgresql://ying@127.0.0.1:{silent}/cases").ensure_connection()
    assert 2.5 < time.monotonic() - began < 6


def test_what_waits_for_several_answers_together_does_not_begin_anew_for_each(silent):
    began = time.monotonic()
    with answers_within(2, together=True):
        for _ in range(3):
            with pytest.raises(OperationalError):
                wrapper(f"postgresql://ying@127.0.0.1:{silent}/cases").ensure_connection()
    assert time.monotonic() - began < 5


def test_a_server_that_hangs_in_the_middle_is_given_up_and_the_connection_with_it(frozen):
    cluster, freeze = frozen
    connection = wrapper(cluster.address("huiyin"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    freeze()
    began = time.monotonic()
    with answers_within(1), pytest.raises(OperationalError, match="no answer from the database within 1 s"), (
        connection.cursor()
    ) as cursor:
        cursor.execute("SELECT 2")
    assert 0.9 < time.monotonic() - began < 4
    assert connection.connection.closed


def test_whether_a_connection_is_good_is_known_soon(frozen):
    cluster, freeze = frozen
    connection = wrapper(cluster.address("huiyin"))
    connection.ensure_connection()
    freeze()
    began = time.monotonic()
    assert not connection.is_usable()
    assert time.monotonic() - began < 8


def test_time_spent_otherwise_does_not_count():
    with answers_within(5, together=True):
        time.sleep(0.2)
        assert patience().left == 5
    assert patience() is None


def unavailable(request):
    """The page for a request that met a database that does not answer, from the place where nothing else can be had."""
    try:
        raise OperationalError("no answer from the database within 20 s")
    except OperationalError:
        return errors.server_error(request)


def test_what_was_typed_is_on_the_page_to_be_sent_again():
    typed = {"key": "7b0f", "account": "等了<两>小时", "channel": ["phone", "visit"], "password": "一句口令"}
    answer = unavailable(RequestFactory().post("/ward/file/?step=2", typed))
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert 'action="/ward/file/?step=2"' in page
    assert '<input type="hidden" name="account" value="等了&lt;两&gt;小时">' in page
    assert page.count('name="channel"') == 2
    assert 'value="7b0f"' in page
    assert "一句口令" not in page
    assert "再交一次也不会重复" in page


def test_without_a_key_nobody_is_promised_that_nothing_is_done_twice():
    page = unavailable(RequestFactory().post("/desk/units/", {"title": "门诊部"})).content.decode()
    assert "您填的内容都还在这一页上" in page
    assert "不会重复" not in page


def test_a_page_that_was_only_read_offers_nothing_to_send():
    answer = unavailable(RequestFactory().get("/ward/file/"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "<form" not in answer.content.decode()


def test_an_error_of_ours_is_no_reason_to_send_it_again():
    try:
        raise RuntimeError
    except RuntimeError:
        answer = errors.server_error(RequestFactory().post("/ward/file/", {"account": "等"}))
    assert answer.status_code == 500
    assert "Retry-After" not in answer.headers
    assert "<form" not in answer.content.decode()
