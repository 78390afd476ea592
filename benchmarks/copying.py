"""A store of very many cases made out of a small one: its cases copied again and again, under ids, numbers and people of
their own.

Filling a million cases one by one through the rules takes half an hour; this takes a few minutes. Copied is what lists and
search read: the rows of cases, what is owed, who may see it, the full-text index. People are sealed and indexed as they
are when a case is filed, each from a message of its own. Events are copied of those cases only that the clock will move
this evening, with the digests they had: folding reads events and does not check the chain. Notices and command keys are
not copied: no list reads them.
"""

import re
from collections.abc import Callable, Iterable
from uuid import UUID

from .citizens import message
from .place import progress
from .sizes import Sizes

EVENTS = "store_eventrow"
_TABLES = ("store_caserow", "store_turnrow", "store_audiencerow")
_PORTION = 10
"""Copies of the small store to a transaction."""


def copy_cases(sizes: Sizes, due: Iterable[UUID]) -> None:
    """Add copies to the small store, which is open, until it holds `sizes.large` cases; those that are `due` with their events."""
    from django.db import connection, transaction

    assert connection.vendor == "sqlite", "cases are copied by statements of SQLite"
    connection.ensure_connection()
    first, last = _ends()
    span = ((last.int - first.int) >> 80) + 1_000     # milliseconds, the highest 48 bits of an id
    connection.connection.create_function("id_in_copy", 2, _id_in_copy(span), deterministic=True)
    connection.connection.create_function("search_number", 1, _search_number, deterministic=True)
    connection.connection.create_function("body_in_copy", 4, _body_in_copy, deterministic=True)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")    # if the machine breaks down now, it is made again
        cursor.execute("PRAGMA cache_size = -1000000")
        _templates(cursor, due)
    for start in range(1, sizes.large // sizes.small, _PORTION):
        copies = range(start, min(start + _PORTION, sizes.large // sizes.small))
        with transaction.atomic(), connection.cursor() as cursor:
            for copy in copies:
                _copy_rows(cursor, copy)
                _copy_people(copy, sizes.small, span)
        if start // _PORTION % 10 == 9:
            progress(f"{copies.stop * sizes.small:,} of {sizes.large:,} cases copied")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _ends() -> tuple[UUID, UUID]:
    from huiyin.store.models import CaseRow

    ids = CaseRow.objects.order_by("id").values_list("id", flat=True)
    first, last = ids.first(), ids.last()
    assert first is not None
    assert last is not None
    return first, last


def _id_in_copy(span: int) -> Callable[[str, int], str]:
    """A case's id in a copy: as if all of them had been filed so much later."""
    return lambda case_id, copy: f"{int(case_id, 16) + (copy * span << 80):032x}"


def _body_in_copy(body: str, case_id: str, own: str, copy: int) -> str:
    """An event of the copy, which names the case it begins, and its number."""
    return re.sub(r'"number":"([^"]+)"', rf'"number":"\1-{copy}"', body).replace(str(UUID(case_id)), str(UUID(own)))


def _search_number(case_id: str) -> int:
    from huiyin.store.identifiers import search_number

    return search_number(UUID(case_id))


def _templates(cursor: object, due: Iterable[UUID]) -> None:
    """What is copied, in tables of this connection."""
    cases = ", ".join(f"'{case_id.hex}'" for case_id in due) or "''"
    cursor.execute(f"CREATE TEMP TABLE copied_{EVENTS} AS SELECT * FROM {EVENTS} WHERE case_id IN ({cases})")  # type: ignore[attr-defined]
    for table in (*_TABLES, "store_search"):
        what = "search.body, cases.id" if table == "store_search" else "*"
        joined = " search JOIN store_caserow cases ON cases.search_id = search.rowid" if table == "store_search" else ""
        cursor.execute(f"CREATE TEMP TABLE copied_{table} AS SELECT {what} FROM {table}{joined}")  # type: ignore[attr-defined]


def _copy_rows(cursor: object, copy: int) -> None:
    own = {
        "id": f"id_in_copy(id, {copy})",
        "case_id": f"id_in_copy(case_id, {copy})",
        "search_id": f"search_number(id_in_copy(id, {copy}))",
        "number": f"number || '-{copy}'",
        "body": f"body_in_copy(body, case_id, id_in_copy(case_id, {copy}), {copy})",
    }
    for table in (*_TABLES, EVENTS):
        columns = [row[1] for row in cursor.execute(f"PRAGMA table_info({table})").fetchall()]  # type: ignore[attr-defined]
        values = ", ".join(own.get(column, f'"{column}"') for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM copied_{table}")  # type: ignore[attr-defined]
    cursor.execute(  # type: ignore[attr-defined]
        "INSERT INTO store_search (rowid, body) "
        f"SELECT search_number(id_in_copy(id, {copy})), body FROM copied_store_search"
    )


def _copy_people(copy: int, size: int, span: int) -> None:
    """The complainants of a copy: other people, with telephone numbers of their own."""
    from huiyin.store.models import CaseRow
    from huiyin.store.personal.data import PersonalData
    from huiyin.store.personal.records import COMPLAINANT, new_record
    from huiyin.store.rows import insert_rows

    moved = _id_in_copy(span)
    cases = list(CaseRow.objects.order_by("id").values_list("id", "organisation_id")[:size])
    made = []
    for number, (case_id, organisation_id) in enumerate(cases, start=copy * size):
        said = message(number)
        own = UUID(moved(case_id.hex, copy))
        made.append(new_record(organisation_id, own, COMPLAINANT, PersonalData(said.name, said.phone, said.address)))
    insert_rows([record for record, _ in made])
    insert_rows([index for _, indexes in made for index in indexes])
