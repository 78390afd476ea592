"""Counting what several queries list together, to a bound: by the database, and row by row only where it must be."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from huiyin.store.compiled_query import CompiledQuery

ALL = ("*",)
"""In place of subjects: the query is asked once, for all of them, and may list a thing in several rows."""

_ROWS_FOR_ONE = (4, 100)
"""In how many rows such a query may list each thing, on the average: few are tried first, for a database may read all it is
allowed to before it looks which are alike.
"""

Asked = Iterable[tuple["QuerySet[Any, Any]", Sequence[str]]]
"""`values_list` queries of what makes a thing one, each asked for every one of its subjects in place of MARK (or for ALL).
One query lists a thing once for a subject; several subjects, or queries, may list the same thing.
"""


def count_once(asked: Asked, most: int) -> int:
    """How many different things there are, counted no further than `most`."""
    return sum(count_groups(asked, most)[0].values())


def count_groups(asked: Asked, most: int, *columns: str) -> tuple[dict[tuple[Any, ...], int], bool]:
    """How many different things there are with each combination of the columns, and whether that is all of them.

    The columns are selected last. Where it is not all, there are at least `most`, and the numbers are of the first `most`.
    """
    listing: list[tuple[CompiledQuery, str]] = []
    groups: dict[tuple[Any, ...], int] = {}
    for query, subjects in asked:
        one_by_one = CompiledQuery(query[:most]) if subjects != ALL else None
        for subject in subjects:
            if one_by_one is None:
                compiled, tally = _tally_at_once(query, most, *columns)
            else:
                compiled, tally = one_by_one, one_by_one.tally(subject, *columns)
            if sum(tally.values()) >= most:
                return tally, False
            if tally:
                listing.append((compiled, subject))
                groups = tally
    if len(listing) < 2:
        return groups, True
    things = {row for compiled, subject in listing for row in compiled.rows([subject], raw=True)}
    groups = {}
    for thing in islice(things, most):
        group = thing[len(thing) - len(columns) :]
        groups[group] = groups.get(group, 0) + 1
    return groups, len(things) < most


def _tally_at_once(query: "QuerySet[Any, Any]", most: int, *columns: str) -> tuple[CompiledQuery, dict[tuple[Any, ...], int]]:
    """The query as it was asked in the end, and its tally."""
    few, many = _ROWS_FOR_ONE
    compiled = CompiledQuery(query[: most * few])
    tally = compiled.tally("", *columns, different=most)
    if most * few // many <= sum(tally.values()) < most:
        compiled = CompiledQuery(query[: most * many])
        tally = compiled.tally("", *columns, different=most)
    return compiled, tally
