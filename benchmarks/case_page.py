"""The page of one case, for cases in different states, on a small and on a large store."""

from itertools import cycle

from django.urls import reverse

from .figures import Figure
from .filled import CENTRE, store_of
from .pages import asking, compared, signed_in
from .sizes import Sizes
from .timing import Taken, timed

BUDGET_MILLISECONDS = 20
KINDS = {
    "new case": {"state": "open", "handling_unit": ""},
    "case being handled": {"state": "open", "handling_unit__gt": "", "overdue": False},
    "closed case": {"state": "closed"},
}


def measure(sizes: Sizes) -> list[Figure]:
    """Each kind of case, several different cases of it one after the other."""
    small, large = (_all_kinds(cases, sizes) for cases in (sizes.small, sizes.large))
    return [
        figure
        for name in KINDS
        for figure in compared("case page", BUDGET_MILLISECONDS, sizes, name, small[name], large[name])
    ]


def _all_kinds(cases: int, sizes: Sizes) -> dict[str, Taken]:
    from huiyin.store.models import CaseRow

    organisation = store_of(cases, sizes)
    client = signed_in(organisation, CENTRE)
    taken = {}
    for name, kind in KINDS.items():
        rows = CaseRow.objects.filter(organisation_id=organisation.pk, **kind).order_by("id")
        numbers = list(rows.values_list("number", flat=True)[: sizes.rounds + 1])
        pages = cycle([asking(client, reverse("desk-case", args=[number])) for number in numbers])
        taken[name] = timed(lambda pages=pages: next(pages)(), sizes.rounds)
    return taken
