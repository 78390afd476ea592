"""Bulk import: rows of a CSV become cases, every rule evaluated, personal data sealed, lists and search written."""

from .figures import Figure
from .filled import Filling, filling_of
from .sizes import Sizes

LEAST_PER_SECOND = 2_000


def measure(sizes: Sizes) -> list[Figure]:
    """The rate while the large store is filled, so with ever more cases there already."""
    filling = filling_of(sizes)
    return _figures(filling) if filling is not None else []


def _figures(filling: Filling) -> list[Figure]:
    new = filling.imported / filling.import_seconds
    by_processor = filling.imported / filling.import_processor
    past = filling.past / filling.past_seconds
    return [
        Figure("import", f"{filling.imported:,} new cases from CSV", new, "cases/s", LEAST_PER_SECOND, at_least=True,
               beside=f"{by_processor:,.0f} cases/s by CPU time; a durable commit every 250 rows"),
        Figure("import", f"{filling.past:,} past cases", past, "cases/s", beside="with 1 to 5 commands each"),
    ]
