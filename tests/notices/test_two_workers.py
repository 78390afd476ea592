"""Several workers at once: each message goes out once, and folded ones stay whole."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from tests.notices.conftest import in_office_hours, states
from tests.notices.test_folding import orders

from huiyin.application.telling import tell_once
from huiyin.notices.delivering import Sender
from huiyin.store.personal.data import PersonalData

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 3


def all_at_once(work):
    """Do `work` in several threads, as several worker processes would; each error is raised here."""
    barrier, errors = threading.Barrier(WORKERS), []

    def one():
        barrier.wait()
        try:
            work()
        except Exception as error:      # noqa: BLE001 - raised below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(WORKERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert errors == []


def send_all():
    """What a worker does until nothing waits."""
    sender = Sender()
    while sender.round(timezone.now() + timedelta(days=3), patience=15):
        pass
    sender.close()


def test_each_message_goes_once(mail, mailbox, reachable, assigned, do, file, monkeypatch):
    monkeypatch.setattr("huiyin.notices.claiming.BATCH", 3)
    reachable("gu", email="gu@example.cn")
    orders(assigned, do, 6)
    for number in range(8):
        file(f"第{number}件：收费不明", subject="fee", personal=PersonalData(name=f"来信人{number}", email=f"l{number}@example.cn"))
    all_at_once(lambda: tell_once(in_office_hours()))
    all_at_once(send_all)
    identities = [mail["Message-ID"] for mail in mailbox.mails]
    assert len(identities) == len(set(identities))
    assert {mail["To"] for mail in mailbox.mails} == {"gu@example.cn", *(f"l{number}@example.cn" for number in range(8))}
    assert {state for _, state in states()} == {"sent"}
