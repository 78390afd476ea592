"""First pages of the work list and of the list of cases, with several filters, on a small and on a large store."""

from .figures import Figure
from .filled import CENTRE, LIAISON, REGIME, store_of
from .pages import compared, page_time, signed_in
from .sizes import Sizes
from .timing import Taken

BUDGET_MILLISECONDS = 50

DAY, CASES = "/desk/", "/desk/cases/"
PAGES: dict[str, tuple[str, str, dict[str, str]]] = {
    "my day": (CENTRE, DAY, {}),
    "my day, all visible": (CENTRE, DAY, {"scope": "all"}),
    "an agency's day": (LIAISON, DAY, {}),
    "cases": (CENTRE, CASES, {}),
    "cases, one regime": (CENTRE, CASES, {"regime": REGIME}),
    "cases, not closed": (CENTRE, CASES, {"state": "not-closed"}),
    "cases, closed": (CENTRE, CASES, {"state": "closed"}),
    "cases, overdue": (CENTRE, CASES, {"overdue": "yes"}),
    "cases, unit + category": (CENTRE, CASES, {"regime": REGIME, "unit": "housing-bureau", "category": "construction"}),
    "cases, none match": (CENTRE, CASES, {"unit": "housing-bureau", "category": "transport"}),
    "an agency's cases": (LIAISON, CASES, {}),
}
"""Name → who looks, page, filters."""


def measure(sizes: Sizes) -> list[Figure]:
    """Each page on both stores."""
    small, large = (_all_pages(cases, sizes) for cases in (sizes.small, sizes.large))
    return [
        figure
        for name in PAGES
        for figure in compared("lists", BUDGET_MILLISECONDS, sizes, name, small[name], large[name])
    ]


def _all_pages(cases: int, sizes: Sizes) -> dict[str, Taken]:
    organisation = store_of(cases, sizes)
    clients = {person: signed_in(organisation, person) for person in (CENTRE, LIAISON)}
    return {
        name: page_time(clients[person], sizes, path, **questions)
        for name, (person, path, questions) in PAGES.items()
    }
