"""The full-text index: FTS5 on SQLite, tsvector with GIN on PostgreSQL; both hold characters and find phrases of them.

Not a model: each database has a table of its own kind (`store_search`), keyed by `CaseRow.search_id`.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from .search_text import characters, indexed

PIECE = 1_000
"""Characters of a case that one PostgreSQL vector holds: a character may have at most 256 positions in a vector, which
ordinary text of this length does not reach."""

OVERLAP = 64
"""Characters two neighbouring pieces share; no longer phrase is searched for."""

MOST_WORDS = 8


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


def newest(words: str, limit: int, before: int | None = None) -> list[int]:
    """Search ids of cases that contain every blank-separated word, newest first; those before a search id if given."""
    phrases = [list(characters(word))[:OVERLAP] for word in words.split()[:MOST_WORDS]]
    phrases = [phrase for phrase in phrases if phrase]
    if not phrases:
        return []
    statement, parameters = (_on_postgresql if connection.vendor == "postgresql" else _on_sqlite)(phrases, before)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY 1 DESC LIMIT {int(limit)}", parameters)
        return [row[0] for row in cursor.fetchall()]


Query = tuple[str, list[str | int]]


def _on_sqlite(phrases: list[list[str]], before: int | None) -> Query:
    match = " AND ".join('"' + " ".join(phrase) + '"' for phrase in phrases)
    statement = "SELECT rowid FROM store_search WHERE store_search MATCH %s"
    return (f"{statement} AND rowid < %s", [match, before]) if before is not None else (statement, [match])


def _on_postgresql(phrases: list[list[str]], before: int | None) -> Query:
    """Words may stand in different pieces of a case, so each word has a query of its own."""
    one = "SELECT search_id FROM store_search WHERE body @@ %s::tsquery"
    parameters: list[str | int] = []
    for phrase in phrases:
        parameters.append(" <-> ".join(f"'{token}'" for token in phrase))
        if before is not None:
            parameters.append(before)
    narrowed = f"{one} AND search_id < %s" if before is not None else one
    found = " INTERSECT ".join([narrowed] * len(phrases))
    return f"SELECT DISTINCT search_id FROM ({found}) AS found", parameters  # noqa: S608 - text of ours


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
