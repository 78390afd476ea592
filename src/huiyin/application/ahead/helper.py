"""The writer's end of the helper process."""

import fcntl
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from errno import errorcode
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import IO, Any

from django.conf import settings

from .requests import Answer, Request, Setting

PATIENCE_SECONDS = 60.0
"""No portion takes nearly as long; a helper that is silent for so long is given up."""

_PIPE_BYTES = 1024 * 1024
"""An answer to a portion is about as long: the helper can go on while the writer is busy."""


class HelperLost(RuntimeError):
    """The helper has ended, does not answer or never began; `how` says what is known: `SIGKILL`, `exit 1`, `no answer`, `ENOMEM`."""

    def __init__(self, how: str) -> None:
        self.how = how
        super().__init__(how)


class Helper:
    """A helper process, started at once; it takes about a second until it is ready. To be closed.

    Raises HelperLost where none can be started.
    """

    def __init__(self) -> None:
        surroundings = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "DJANGO_SETTINGS_MODULE": str(settings.SETTINGS_MODULE),
        }
        command = [sys.executable, "-m", "huiyin.application.ahead.process"]
        try:
            self._process = subprocess.Popen(
                command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
            )
        except OSError as error:    # no memory, or as many processes as there may be
            raise HelperLost(errorcode.get(error.errno or 0, type(error).__name__)) from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        _widen(self._process.stdin)
        _widen(self._process.stdout)
        self._requests = Connection(os.dup(self._process.stdin.fileno()), readable=False)
        self._answers = Connection(os.dup(self._process.stdout.fileno()), writable=False)
        self._process.stdin.close()
        self._process.stdout.close()
        self._sending = ThreadPoolExecutor(1, "huiyin-ahead")    # neither side may wait for the other to read first
        self._ready = False

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    def is_ready(self) -> bool:
        """Whether it takes requests by now. Raises HelperLost."""
        if not self._ready and self._answers.poll():
            self._receive()
            self._ready = True
        return self._ready

    def tell(self, said: Setting | Request) -> None:
        """Send a setting, or filings to decide in the setting sent last."""
        self._sending.submit(self._requests.send_bytes, ForkingPickler.dumps(said))

    def answer(self) -> list[Answer]:
        """Wait for the answers to the oldest request not answered yet. Raises HelperLost."""
        found: list[Answer] = self._receive()
        return found

    def close(self) -> None:
        """End the process; what was asked and not answered is forgotten."""
        self._process.kill()
        self._process.wait()
        self._sending.shutdown(cancel_futures=True)
        self._requests.close()
        self._answers.close()

    def _receive(self) -> Any:
        try:
            if self._answers.poll(PATIENCE_SECONDS):
                return self._answers.recv()
        except (EOFError, OSError) as error:
            code = self._process.wait()
            raise HelperLost(f"exit {code}" if code >= 0 else signal.Signals(-code).name) from error
        raise HelperLost("no answer")


def _widen(pipe: IO[bytes]) -> None:
    """Where the system lets us, which bounds the room of all pipes together; a narrow one only costs time."""
    with suppress(AttributeError, OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
