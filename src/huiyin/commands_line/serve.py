"""`huiyin serve`: prepare the data folder and serve portal and workbench, with a worker beside them."""

import os
import signal
import socket
import threading
import time
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import click

from huiyin.commands_line.language import say
from huiyin.commands_line.ready import NotReadyError, prepare_database, start_django

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_THREADS = 4
_HIGHEST_PORT = 65535
_PATIENCE_SECONDS = 30


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
def command(port: int, host: str, *, demo: bool | None) -> int:
    """Prepare everything, serve until interrupted."""
    _refuse_taken_port(host, port)
    start_django()
    prepare_database()
    with_demo = _prepare_demo(host, wanted=demo)
    _start_worker()
    announcement = _Announcement(host, port, with_demo=with_demo)
    announcement.start()
    _serve(host, port)
    return 1 if announcement.failed else 0


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


def _start_worker() -> None:
    """The worker lives in this process, the pages in the one that granian starts: neither waits for the other."""
    from huiyin.commands_line.worker import work_until

    thread = threading.Thread(target=work_until, args=(threading.Event(),), name="huiyin-worker", daemon=True)
    thread.start()


def _serve(host: str, port: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server.mp import MPServer

    server = MPServer(
        "huiyin.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    server.serve()


class _Announcement(threading.Thread):
    """Prints the addresses once the first page can be had; stops the server when that does not come about."""

    def __init__(self, host: str, port: int, *, with_demo: bool) -> None:
        super().__init__(name="huiyin-announcement", daemon=True)
        shown = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host  # noqa: S104 - compared, not listened on
        self.address = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
        self.with_demo = with_demo
        self.failed = False

    def run(self) -> None:
        until = time.monotonic() + _PATIENCE_SECONDS
        try:
            while time.monotonic() < until:
                if _answers(f"{self.address}/healthz"):
                    _announce(self.address, with_demo=self.with_demo)
                    return
                time.sleep(0.05)
        except HTTPError as error:      # it answers, but not with a page: waiting will not mend that
            error.close()
        self.failed = True
        click.echo(say("网站没有启动成功，原因见上面的记录。", "The site did not start; see the log above."), err=True)
        os.kill(os.getpid(), signal.SIGINT)


def _announce(address: str, *, with_demo: bool) -> None:
    from django.conf import settings

    click.echo(say(f"投诉门户  {address}/", f"Portal     {address}/"))
    click.echo(say(f"工作台    {address}/desk/", f"Workbench  {address}/desk/"))
    click.echo(say(f"数据目录  {settings.HUIYIN_DATA}", f"Data       {settings.HUIYIN_DATA}"))
    if with_demo:
        from huiyin.commands_line.demo import print_sign_ins

        print_sign_ins()
    click.echo(say("已就绪，按 Ctrl+C 停止。", "Ready; Ctrl+C stops it."))


def _answers(address: str) -> bool:
    """False while nobody listens yet. Raises HTTPError for an answer that says failure."""
    try:
        with urlopen(address, timeout=10) as response:  # noqa: S310 - our own http address
            return bool(response.status == 200)
    except HTTPError:
        raise
    except (URLError, OSError):
        return False


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
