"""Telling the user where the pages are, once the first of them can be had."""

import os
import signal
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import click

from huiyin.commands_line.language import say

_PATIENCE_SECONDS = 30


class Announcement:
    """The addresses of a server that is about to start, and the demo's sign-ins where there is a demo."""

    FAILED = 3
    """Exit code of the announcing process when the pages did not come up."""

    def __init__(self, host: str, port: int, *, with_demo: bool) -> None:
        shown = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host  # noqa: S104 - compared, not listened on
        self.address = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
        self.with_demo = with_demo

    def make(self) -> None:
        """Print the addresses when the first page can be had; stop the server when that does not come about."""
        if self._comes_up():
            self._say()
            return
        click.echo(say("网站没有启动成功，原因见上面的记录。", "The site did not start; see the log above."), err=True)
        os.kill(os.getppid(), signal.SIGINT)
        sys.exit(self.FAILED)

    def _comes_up(self) -> bool:
        until = time.monotonic() + _PATIENCE_SECONDS
        try:
            while time.monotonic() < until:
                if _answers(f"{self.address}/healthz"):
                    return True
                time.sleep(0.02)
        except HTTPError as error:  # it answers, but not with a page: waiting will not mend that
            error.close()
        return False

    def _say(self) -> None:
        from django.conf import settings

        click.echo(say(f"投诉门户  {self.address}/", f"Portal     {self.address}/"))
        click.echo(say(f"工作台    {self.address}/desk/", f"Workbench  {self.address}/desk/"))
        click.echo(say(f"数据目录  {settings.HUIYIN_DATA}", f"Data       {settings.HUIYIN_DATA}"))
        if self.with_demo:
            from huiyin.commands_line.demo import print_sign_ins

            print_sign_ins()
        click.echo(say("已就绪，按 Ctrl+C 停止。", "Ready; Ctrl+C stops it."))


def _answers(address: str) -> bool:
    """False while nobody listens yet. Raises HTTPError for an answer that says failure.

    It asks for `localhost`, a name that is always served: the address listened on need not be a name visitors may use.
    """
    try:
        asked = Request(address, headers={"Host": "localhost"})  # noqa: S310 - our own http address
        with urlopen(asked, timeout=10) as response:  # noqa: S310
            return bool(response.status == 200)
    except HTTPError:
        raise
    except (URLError, OSError):
        return False
