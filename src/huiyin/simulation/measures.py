"""Sanctions and rewards again: what the rules would have proposed, up to where a person confirms."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from huiyin.cases.accountability import concerned
from huiyin.cases.state import Case, Signal
from huiyin.regime.expressions import Undecided
from huiyin.regime.model import AccountabilityRule, Regime

from .ground import OTHER_CASES, Looking
from .outcome import Outcome, Proposal
from .past import Past


def propose_again(looking: Looking, past: Past, levels: list[str], outcome: Outcome, last: int) -> None:
    """Ask every rule after whatever sets it going, up to the moment `last`; each counts once for a role.

    Events that limits make (`reply.overdue`) are those of this regime's limits, not the recorded ones.
    """
    if not looking.regime.accountability.rules:
        return
    for at, number, name in sorted(_happenings(looking, past, outcome, last)):
        for rule in looking.regime.on(name).rules:
            looking.look(past.moments[number].case, at, levels[number])
            _ask(looking, rule, outcome, at)


def _happenings(looking: Looking, past: Past, outcome: Outcome, last: int) -> Iterator[tuple[datetime, int, str]]:
    """What happened that rules hang on: when, the moment whose case they look at, and its name."""
    setting_going = _setting_rules_going(looking.regime)
    for name in setting_going & past.by_name.keys():
        yield from ((past.moments[number].at, number, name) for number in past.by_name[name] if number <= last)
    for at, name in _of_limits(outcome):
        if name in setting_going:
            yield at, _moment_at(past, at, last), name


@lru_cache(maxsize=256)
def _setting_rules_going(regime: Regime) -> frozenset[str]:
    """The events after which rules of accountability are asked."""
    return frozenset(name for name, reactions in regime.reactions.items() if reactions.rules)


def _of_limits(outcome: Outcome) -> Iterator[tuple[datetime, str]]:
    for run in outcome.limits.values():
        if run.late and run.due is not None:
            yield run.due, f"{run.limit}.overdue"
        if run.ended_at is not None and run.late is not None:
            yield run.ended_at, f"{run.limit}.met"


def _moment_at(past: Past, at: datetime, last: int) -> int:
    return max((number for number in range(last + 1) if past.moments[number].at <= at), default=0)


def _ask(looking: Looking, rule: AccountabilityRule, outcome: Outcome, at: datetime) -> None:
    case = looking.case
    asks_for_limits = rule.when is not None and any(name.endswith((".overdue", ".met")) for name in rule.when.events)
    as_recorded = case.signals
    if asks_for_limits:
        case.signals = _signals(case, outcome, at)
    try:
        for role in rule.against:
            if (rule.id, role) not in outcome.proposals and _holds(looking, rule, role, outcome):
                outcome.proposals[rule.id, role] = Proposal(rule.id, role, rule.cite)
    finally:
        case.signals = as_recorded


def _holds(looking: Looking, rule: AccountabilityRule, role: str, outcome: Outcome) -> bool:
    """Whether it proposes against anybody in the role. A missing fact is for whoever confirms, as in a live case."""
    for person in concerned(looking, role):
        if rule.when is None:
            return True
        try:
            if rule.when.evaluate(looking.scope(person=person)):
                return True
        except Undecided as trouble:
            if any(each.startswith(OTHER_CASES) for each in trouble.missing):
                outcome.leave(f"accountability.{rule.id}", "other-cases", tuple(sorted(trouble.missing)))
                continue
            return True
    return False


def _signals(case: Case, outcome: Outcome, at: datetime) -> dict[str, Signal]:
    """What has happened by then, with the events of limits as this regime makes them."""
    found = {name: seen for name, seen in case.signals.items() if not name.endswith((".overdue", ".met"))}
    for moment, name in sorted(_of_limits(outcome)):
        if moment <= at:
            before = found.get(name)
            found[name] = Signal(before.count + 1, before.first, moment) if before else Signal(1, moment, moment)
    return found
