"""The full-text index: FTS5 on SQLite, tsvector with GIN on PostgreSQL; both hold characters and find phrases of them.

Not a model: each database has a table of its own kind (`store_search`), keyed by `CaseRow.search_id`.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from .search_text import characters, indexed

PIECE = 4_000
"""Characters of a case that one PostgreSQL vector holds: positions in a tsvector end at 16,383, and one character may
have at most 256 of them, which ordinary text of this length does not reach."""

OVERLAP = 64
"""Characters two neighbouring pieces share; no longer phrase is searched for."""


def create(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Forward step of the migration."""
    vendor = editor.connection.vendor
    with editor.connection.cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute("CREATE TABLE store_search (search_id bigint NOT NULL, piece int NOT NULL, body tsvector NOT NULL)")
            cursor.execute("CREATE INDEX store_search_case ON store_search (search_id)")
            cursor.execute("CREATE INDEX store_search_body ON store_search USING gin (body)")
        else:
            cursor.execute("CREATE VIRTUAL TABLE store_search USING fts5(body, tokenize = 'unicode61 remove_diacritics 0')")


def drop(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Backward step of the migration."""
    with editor.connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS store_search")


def write(texts: Sequence[tuple[int, str]], *, new: bool) -> None:
    """Index the texts of cases: (search id, text). `new` says that none of them is indexed yet."""
    if not texts:
        return
    with connection.cursor() as cursor:
        if not new:
            _delete(cursor, [search_id for search_id, _ in texts])
        if connection.vendor == "postgresql":
            rows = [(search_id, number, piece) for search_id, text in texts for number, piece in enumerate(_pieces(text))]
            cursor.executemany("INSERT INTO store_search (search_id, piece, body) VALUES (%s, %s, %s::tsvector)", rows)
        else:
            cursor.executemany(
                "INSERT INTO store_search (rowid, body) VALUES (%s, %s)",
                [(search_id, indexed(text)) for search_id, text in texts],
            )


def clear(search_ids: Sequence[int]) -> None:
    """Take cases out of the index."""
    with connection.cursor() as cursor:
        _delete(cursor, search_ids)


def clear_all(of: BaseDatabaseWrapper) -> None:
    """Empty the index."""
    with of.cursor() as cursor:
        cursor.execute("DELETE FROM store_search")


def condition(words: str) -> tuple[str, list[str]] | None:
    """SQL that holds for rows of `store_caserow` whose text contains the words, with its parameters.

    Each blank-separated word must occur. None when there is nothing to search for.
    """
    phrases = [list(characters(word))[:OVERLAP] for word in words.split()[:8]]
    phrases = [phrase for phrase in phrases if phrase]
    if not phrases:
        return None
    if connection.vendor == "postgresql":
        parts = [
            "store_caserow.search_id IN (SELECT search_id FROM store_search WHERE body @@ %s::tsquery)" for _ in phrases
        ]
        return " AND ".join(parts), [" <-> ".join(f"'{token}'" for token in phrase) for phrase in phrases]
    query = " AND ".join('"' + " ".join(phrase) + '"' for phrase in phrases)
    return "store_caserow.search_id IN (SELECT rowid FROM store_search WHERE store_search MATCH %s)", [query]


def newest(words: str, limit: int, before: int | None = None) -> list[int]:
    """Search ids of cases that contain the words, newest first, those before a search id only if given."""
    found = condition(words)
    if found is None:
        return []
    sql, parameters = found
    inner = sql.split("IN (", 1)[1][:-1] if connection.vendor != "postgresql" else None
    with connection.cursor() as cursor:
        if inner is not None:
            tail = " AND rowid < %s" if before is not None else ""
            cursor.execute(
                f"{inner}{tail} ORDER BY rowid DESC LIMIT {int(limit)}",
                [*parameters, *([before] if before is not None else [])],
            )
        else:
            tail = " AND search_id < %s" if before is not None else ""
            cursor.execute(
                f"SELECT search_id FROM store_caserow WHERE {sql}{tail} ORDER BY search_id DESC LIMIT {int(limit)}",  # noqa: S608
                [*parameters, *([before] if before is not None else [])],
            )
        return [row[0] for row in cursor.fetchall()]


def _delete(cursor: object, search_ids: Sequence[int]) -> None:
    column = "search_id" if connection.vendor == "postgresql" else "rowid"
    cursor.executemany(  # type: ignore[attr-defined]
        f"DELETE FROM store_search WHERE {column} = %s",  # noqa: S608 - one of two words of ours
        [(search_id,) for search_id in search_ids],
    )


def _pieces(text: str) -> list[str]:
    """A text as tsvector literals of at most PIECE characters, each sharing OVERLAP characters with the one before."""
    tokens = list(characters(text))
    pieces = []
    for start in range(0, max(len(tokens) - OVERLAP, 1), PIECE - OVERLAP):
        positions: dict[str, list[int]] = {}
        for place, token in enumerate(tokens[start : start + PIECE], start=1):
            positions.setdefault(token, []).append(place)
        pieces.append(" ".join(f"'{token}':{','.join(map(str, places))}" for token, places in positions.items()))
    return pieces or [""]
