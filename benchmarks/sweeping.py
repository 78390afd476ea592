"""The overdue sweep: finding what has come due among many open obligations, and acting on it."""

from time import perf_counter, process_time

from .figures import Figure
from .filled import EVENING, at, store_of
from .place import copy_store
from .sizes import Sizes
from .timing import timed

FINDING_MILLISECONDS = 50
LEAST_PER_SECOND = 2_000


def measure(sizes: Sizes) -> list[Figure]:
    """Works on a copy of the large store, whose clock is set to the evening."""
    from huiyin.application.sweeping import due_cases, sweep
    from huiyin.store.models import CaseRow, EventRow, TurnRow

    store_of(sizes.large, sizes)
    copy_store(f"cases-{sizes.large}-{sizes.large}.sqlite3", "sweep.sqlite3")
    organisation = at(EVENING)
    running = TurnRow.objects.filter(organisation_id=organisation.pk, kind="limit", leading=True, overdue=False).count()

    finding = timed(lambda: list(due_cases(organisation.pk, EVENING).values_list("id", flat=True)), 5)
    due = due_cases(organisation.pk, EVENING).count()
    before = EventRow.objects.count()
    begun, processor = perf_counter(), process_time()
    swept = sweep(organisation)
    seconds, processor = perf_counter() - begun, process_time() - processor
    events = EventRow.objects.count() - before
    overdue = CaseRow.objects.filter(organisation_id=organisation.pk, overdue=True).count()
    assert swept == due <= overdue, f"{swept} of {due} swept, {overdue} overdue"
    return [
        Figure("sweep", f"find {due:,} due among {running:,} open", finding.median, "ms", FINDING_MILLISECONDS,
               beside=finding.words()),
        Figure("sweep", f"handle {due:,} due", swept / seconds, "due/s", LEAST_PER_SECOND, at_least=True,
               beside=f"{events:,} events; {swept / processor:,.0f} due/s by CPU time"),
    ]
