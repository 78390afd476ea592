"""The overdue sweep: finding what has come due among many open obligations, and acting on it."""

from time import perf_counter, process_time

from .figures import Figure
from .filled import EVENING, at, store_of
from .place import copy_store, on_server, write_out
from .sizes import Sizes
from .timing import timed

FINDING_MILLISECONDS = 50
LEAST_PER_SECOND = 2_000


def measure(sizes: Sizes) -> list[Figure]:
    """Works on copies of the large store, whose clock is set to the evening."""
    from huiyin.application.sweeping import due_cases
    from huiyin.store.models import TurnRow

    _copy(sizes)
    organisation = at(EVENING)
    running = TurnRow.objects.filter(organisation_id=organisation.pk, kind="limit", leading=True, overdue=False).count()
    finding = timed(lambda: list(due_cases(organisation.pk, EVENING).values_list("id", flat=True)), 5)
    due = due_cases(organisation.pk, EVENING).count()
    found = Figure("sweep", f"find {due:,} due among {running:,} open", finding.median, "ms", FINDING_MILLISECONDS,
                   beside=finding.words())
    if on_server():     # whose memory is its own affair
        return [found, _handling("")]
    write_out("sweep.sqlite3", forget=False)
    figures = [found, _handling(", pages in memory")]
    _copy(sizes)
    write_out("sweep.sqlite3", forget=True)
    return [*figures, _handling(", every page on the disk")]


def _copy(sizes: Sizes) -> None:
    store_of(sizes.large, sizes)
    copy_store(f"cases-{sizes.large}-{sizes.large}.sqlite3", "sweep.sqlite3")


def _handling(where: str) -> Figure:
    """Act on all that is due in the store that is open."""
    from huiyin.application.sweeping import due_cases, sweep
    from huiyin.store.models import CaseRow, EventRow

    organisation = at(EVENING)
    begun, processor = perf_counter(), process_time()
    swept = sweep(organisation)
    seconds, processor = perf_counter() - begun, process_time() - processor
    left = due_cases(organisation.pk, EVENING).count()
    events = EventRow.objects.filter(organisation_id=organisation.pk, at__gte=EVENING).count()
    overdue = CaseRow.objects.filter(organisation_id=organisation.pk, overdue=True).count()
    assert not left, f"{left} left, {swept} swept"
    assert swept <= overdue, f"{swept} swept, {overdue} overdue"
    return Figure("sweep", f"handle {swept:,} due{where}", swept / seconds, "due/s", LEAST_PER_SECOND, at_least=True,
                  beside=f"{events:,} events; {swept / processor:,.0f} due/s by CPU time")
