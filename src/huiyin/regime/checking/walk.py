"""Walk through the flow on paper: which events can happen and which steps can open, under some assumption."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from huiyin.regime.compiling.events import CORRECTIVE_STAGES
from huiyin.regime.compiling.graph import events_of
from huiyin.regime.model import Regime, Step
from huiyin.regime.vocabulary import ASSESSMENT_EVENTS, CATALOGUE, CORE_ACTS, TRANSFER_EVENTS

_OF_STEPS = frozenset({"concluded", "replied", "followed-up", "closed", *ASSESSMENT_EVENTS.values(), "assigned"})
_OF_THE_ENGINE = frozenset({"registered", "acknowledged"})


@dataclass(slots=True)
class Walk:
    """What could happen. `happened` are events, `opened` steps."""

    happened: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)

    def closes(self, regime: Regime) -> bool:
        """Whether a step that closes the case could open."""
        return any("closed" in regime.flow[step].marks for step in self.opened)


def outcomes_of(regime: Regime) -> frozenset[str]:
    """The assessment outcomes the regime knows; without a table everything is accepted."""
    return frozenset(row.outcome for row in regime.assessment) or frozenset({"accept"})


def everything(regime: Regime, events: Collection[str]) -> Walk:
    """The walk in which every act, limit, watch and duty may play in."""
    steps = set(regime.flow)
    free = {event for event in events if event.partition(":")[0].partition(".")[0] not in steps}
    seeds = {event for event in free if event not in _OF_STEPS and event not in _OF_THE_ENGINE}
    seeds |= {caused for act, (_title, caused) in CORE_ACTS.items() if caused and regime.acts[act].allowed}
    seeds |= {f"{step}.{end}" for step in steps for end in ("overdue", "met") if f"{step}.{end}" in events}
    if regime.transfers is None:
        seeds -= {*TRANSFER_EVENTS, "send-transfer", "confirm-transfer", "return-transfer"}
    return walk(regime, seeds, outcomes=outcomes_of(regime))


def main_road(
    regime: Regime,
    outcomes: Collection[str],
    *,
    without: Collection[str] = (),
    only: Mapping[str, Collection[str]] | None = None,
) -> Walk:
    """The walk from receipt with these assessment outcomes and nothing from aside: no acts, limits, watches.

    `without` are steps nobody does; `only` names the outcomes with which some steps end.
    """
    return walk(regime, {"received", "graded"}, outcomes=outcomes, without=without, only=only or {})


def walk(
    regime: Regime,
    seeds: Collection[str],
    *,
    outcomes: Collection[str],
    without: Collection[str] = (),
    only: Mapping[str, Collection[str]] | None = None,
) -> Walk:
    """Open whatever can open until nothing more can."""
    trip = Walk(set(seeds))
    marked = {mark for step in regime.flow.values() for mark in step.marks}
    if "received" in trip.happened:
        trip.happened |= _OF_THE_ENGINE - marked
    assessed = {ASSESSMENT_EVENTS[outcome] for outcome in outcomes}
    size = -1
    while size != len(trip.happened) + len(trip.opened):
        size = len(trip.happened) + len(trip.opened)
        for step in regime.flow.values():
            if step.id not in without and step.id not in trip.opened and _opens(step, trip.happened):
                trip.opened.add(step.id)
                trip.happened |= _events(step, assessed, only or {})
        _engine(regime, trip, assessed)
        _transfer(regime, trip)
        _correctives(regime, trip)
        _rounds(regime, trip)
    return trip


def _opens(step: Step, happened: set[str]) -> bool:
    return any(event in happened for event in step.after) or (
        bool(step.after_all) and all(event in happened for event in step.after_all)
    )


def _events(step: Step, assessed: set[str], only: Mapping[str, Collection[str]]) -> set[str]:
    events = set(events_of(step)) - {f"{step.id}.exhausted"}
    if "assessment" in step.decides:
        events -= set(ASSESSMENT_EVENTS.values()) - assessed
    if step.id in only:
        events -= {f"{step.id}:{outcome}" for outcome in step.outcomes if outcome not in only[step.id]}
    return events


def _engine(regime: Regime, trip: Walk, assessed: set[str]) -> None:
    if "registered" in trip.happened and not regime.decided_by_step("assessment"):
        trip.happened |= assessed
    if "accepted" in trip.happened and not regime.decided_by_step("routing"):
        trip.happened.add("assigned")


def _transfer(regime: Regime, trip: Walk) -> None:
    """What was transferred is sent and received, where the regime has rules of transfers; a return is no main road."""
    if "transferred" in trip.happened and regime.transfers is not None:
        trip.happened |= {"transfer-sent", "transfer-received"} if regime.transfers.receipt else {"transfer-sent"}


def _correctives(regime: Regime, trip: Walk) -> None:
    """A corrective action that the case gives rise to for certain tells it how far it has come."""
    for action in regime.corrective.values():
        if action.when is None and any(event in trip.happened for event in action.after):
            trip.happened |= {f"{action.id}.{stage}" for stage in CORRECTIVE_STAGES}


def _rounds(regime: Regime, trip: Walk) -> None:
    """A step runs out of rounds only if something can open it again: what follows from it, or an act."""
    for step_id in trip.opened:
        step = regime.flow[step_id]
        if step.rounds is None:
            continue
        back = {event for other in step.followers | {step_id} for event in events_of(regime.flow[other])}
        own = {event for other in regime.flow.values() for event in events_of(other)}
        again = {event for event in step.after if event in back or (event not in own and event not in CATALOGUE)}
        if again & trip.happened:
            trip.happened.add(f"{step_id}.exhausted")
