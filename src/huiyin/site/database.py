"""Which database: HUIYIN_DATABASE as an address, turned into Django's settings. SQLite in the data folder by default."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

BUSY_SECONDS = 20
"""How long a writer waits for another one before it is told that the database is busy."""

SQLITE_PRAGMAS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -32000;
    PRAGMA mmap_size = 268435456;
    PRAGMA wal_autocheckpoint = 8000;
"""
"""WAL with FULL: a commit that was answered is on the disk. The cache is 32 MB a connection."""


POSTGRESQL_OPTIONS = {
    "connect_timeout": "3",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
"""For libpq: three seconds to connect to each host; a machine that is cut off is noticed after eleven seconds in which
nothing was said, or ten (milliseconds here) in which nothing of ours arrived. A word in the address replaces one of these.
"""


class DatabaseAddressError(ValueError):
    """HUIYIN_DATABASE cannot be understood; the message says what is accepted."""


def database_settings(address: str, data_folder: Path) -> dict[str, Any]:
    """Django's DATABASES["default"] for an address.

    `address` is empty (SQLite in the data folder), `sqlite:///relative/or//absolute/path`, or
    `postgresql://user:password@host:port/name?host=/folder/of/socket&sslmode=require`: what follows the question mark
    goes to libpq as it is, after POSTGRESQL_OPTIONS, except `host`, which names a socket folder, and
    `pooling=transaction`, which says that a pooler (PgBouncer) lends a connection to the server for one transaction.

    Raises DatabaseAddressError for anything else.
    """
    if not address:
        return _sqlite(data_folder / "huiyin.sqlite3")
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        if parts.netloc or len(parts.path) < 2:
            raise _not_understood(address)
        return _sqlite(Path(unquote(parts.path[1:])))
    if parts.scheme in ("postgresql", "postgres"):
        return _postgresql(address)
    raise _not_understood(address)


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            # A transaction that will write takes the lock when it begins: it waits its turn, and never fails half-way.
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_PRAGMAS,
        },
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    port = options.pop("port", "") or (str(parts.port) if parts.port else "")
    name = unquote(parts.path.lstrip("/"))
    pooling = options.pop("pooling", "")
    if not name or pooling not in ("", "transaction"):
        raise _not_understood(address)
    return {
        "ENGINE": "huiyin.site.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # A cursor kept open between transactions would be looked for on somebody else's connection. Statements prepared
        # on the server would be, too; Django leaves them off unless told otherwise.
        "DISABLE_SERVER_SIDE_CURSORS": pooling == "transaction",
        "OPTIONS": POSTGRESQL_OPTIONS | options,
    }


def _not_understood(address: str) -> DatabaseAddressError:
    shown = urlsplit(address)._replace(netloc="…").geturl() if "@" in address else address  # never print a password
    return DatabaseAddressError(
        f"HUIYIN_DATABASE 写的“{shown}”看不懂。可以写 sqlite:///文件路径，或 postgresql://用户:密码@主机:端口/库名；"
        f"经 PgBouncer 事务池的，末尾加 ?pooling=transaction；不写就用数据目录里的 huiyin.sqlite3。"
        f" HUIYIN_DATABASE is not understood: write sqlite:///path or postgresql://user:password@host:port/name,"
        f" with ?pooling=transaction behind PgBouncer in transaction mode."
    )
