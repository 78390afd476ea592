"""`huiyin worker`: let time act on the cases that are due, deliver what waits in the outbox, send messages out."""

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click
import structlog

from huiyin.commands_line.language import say
from huiyin.commands_line.ready import require_database

if TYPE_CHECKING:
    from huiyin.notices.delivering import Sent

_PAUSE_SECONDS = 2.0
_PAUSE_WHILE_BUSY_SECONDS = 0.2     # a round leaves nothing behind; the next one finds several effects to commit at once
_PAUSE_AFTER_TROUBLE_SECONDS = 15.0
_WATCH_SECONDS = 1.0
_PATIENCE_SECONDS = 60.0

_log = structlog.get_logger(__name__)


@click.command(help=say("处理到期时限、发送通知；不加 --once 就一直运行。", "Handle what is due, deliver notices."))
@click.option("--once", is_flag=True, help=say("做完眼前的就退出", "Do what is there and stop"))
def command(*, once: bool) -> int:
    """Work once, or until the process is told to stop."""
    require_database()
    if once:
        from huiyin.application.rebuilding import rebuild_after_upgrade
        from huiyin.application.working import work_once

        rebuild_after_upgrade()
        done = work_once()
        sent, jobs = _send_once(), _jobs_once()
        click.echo(say(
            f"处理到期案件 {done.swept} 件，送出 {done.delivered} 项，发出消息 {sent.accepted} 条，封存 {done.sealed} 天，"
            f"办理任务 {jobs} 项。",
            f"{done.swept} cases moved by time, {done.delivered} effects delivered, {sent.accepted} messages sent, "
            f"{done.sealed} days sealed, {jobs} jobs worked on.",
        ))
        return 0
    click.echo(say("正在运行，按 Ctrl+C 停止。", "Working; Ctrl+C stops it."))
    work_until(_stopped_by(signal.SIGTERM, signal.SIGINT))
    return 0


def work_beside(parent: int) -> None:
    """Work as long as the process `parent` is alive, for a worker that was started together with the pages.

    Ctrl+C reaches all processes of a terminal; the parent is the one that answers it and ends the others.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stop = _stopped_by(signal.SIGTERM)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_WATCH_SECONDS)
        stop.set()

    threading.Thread(target=watch, name="huiyin-watch", daemon=True).start()
    work_until(stop)


def _stopped_by(*signals: signal.Signals) -> threading.Event:
    """An event that is set when one of the signals comes, so that the round at hand is finished."""
    stop = threading.Event()

    def finish(_number: int, _frame: Any) -> None:
        stop.set()

    for each in signals:
        signal.signal(each, finish)
    return stop


def _send_once() -> "Sent":
    """Send what waits now, however long the other sides take (each has its bounds)."""
    from huiyin.notices.delivering import Sender, Sent

    sender, sent = Sender(), Sent()
    while done := sender.round(patience=_PATIENCE_SECONDS):
        sent = sent + done
    sender.close()
    return sent


def _jobs_once() -> int:
    """Work on the jobs that wait now."""
    from huiyin.jobs.running import Runner

    runner, jobs = Runner(), 0
    while runner.round():
        jobs += 1
    return jobs


def work_until(stop: threading.Event) -> None:
    """Work again and again, with a short pause when there is nothing to do, until `stop` is set.

    Messages go out beside it in a thread of their own: a mail server that hangs delays no limit. So do jobs, of which
    the step under way is finished at the end. Trouble (a busy database, a full disk) is logged and tried again later:
    what is due stays due until it is handled.
    """
    from huiyin.application.heartbeat import Heartbeat
    from huiyin.application.rebuilding import rebuild_after_upgrade
    from huiyin.application.working import work_once
    from huiyin.jobs.running import Runner
    from huiyin.notices.delivering import Sender

    hearts: list[Heartbeat] = []

    def once() -> object:
        if not hearts:      # here, because the database may be away while we start
            rebuild_after_upgrade()
            hearts.append(Heartbeat())
        return hearts[0].round(work_once)

    sender, runner = Sender(), Runner()
    beside = [
        threading.Thread(target=_again_and_again, args=(work, stop), name=name, daemon=True)
        for name, work in (("huiyin-sender", sender.round), ("huiyin-jobs", lambda: runner.round(stop)))
    ]
    for each in beside:
        each.start()
    _again_and_again(once, stop)
    for each in beside:
        each.join(timeout=_PATIENCE_SECONDS)
    sender.close()
    for heart in hearts:
        heart.stop()


def _again_and_again(work: Callable[[], object], stop: threading.Event) -> None:
    from django.db import close_old_connections

    from huiyin.site.patience import STEP_SECONDS, answers_within

    while not stop.is_set():
        try:
            with answers_within(STEP_SECONDS):
                done = work()
            pause = _PAUSE_WHILE_BUSY_SECONDS if done else _PAUSE_SECONDS
        except Exception:  # noqa: BLE001 - the worker outlives any trouble; the log has it in full
            _log.exception("worker-trouble")
            pause = _PAUSE_AFTER_TROUBLE_SECONDS
        close_old_connections()
        stop.wait(pause)
