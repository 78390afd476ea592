"""The full-text index: FTS5 on SQLite, tsvector with GIN on PostgreSQL; both hold grams of texts and find phrases of them.

Not a model: each database has a table of its own kind (`store_search`), keyed by `CaseRow.search_id`.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper

from .search_text import Asked, asked, grams, indexed

PIECE = 2_000
"""Grams of a case that one PostgreSQL vector holds: a gram may have at most 256 positions in a vector, which ordinary
text of this length does not reach."""

OVERLAP = 64
"""Grams two neighbouring pieces share; no longer phrase is searched for."""

MOST_WORDS = 8

ABOVE_ALL = 2**63 - 1
"""No case has so high a search id."""

LOOKED_THROUGH = 5_000
"""Newest rows that PostgreSQL looks through one by one before it asks its index, which knows no order: of words that many
cases hold it would read all of them to give the newest."""


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


def index_long_cases(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Forward step: on PostgreSQL the few cases that need several pieces are found by an index of their own."""
    if editor.connection.vendor == "postgresql":
        with editor.connection.cursor() as cursor:
            cursor.execute("CREATE INDEX store_search_long ON store_search (search_id) WHERE piece > 0")


def forget_long_cases(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Backward step of it."""
    if editor.connection.vendor == "postgresql":
        with editor.connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS store_search_long")


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


def newest(words: str, limit: int, before: int = ABOVE_ALL) -> list[int]:
    """Search ids of cases that contain every blank-separated word, newest first; those before a search id if given."""
    phrases = _phrases(words)
    if not phrases:
        return []
    find = _newest_on_postgresql if connection.vendor == "postgresql" else _newest_on_sqlite
    with connection.cursor() as cursor:
        return find(cursor, phrases, limit, before)


def among(words: str, search_ids: Sequence[int]) -> list[int]:
    """Which of these cases contain every blank-separated word."""
    phrases = _phrases(words)
    if not phrases or not search_ids:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            queries = [_tsquery(phrase) for phrase in phrases]
            statement = f"SELECT search_id FROM store_search WHERE search_id = ANY(%s) {_holding(queries)}"  # noqa: S608 - ours
            cursor.execute(statement, [list(search_ids), *queries])
        else:
            ids = ", ".join(str(int(each)) for each in search_ids)
            statement = f"SELECT rowid FROM store_search WHERE store_search MATCH %s AND rowid IN ({ids})"  # noqa: S608 - numbers
            cursor.execute(statement, [_match(phrases)])
        return [row[0] for row in cursor.fetchall()]


def _phrases(words: str) -> list[Asked]:
    return [phrase for word in words.split()[:MOST_WORDS] if (phrase := asked(word, OVERLAP))]


def _match(phrases: Sequence[Asked]) -> str:
    """Phrases in FTS5's words; grams are letters and digits only."""
    return " AND ".join(f'"{" ".join(phrase.grams)}"{"*" if phrase.beginning else ""}' for phrase in phrases)


def _newest_on_sqlite(cursor: CursorWrapper, phrases: Sequence[Asked], limit: int, before: int) -> list[int]:
    """FTS5 gives hits in the order of row ids, so it reads no more of them than are wanted."""
    cursor.execute(
        "SELECT rowid FROM store_search WHERE store_search MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s",
        [_match(phrases), before, limit],
    )
    return [row[0] for row in cursor.fetchall()]


def _newest_on_postgresql(cursor: CursorWrapper, phrases: Sequence[Asked], limit: int, before: int) -> list[int]:
    """Through the newest rows; where they hold too few hits, the others are not so many, and the index gives them."""
    queries = [_tsquery(phrase) for phrase in phrases]
    cursor.execute(
        "SELECT search_id FROM store_search WHERE search_id < %s ORDER BY search_id DESC OFFSET %s LIMIT 1",
        [before, LOOKED_THROUGH],
    )
    found = cursor.fetchone()
    first = found[0] if found else 0     # without one, these are all there are
    cursor.execute(
        "SELECT search_id FROM store_search WHERE search_id < %s AND search_id >= %s "  # noqa: S608 - text of ours
        f"{_holding(queries)} ORDER BY search_id DESC LIMIT %s",
        [before, first, *queries, limit],
    )
    hits = [row[0] for row in cursor.fetchall()]
    if first and len(hits) < limit:
        statement, parameters = _by_index(queries, first)
        cursor.execute(statement + " ORDER BY 1 DESC LIMIT %s", [*parameters, limit - len(hits)])
        hits += [row[0] for row in cursor.fetchall()]
    return hits


def _by_index(queries: Sequence[str], before: int) -> tuple[str, list[str | int]]:
    """Hits below a search id: cases with all words in one piece, and those with each in another one.

    `+ 0` keeps the planner from going through all rows in their order, which it thinks best where it does not know a gram.
    """
    one = "SELECT DISTINCT search_id + 0 FROM store_search WHERE search_id < %s AND body @@ %s::tsquery"
    together: list[str | int] = [before, " & ".join(f"({query})" for query in queries)]
    if len(queries) == 1:
        return one, together
    other = "search_id IN (SELECT search_id FROM store_search WHERE piece > 0 AND search_id < %s AND body @@ %s::tsquery)"
    apart = f"SELECT search_id FROM store_search WHERE {other} {_holding(queries)}"  # noqa: S608 - text of ours
    any_of_them = " | ".join(f"({query})" for query in queries)
    return f"{one} UNION {apart}", [*together, before, any_of_them, *queries]


def _holding(queries: Sequence[str]) -> str:
    """The pieces of a case together hold all the words: each may be in another one."""
    return "GROUP BY search_id HAVING " + " AND ".join(["bool_or(body @@ %s::tsquery)"] * len(queries))


def _tsquery(phrase: Asked) -> str:
    """A phrase in PostgreSQL's words; grams are letters and digits only."""
    return " <-> ".join(f"'{gram}'" for gram in phrase.grams) + (":*" if phrase.beginning else "")


def _delete(cursor: CursorWrapper, search_ids: Sequence[int]) -> None:
    column = "search_id" if connection.vendor == "postgresql" else "rowid"
    cursor.executemany(
        f"DELETE FROM store_search WHERE {column} = %s",  # noqa: S608 - one of two words of ours
        [(search_id,) for search_id in search_ids],
    )


def _pieces(text: str) -> list[str]:
    """A text as tsvector literals of at most PIECE grams, each sharing OVERLAP grams with the one before."""
    tokens = grams(text)
    pieces = []
    for start in range(0, max(len(tokens) - OVERLAP, 1), PIECE - OVERLAP):
        positions: dict[str, list[int]] = {}
        for place, token in enumerate(tokens[start : start + PIECE], start=1):
            positions.setdefault(token, []).append(place)
        pieces.append(" ".join(f"'{token}':{','.join(map(str, places))}" for token, places in positions.items()))
    return pieces or [""]
