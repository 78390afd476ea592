"""A worker outlives a database that is away for a while."""

import threading

from django import db
from django.db import OperationalError

from huiyin.application import heartbeat, rebuilding
from huiyin.commands_line import worker
from huiyin.jobs import running
from huiyin.notices import delivering


def test_a_worker_that_starts_while_the_database_is_away_waits_for_it(monkeypatch):
    stop, tries = threading.Event(), []

    class Heart:
        """Cannot be written down at first, as when the database takes over."""

        def __init__(self):
            tries.append("start")
            if tries.count("start") < 3:
                raise OperationalError("server login has been failing")

        def round(self, _work):
            tries.append("round")
            stop.set()

        def stop(self):
            tries.append("stop")

    class Idle:
        """Sends nothing and has no jobs."""

        def round(self, *_stop):
            return 0

        def close(self):
            pass

    monkeypatch.setattr(rebuilding, "rebuild_after_upgrade", lambda: tries.append("looked at lists"))
    monkeypatch.setattr(heartbeat, "Heartbeat", Heart)
    monkeypatch.setattr(delivering, "Sender", Idle)
    monkeypatch.setattr(running, "Runner", Idle)
    monkeypatch.setattr(db, "close_old_connections", lambda: None)     # one of an earlier test may be open
    monkeypatch.setattr(worker, "_PAUSE_AFTER_TROUBLE_SECONDS", 0.0)
    worker.work_until(stop)
    assert tries == [*["looked at lists", "start"] * 3, "round", "stop"]
