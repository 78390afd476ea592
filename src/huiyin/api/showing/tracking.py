"""The complainant's view: stations, what was told, what comes next. Nothing of how the organisation works inside."""

from huiyin.api.problems import cites
from huiyin.api.schemas.tracking import Milestone, Told, TrackedOut
from huiyin.application.loading import Opened
from huiyin.cases.phases import phase_of
from huiyin.cases.state import Case, Obligation
from huiyin.regime.model import Regime
from huiyin.regime.vocabulary import CATALOGUE
from huiyin.store.delivery import notices_on_tracking_page

from .cases import body_out
from .papers import papers_out
from .possible import possible_out


def tracked_out(opened: Opened) -> TrackedOut:
    """A case as its complainant sees it."""
    case, regime = opened.case, opened.regime
    ahead = next_for_complainant(regime, case)
    return TrackedOut(
        number=case.number,
        version=opened.row.version,
        rehearsal=opened.world.organisation.rehearsal,
        regime=regime.title,
        kind=regime.kinds.get(case.kind, case.kind),
        state=case.state,
        phase=phase_of(case),
        received_at=case.received_at,
        closed_at=case.closed_at,
        answered=case.answered,
        milestones=[
            Milestone(
                id=name, title=CATALOGUE.get(name, name), at=case.signals[name].first if name in case.signals else None
            )
            for name in regime.portal.progress
        ],
        next_due=ahead.due if ahead else None,
        next_due_title=ahead.title if ahead else "",
        body=body_out(case.body),
        transfer_stage=case.transfer.stage if case.transfer else "",
        transfer_number=case.transfer_number if case.transfer else "",
        notices=[
            Told(at=row.at, title=row.title, text=row.text, cite=cites(row.cite, regime.articles))
            for row in notices_on_tracking_page(opened.row.id)
        ],
        documents=papers_out(opened),
        possible=possible_out(opened),
    )


def next_for_complainant(regime: Regime, case: Case) -> Obligation | None:
    """The first limit that runs towards a station the complainant is shown."""
    running = [
        item
        for item in case.running()
        if item.due is not None and item.paused_at is None and _leads_to_a_station(item, regime)
    ]
    return min(running, key=lambda item: item.due or item.started_at, default=None)


def _leads_to_a_station(item: Obligation, regime: Regime) -> bool:
    """Whether the limit ends with a station, or with a step that marks one."""
    limit = regime.limits.get(item.limit)
    if limit is None:
        return False
    ends = {name.partition(":")[0].partition(".")[0] for name in limit.end}
    marks = {mark for name in ends if name in regime.flow for mark in regime.flow[name].marks}
    return not set(regime.portal.progress).isdisjoint(ends | marks)
