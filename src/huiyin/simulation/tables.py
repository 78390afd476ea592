"""The rule tables again: severity, assessment, routing, and who has to approve."""

from collections.abc import Mapping
from functools import lru_cache

from huiyin.cases.approvals import stages_that_apply
from huiyin.cases.assignment import Choice, resolve_place
from huiyin.cases.bodies_outside import may_transfer
from huiyin.cases.events import Assessed, Assigned, LeftUndecided
from huiyin.cases.refusals import Refused
from huiyin.cases.tables import find_row, rule_of_severity
from huiyin.regime.model import Regime, RoutingRow

from .ground import Looking
from .outcome import Outcome, Row
from .past import ALWAYS, Past

_STEADY = frozenset(
    {"case.kind", "case.channel", "case.received_at", "case.off_hours", "case.anonymous", "case.reachable", "case.from_role"}
)
_OF_EVIDENCE = frozenset({"has_evidence", "evidence_count", "sealed"})
_OF_EVENTS = frozenset({"happened", "times", "at"})
_OF_THE_CASE = frozenset({"level", "under", "lookup", "lookup_number", "in_table", "count"})
"""Functions whose answer changes only with what else the condition reads."""


@lru_cache(maxsize=256)
def _moves_severity(regime: Regime) -> tuple[frozenset[str], frozenset[str]]:
    """Sections and events that can change the severity; `always` for any fact."""
    sections: set[str] = set()
    events: set[str] = set()
    for rule in regime.severity.rules:
        if rule.when is None:
            continue
        reads = {path.partition(".")[0] for path in rule.when.reads if path not in _STEADY}
        sections |= reads - {"settings", "complainant"}
        events |= rule.when.events
        if rule.when.calls & _OF_EVIDENCE:
            sections.add("evidence")
        if "under" in rule.when.calls:
            sections.add("case")
        if rule.when.calls - _OF_EVIDENCE - _OF_EVENTS - _OF_THE_CASE:
            sections.add(ALWAYS)
    return frozenset(sections), frozenset(events)


def severities(looking: Looking, past: Past, outcome: Outcome) -> list[str]:
    """The severity at each moment. A level a person set stays; one this regime does not have is left open."""
    regime = looking.regime
    sections, events = _moves_severity(regime)
    anything, graded = ALWAYS in sections, bool(regime.severity.rules)
    lowest = next(iter(regime.severity.levels), "")
    current, cite = lowest, tuple[str, ...]()
    found = []
    for moment in past.moments:
        changed = moment.changed
        if moment.case.severity_by_hand:
            current = moment.case.severity
        elif (graded and changed and (anything or changed == ALWAYS or changed in sections)) or not events.isdisjoint(moment.names):
            looking.look(moment.case, moment.at, current)
            rule = rule_of_severity(looking)
            current, cite = (rule.level, rule.cite) if rule else (lowest, ())
        found.append(current)
    if past.case.severity_by_hand:
        outcome.leave("severity", "person")
    if current and current not in regime.severity.levels:
        outcome.leave("severity", "not-there", (current,))
    outcome.severity, outcome.severity_cite = current, cite
    return found


def assess_again(looking: Looking, past: Past, levels: list[str], outcome: Outcome) -> int | None:
    """Decide assessment at the moments at which it was decided; gives the moment from which the case would go another way.

    A decision the rules leave to a person is taken as that person took it.
    """
    for decided in past.assessments:
        moment = past.moments[decided.moment]
        event = moment.event
        assert isinstance(event, Assessed)
        row = _assessment(looking, past, levels, decided.before, event, outcome)
        outcome.admission = row
        if row.value != event.outcome:
            return decided.moment
    return None


def _assessment(looking: Looking, past: Past, levels: list[str], before: int, event: Assessed, outcome: Outcome) -> Row:
    regime = looking.regime
    as_then = Row(event.row, event.outcome, event.cite)
    if not regime.assessment:
        return Row("", "accept") if event.row or event.outcome == "accept" else as_then
    if not event.row and event.outcome != "accept":  # an act of somebody, such as merging
        outcome.leave("assessment", "person")
        return as_then
    looking.look(past.moments[before].case, event.at, levels[before])
    found = find_row(looking, "assessment", regime.assessment, looking.scope())
    if isinstance(found, LeftUndecided):
        looking.left["assessment"] = found.missing
        return as_then
    if found is None or (found.outcome == "transfer" and not may_transfer(looking)):
        outcome.leave("assessment", "person")
        return as_then
    if found.approval:
        _ask(looking, f"assessment.{found.id}", found.approval, outcome)
    return Row(found.id, found.outcome, found.cite)


def route_again(looking: Looking, past: Past, levels: list[str], outcome: Outcome) -> None:
    """Decide who handles. What a person chose among several stays chosen where this regime offers it too."""
    if past.routing is None:
        return
    event = past.moments[past.routing.moment].event
    assert isinstance(event, Assigned)
    as_then = Row(event.row, _place(event.role, event.unit), event.cite)
    outcome.routing = as_then
    rows, before = looking.regime.routing, past.routing.before
    if not rows:
        outcome.leave("routing", "person")
        return
    looking.look(past.moments[before].case, event.at, levels[before])
    row = find_row(looking, "routing", rows, looking.scope())
    if isinstance(row, LeftUndecided):
        looking.left["routing"] = row.missing
        return
    if row is None:
        outcome.leave("routing", "person")
        return
    try:
        role, unit = resolve_place(looking, row, _chosen(looking, row, event))
    except Refused:
        outcome.leave("routing", "nobody", (row.id,))
        outcome.routing = Row(row.id, _place(row.to[0], ""), row.cite)
        return
    if row.choose:
        outcome.leave("routing", "person")
    if row.approval:
        _ask(looking, f"routing.{row.id}", row.approval, outcome)
    outcome.routing = Row(row.id, _place(role if role in looking.regime.roles else "", unit), row.cite)


def _chosen(looking: Looking, row: RoutingRow, event: Assigned) -> Choice:
    """What the person who assigned chose then, as far as this row leaves it open."""
    to = event.role if event.role in row.to else row.to[0] if not event.role else ""
    playing = looking.context.directory.units_of(to or row.to[0])
    unit = event.unit if row.pick is None and (not playing or event.unit in playing) else ""
    return Choice(to=to, unit=unit)


def _place(role: str, unit: str) -> str:
    return f"{role}|{unit}"


def approvals_again(looking: Looking, past: Past, levels: list[str], outcome: Outcome, last: int) -> None:
    """Which work had to be approved, and by whom, up to the moment `last`."""
    approved = _approved_steps(looking.regime)
    for work in approved.keys() & past.works.keys():
        number = past.works[work]
        if number <= last:
            looking.look(past.moments[number].case, past.moments[number].at, levels[number])
            _ask(looking, f"flow.{work}", approved[work], outcome)


@lru_cache(maxsize=256)
def _approved_steps(regime: Regime) -> Mapping[str, str]:
    """Step → the approval it needs."""
    return {step.id: step.approval for step in regime.flow.values() if step.approval}


def _ask(looking: Looking, subject: str, approval: str, outcome: Outcome) -> None:
    stages = stages_that_apply(looking, approval)
    if stages:
        outcome.approvals[subject] = tuple(
            ("+" if stage.all_of else "/").join(stage.all_of or stage.by) for stage in stages
        )
