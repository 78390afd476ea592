"""后台运行, and what whoever operates the server asks: alive, ready, figures."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from huiyin.application.heartbeat import Heartbeat
from huiyin.application.working import work_once
from huiyin.organisations.models import Staff
from huiyin.organisations.uuid7 import uuid7
from huiyin.store.models import ClockJumpRow, OutboxRow, WorkerRow


@pytest.fixture
def administrator(hospital, desk_of):
    """何婉吟 as an administrator."""
    Staff.objects.filter(organisation=hospital, person="he-wanyin").update(administrator=True)
    return desk_of("he-wanyin")


def page(client):
    return client.get("/desk/background/").content.decode()


def test_without_a_worker_the_page_says_so(administrator):
    assert "没有后台进程在运行" in page(administrator)


def test_a_worker_shows_what_it_did_and_one_that_died_is_seen(administrator, complaint):
    complaint()
    Heartbeat().round(work_once)
    shown = page(administrator)
    assert "正在运行" in shown
    assert "告知" in shown
    WorkerRow.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    shown = page(administrator)
    assert "没有响应" in shown
    assert "没有后台进程在运行" in shown


def test_what_waits_and_what_was_given_up_is_counted(administrator, complaint):
    complaint()
    waiting = OutboxRow.objects.count()
    OutboxRow.objects.filter(pk=OutboxRow.objects.first().pk).update(attempts=10)
    shown = page(administrator)
    assert f'<td class="r num">{waiting - 1}</td>' in shown
    assert 'text-error">1<' in shown


def test_what_could_not_be_told_is_tried_again(administrator, complaint):
    complaint()
    OutboxRow.objects.update(attempts=10, error="KeyError")
    assert "再试失败的告知" in page(administrator)
    administrator.post("/desk/background/tell/")
    assert work_once().delivered == OutboxRow.objects.count()
    assert "再试失败的告知" not in page(administrator)


def test_a_jump_of_the_clock_is_shown_until_an_administrator_has_looked(administrator, desk_of):
    now = timezone.now()
    ClockJumpRow.objects.create(id=uuid7(), host="主机甲", shown=now + timedelta(days=365), expected=now)
    assert "已暂停" in page(administrator)
    anywhere = administrator.get("/desk/calendar/").content.decode()
    assert "到期事项已暂停处理" in anywhere
    assert 'href="/desk/background/#clock"' in anywhere
    assert "到期事项已暂停处理" not in desk_of("jiang-xubai").get("/desk/calendar/").content.decode()
    administrator.post("/desk/background/clock/")
    assert "时钟跳动过" not in page(administrator)
    assert "到期事项已暂停处理" not in administrator.get("/desk/calendar/").content.decode()
    assert ClockJumpRow.objects.get().seen_by == "he-wanyin"


def test_live_asks_nothing_and_ready_asks_the_database(db):
    client = Client(HTTP_HOST="127.0.0.1")
    assert client.get("/healthz/live").json() == {"status": "ok"}
    assert client.get("/healthz/ready").json() == {"status": "ok"}


def test_ready_says_when_the_database_is_of_another_version(db, monkeypatch):
    monkeypatch.setattr(
        "django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_arguments: [("store", "later")]
    )
    answer = Client(HTTP_HOST="127.0.0.1").get("/healthz/ready")
    assert (answer.status_code, answer.json()) == (503, {"status": "migrations"})


def test_figures_are_for_who_has_the_token_and_name_nobody(settings, hospital, complaint):
    settings.HUIYIN_METRICS_TOKEN = "geheim-1"
    receipt = complaint()
    client = Client(HTTP_HOST="127.0.0.1")
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer geheim-2"}).status_code == 404
    answer = client.get("/metrics", headers={"Authorization": "Bearer geheim-1"})
    text = answer.content.decode()
    assert f'huiyin_waiting{{queue="outbox"}} {float(OutboxRow.objects.count())}' in text
    assert receipt.number not in text
    assert hospital.title not in text
