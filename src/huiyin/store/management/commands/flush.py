"""`flush` empties every table. Here it only empties databases of a test run: the event log is append-only for all others."""

from contextlib import ExitStack
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections
from django.test import utils

from huiyin.organisations import guard as organisation_guard
from huiyin.store import guard, search_index


class Command(flush.Command):
    """Django's `flush`, refused outside test runs and aware of the append-only tables."""

    help = "清空测试数据库；其他数据库的事件记录只能追加，不能清空。"

    def handle(self, **options: Any) -> None:
        """Lift the guards, empty the tables, put the guards back."""
        if not hasattr(utils._TestState, "saved_data"):  # noqa: SLF001 - how Django itself knows that tests run
            raise CommandError("事件记录只能追加：本命令只用于测试数据库。")
        connection = connections[options["database"]]
        with ExitStack() as lifted:
            for each in (guard.log, *organisation_guard.ALL):
                lifted.enter_context(each.lifted(connection))
            super().handle(**options)
        search_index.clear_all(connection)
