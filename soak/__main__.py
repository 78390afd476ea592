"""Kill -9 workers at random moments under load, then look whether everything has exactly its notices.

    python -m soak [--rounds 200] [--database sqlite|postgresql] [--seed 1]

Each round starts two workers and kills one or both after half a second to three; cases are filed all the while. Ends with
what was found; exit code 1 when anything is not as it should be.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

PAUSE_BETWEEN_CASES = 0.4
LONGEST_END = 600.0


def main() -> int:
    """0 when all is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="huiyin-soak-"))
        os.environ |= {"HUIYIN_DATA": data, "HUIYIN_PRIVATE_TARGETS": "127.0.0.1", "HUIYIN_LOG_LEVEL": "ERROR"}
        os.environ.pop("HUIYIN_DATABASE", None)
        if asked.database == "postgresql":
            from tests.postgres import Cluster

            cluster = Cluster.start()
            stack.callback(cluster.stop)
            os.environ["HUIYIN_DATABASE"] = cluster.address("postgres")
        from huiyin.commands_line.ready import prepare_database, start_django

        start_django()
        prepare_database()
        return _trial(stack, asked.rounds, random.Random(asked.seed))  # noqa: S311 - a trial that can be repeated


def _trial(stack: ExitStack, rounds: int, chance: random.Random) -> int:
    from tests.notices.sinks import http_sink, mail_server

    from .house import build, file_one
    from .judging import findings

    mailbox, mail_port = stack.enter_context(mail_server())
    sink, hook = stack.enter_context(http_sink())
    organisation = build(mail_port, hook)
    stop = threading.Event()

    def load() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            file_one(organisation, number)
            stop.wait(PAUSE_BETWEEN_CASES)

    filing = threading.Thread(target=load, daemon=True)
    filing.start()
    began = time.monotonic()
    kills = sum(_round(chance, number, rounds) for number in range(1, rounds + 1))
    stop.set()
    filing.join()
    _work_off()
    wrong = list(findings(organisation, mailbox.mails, sink.requests))
    _report(rounds, kills, time.monotonic() - began, len(mailbox.mails), len(sink.requests), wrong)
    return 1 if wrong else 0


def _round(chance: random.Random, number: int, rounds: int) -> int:
    """Start two workers, kill one or both; gives how many were killed."""
    workers = [subprocess.Popen([_huiyin(), "worker"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)]
    time.sleep(chance.uniform(0.5, 3.0))
    doomed = workers if chance.random() < 0.5 else workers[:1]
    for worker in doomed:
        worker.send_signal(signal.SIGKILL)
    for worker in workers:
        if worker not in doomed:
            worker.terminate()
        worker.wait(60)
    if number % 20 == 0:
        sys.stdout.write(f"{number}/{rounds}\n")
        sys.stdout.flush()
    return len(doomed)


def _work_off() -> None:
    """Let time pass until every limit has run out, then work off what waits; leases of the dead are let run out at once."""
    from django.db import close_old_connections
    from django.utils import timezone

    from huiyin.notices.models import Delivery
    from huiyin.store.models import CaseRow, OutboxRow

    time.sleep(125)     # the last limit and its last rung
    until = time.monotonic() + LONGEST_END
    while time.monotonic() < until:
        close_old_connections()
        past = timezone.now() - timedelta(seconds=1)
        OutboxRow.objects.filter(done_at=None).update(lease_until=past)
        Delivery.objects.filter(state="waiting").update(lease_until=past, not_before=past)
        subprocess.run([_huiyin(), "worker", "--once"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not (
            OutboxRow.objects.filter(done_at=None).exists()
            or Delivery.objects.filter(state="waiting").exists()
            or CaseRow.objects.filter(attention_at__lte=timezone.now()).exists()
        ):
            return


def _report(rounds: int, kills: int, seconds: float, mails: int, hooks: int, wrong: list[str]) -> None:
    from huiyin.notices.models import Delivery
    from huiyin.store.models import CaseRow, EventRow, NoticeRow

    sys.stdout.write(
        f"{rounds} rounds, {kills} workers killed, {seconds:.0f} s; {CaseRow.objects.count()} cases, "
        f"{EventRow.objects.filter(kind='RungReached').count()} rungs, {NoticeRow.objects.count()} notices, "
        f"{Delivery.objects.count()} messages; {mails} mails and {hooks} calls came\n"
    )
    sys.stdout.writelines(f"✗ {finding}\n" for finding in wrong)
    sys.stdout.write("all as it should be\n" if not wrong else f"{len(wrong)} wrong\n")


def _huiyin() -> str:
    return str(Path(sys.executable).with_name("huiyin"))


if __name__ == "__main__":
    sys.exit(main())
