"""Turns the troubles of databases and disks into `StoreUnavailable`, each with its own sentence."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils.translation import gettext_noop

from .errors import StoreUnavailable

LOCKED = gettext_noop("数据库正忙，这次操作没有保存；请稍等片刻再试。")
READ_ONLY = gettext_noop("数据库现在只能读取，这次操作没有保存；请联系管理员检查数据目录的权限。")
FULL = gettext_noop("磁盘空间已满，这次操作没有保存；请联系管理员清理空间后再试。")
BROKEN = gettext_noop("数据库文件已损坏或不是数据库，这次操作没有保存；请联系管理员从备份恢复。")
UNREACHABLE = gettext_noop("连不上数据库，这次操作没有保存；请稍后再试或联系管理员。")
NO_ANSWER = "数据库一直没有回答，这次操作可能没有保存；请稍后原样再交一次，不会重复。"

_SIGNS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("database is locked", "database table is locked", "lock timeout", "deadlock detected"), LOCKED),
    (("readonly database", "read-only transaction", "read-only file system"), READ_ONLY),
    (("disk is full", "no space left", "could not extend file", "disk i/o error"), FULL),
    (("malformed", "file is not a database"), BROKEN),
    (("no answer from the database",), NO_ANSWER),
    (("unable to open database", "connection refused", "could not connect", "connection is closed", "server closed",
      "connection failed", "terminating connection"), UNREACHABLE),
)
_DISK = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.EACCES: READ_ONLY, errno.EPERM: READ_ONLY}


@contextmanager
def clear_failures() -> Iterator[None]:
    """Run store work; a database or disk that cannot take it raises StoreUnavailable, other errors pass through."""
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        raise StoreUnavailable(sentence) from error
    except OSError as error:
        if error.errno not in _DISK:
            raise
        raise StoreUnavailable(_DISK[error.errno]) from error


def sentence_for(error: Exception) -> str | None:
    """The Chinese sentence for a database error that is about availability; None for any other."""
    words = str(error).lower()
    for signs, sentence in _SIGNS:
        if any(sign in words for sign in signs):
            return sentence
    return UNREACHABLE if _of_a_server(error) else None


def _of_a_server(error: Exception) -> bool:
    """Whether PostgreSQL, a pooler before it or the way to them failed, in whatever words: shutting down, starting up,
    taking over, no connection to spare. SQLite says OperationalError for mistakes of ours, too.
    """
    return isinstance(error, OperationalError | InterfaceError) and type(error.__cause__).__module__.startswith("psycopg")
