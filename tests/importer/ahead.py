"""What the tests of importing with a helper share: tables with everything in them, a helper without a process, all rows."""

import pickle
from contextlib import ExitStack
from itertools import count
from uuid import UUID

from django.db import connection
from tests.importer.test_import import HEADER, MAPPING

from huiyin.application.ahead.deciding import Decider, OutOfReach
from huiyin.application.ahead.requests import Setting
from huiyin.importer.mapping import read_mapping
from huiyin.store.models import FiringRow, OutboxRow, PersonalRow, RegisterRow
from huiyin.store.recording import _INSERTED

AS_IT_WAS = MAPPING + "history: as-it-was\n"


def line(number, *, received="2026/03/02 09:30", subject="环境", title="夜间施工", name="林知秋"):
    return f"{number},{received},{subject},{title}{number if title else ''},连续三晚施工到凌晨,{name},,\n"


def good(numbers):
    return "".join(line(number, name=f"林知{number}") for number in numbers)


MIXED = HEADER + "".join((
    good(range(1, 6)),
    line(6, received="2025/12/30 10:00"),       # the register of another year
    line(7, title=""),                          # refused by the regime
    line(8, subject="教育"),                     # no translation
    line(9, received="昨天"),                    # no time
    line(2, name="林知2"),                       # once more the same
    line(3, title="别的事"),                     # the same key with something else
    line(10, name=""),                          # nobody named
    good(range(11, 16)),
    line(16, received="2025/12/31 10:00"),
    good(range(17, 40)),      # more than twenty of one category in thirty days: the alarm goes off, where it is looked at
))  # fmt: skip


class Beside:
    """A helper in this process: what it is told and what it answers go through the same form; no query gets through."""

    def __init__(self):
        self.pid = 0
        self.told = []
        self.asked = 0

    def is_ready(self):
        return True

    def tell(self, said):
        self.told.append(pickle.dumps(said))

    def answer(self):
        while isinstance(said := pickle.loads(self.told.pop(0)), Setting):
            self.decider = Decider(said)
        self.asked += len(said.items)
        with connection.execute_wrapper(_refuse):
            return pickle.loads(pickle.dumps(self.decider.answers(said)))

    def close(self):
        self.told.clear()


def _refuse(*_arguments):
    raise OutOfReach


def written(tmp_path, table, mapping=AS_IT_WAS):
    """The table as a file, and the mapping read."""
    (tmp_path / "mapping.yaml").write_text(mapping, encoding="utf-8")
    (tmp_path / "table.csv").write_text(table, encoding="utf-8")
    return tmp_path / "table.csv", read_mapping(tmp_path / "mapping.yaml")


def ids_in_order(monkeypatch):
    """Give cases and their sealed records ids that are the same in each run."""
    modules = ("huiyin.application.filing", "huiyin.store.personal.records", "huiyin.application.affairs")
    for place, module in enumerate(modules, start=1):
        numbers = count(place << 32)
        monkeypatch.setattr(f"{module}.uuid7", lambda numbers=numbers: UUID(int=next(numbers) << 80))


def everything():
    """All rows that an import writes, with their columns, and the search index; without what is drawn at random."""
    random = {OutboxRow: {"id"}, PersonalRow: {"wrapped", "sealed"}}
    found = {}
    for model in (*_INSERTED.values(), RegisterRow, FiringRow):
        names = [field.attname for field in model._meta.concrete_fields if field.column]
        names = [name for name in names if name not in random.get(model, ())]
        found[model.__name__] = sorted(map(repr, model.objects.values_list(*names)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM store_search")
        found["search"] = sorted(map(repr, cursor.fetchall()))
    return found


def undone(work):
    """What `work` gives, in a transaction that is taken back."""
    from django.db import transaction

    with ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        result = work()
        transaction.set_rollback(True)
    return result
