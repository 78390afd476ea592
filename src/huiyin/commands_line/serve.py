"""`huiyin serve`: prepare the data folder and serve portal and workbench, with a worker beside them.

This process prepares everything, loads the code once and then only watches; one or more forks of it serve the pages,
another one is the worker. All share the memory of the loaded code, and of what every one of them would otherwise make for
itself at once: the regimes in force, the calendars, the first page's templates. This process has no threads and no open database
connection when it forks, so that no lock or connection is ever copied half-way. What the forks keep in memory afterwards
they compare with the database each time (stamps, versions, digests), so that they agree with each other and with the
processes of other machines.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import socket
import sys
from importlib import import_module
from typing import Any
from wsgiref.util import setup_testing_defaults

import click
import structlog

from huiyin.commands_line.announcement import Announcement
from huiyin.commands_line.language import say
from huiyin.commands_line.ready import NotReadyError, prepare_database, start_django

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_THREADS = 4
_MOST_PROCESSES = 64
_HIGHEST_PORT = 65535
_PR_SET_PDEATHSIG = 1   # linux/prctl.h
_MOST_ORGANISATIONS = 20    # whose regimes are compiled before the start; it must not take the longer the more there are

_log = structlog.get_logger(__name__)


class _Port(click.ParamType):
    """A port number, with its own words for what is none."""

    name = "port"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if not str(value).isdecimal() or not 1 <= int(value) <= _HIGHEST_PORT:
            self.fail(say(f"“{value}”不是 1 到 65535 之间的端口。", f"{value} is no port from 1 to 65535."), param, ctx)
        return int(value)


@click.command(help=say("启动网站：投诉门户 / 与工作台 /desk/。", "Serve the portal / and the workbench /desk/."))
@click.option("--port", type=_Port(), envvar="PORT", default=8000, show_default=True,
              help=say("端口（也可用环境变量 PORT）", "Port (or the variable PORT)"))
@click.option("--host", default="127.0.0.1", show_default=True, help=say("监听地址", "Address to listen on"))
@click.option("--demo/--no-demo", default=None,
              help=say("是否带演示单位；默认只在本机服务且没有别的单位时带", "With the demo; by default only on this machine"))
@click.option("--processes", type=click.IntRange(1, _MOST_PROCESSES), envvar="HUIYIN_PROCESSES", default=1, show_default=True,
              help=say("用几个进程服务页面（也可用环境变量 HUIYIN_PROCESSES）", "Processes that serve pages (or HUIYIN_PROCESSES)"))
@click.option("--worker/--no-worker", default=True,
              help=say("是否带后台处理；另有 huiyin worker 运行时可不带", "With a worker; not needed beside huiyin worker"))
def command(port: int, host: str, processes: int, *, demo: bool | None, worker: bool) -> int:
    """Prepare everything, serve until interrupted."""
    _refuse_taken_port(host, port)
    start_django()
    prepare_database()
    announcement = Announcement(host, port, with_demo=_prepare_demo(host, wanted=demo))
    _load_everything()
    helper = multiprocessing.get_context("fork").Process(
        target=_beside, args=(announcement,), kwargs={"worker": worker}, name="huiyin-worker", daemon=True
    )
    helper.start()
    os.register_at_fork(after_in_child=_end_with_the_parent)
    _serve(host, port, processes)
    helper.join(timeout=0)
    return 1 if helper.exitcode == Announcement.FAILED else 0


def _prepare_demo(host: str, *, wanted: bool | None) -> bool:
    """Open the demo's accounts where it may be used, shut them where it may not; True when it is open."""
    from huiyin.organisations import demo
    from huiyin.organisations.models import Organisation

    own = Organisation.objects.filter(demo=False).exists()
    if wanted if wanted is not None else (host in _LOOPBACK and not own):
        from huiyin.commands_line.demo_cases import fill

        organisation, _ = demo.prepare()
        fill(organisation)
        demo.open_accounts()
        return True
    demo.close_accounts()
    return False


def _load_everything() -> None:
    """Import the code of pages and worker before the forks, make what they need, and let go of the database."""
    from django.db import connections

    import_everything()
    make_ready()
    connections.close_all()
    gc.collect()
    gc.freeze()


def import_everything() -> None:
    """The code of pages and worker. Libraries that only some act needs are left to that act, see its imports."""
    from django.conf import settings

    for module in (
        "huiyin.site.wsgi",
        settings.ROOT_URLCONF,
        "huiyin.application.working",
        "huiyin.jobs.running",
        "huiyin.notices.delivering",
    ):
        import_module(module)


def make_ready() -> None:
    """Compile the regimes in force, and look at the first page, as otherwise each of the forks would for itself."""
    from django.core.handlers.wsgi import WSGIRequest

    from huiyin.application.world import world_of
    from huiyin.organisations.models import Organisation
    from huiyin.organisations.services import regimes_in_force
    from huiyin.site.wsgi import application

    for organisation in Organisation.objects.order_by("pk")[:_MOST_ORGANISATIONS]:
        try:
            world_of(organisation)
            regimes_in_force(organisation)
        except Exception:  # noqa: BLE001 - one organisation's trouble keeps no other from being served
            _log.exception("not-made-ready", organisation=organisation.slug)
    environment: dict[str, Any] = {"HTTP_HOST": "127.0.0.1"}    # every installation answers to this name
    setup_testing_defaults(environment)
    application.get_response(WSGIRequest(environment))


def _beside(announcement: Announcement, *, worker: bool) -> None:
    """The process beside the pages: says when they can be had, then works until the main process is gone."""
    from huiyin.commands_line.worker import work_beside

    announcement.make()
    if worker:
        work_beside(os.getppid())


def _end_with_the_parent() -> None:
    """Let the system end this process when the main one is gone, even by kill -9, so that the port is free again."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _serve(host: str, port: int, processes: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server.mp import MPServer

    server = MPServer(
        "huiyin.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    server.serve()


def _refuse_taken_port(host: str, port: int) -> None:
    """Say at once that another program listens there, before anything is prepared."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # as the server will: a port just given up is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise NotReadyError(say(
                f"{host}:{port} 用不了（{error.strerror}）。换一个端口：make run PORT={port + 1}，"
                f"或 huiyin serve --port {port + 1}。",
                f"Cannot listen on {host}:{port} ({error.strerror}). Try huiyin serve --port {port + 1}.",
            )) from error
