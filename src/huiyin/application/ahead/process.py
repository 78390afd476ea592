"""The helper as a process: `python -m huiyin.application.ahead.process`, answering on its standard streams.

It ends when the writer closes the stream or is gone, however it went. Ctrl+C reaches both; the writer answers it.
"""

import os
import signal
from multiprocessing.connection import Connection
from typing import Any, NoReturn


def main() -> None:
    """Say that it is ready, then answer until there is nothing more to read."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming, outgoing = Connection(os.dup(0), writable=False), Connection(os.dup(1), readable=False)
    os.dup2(2, 1)   # whatever else is printed must not come between the answers
    import django

    django.setup()
    _close_the_database()
    from huiyin.application.ahead.deciding import Decider
    from huiyin.application.ahead.requests import Request, Setting

    decider: Decider | None = None
    try:
        outgoing.send(None)
        while True:
            said: Setting | Request = incoming.recv()
            if isinstance(said, Setting):
                decider = Decider(said)
            else:
                assert decider is not None
                outgoing.send(decider.answers(said))
    except (EOFError, BrokenPipeError):
        return


def _close_the_database() -> None:
    """Let nothing here reach the database: it is at another moment than the writer's transaction."""
    from django.db import connections

    from huiyin.application.ahead.deciding import OutOfReach

    def refuse(*_arguments: Any, **_options: Any) -> NoReturn:
        raise OutOfReach

    for connection in connections.all():
        connection.connect = refuse  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
