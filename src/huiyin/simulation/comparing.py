"""A case decided again under two regimes, and what differs."""

from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.regime.expressions import WrongValue
from huiyin.regime.model import Regime

from .ground import OTHER_CASES, Ground, Looking
from .limits import Planned, run_again, started
from .measures import propose_again
from .outcome import Difference, LimitRun, Outcome
from .past import Past
from .receiving import REFUSED_FILING, file_again
from .tables import approvals_again, assess_again, route_again, severities


@dataclass(frozen=True, slots=True)
class Compared:
    """A past case under the regime in force (`before`) and under the draft (`after`)."""

    past: Past
    before: Outcome
    after: Outcome
    differences: tuple[Difference, ...]


class Simulation:
    """Two regimes, compiled once, over any number of past cases of one organisation.

    A rule that both have in the same words is decided once where everything it may look at is the same.
    """

    def __init__(self, before: Regime, after: Regime, ground: Ground, ground_after: Ground | None = None) -> None:
        self._grounds = (ground, ground_after or ground)
        self._before, self._after = Looking(before, ground), Looking(after, self._grounds[1])
        if self._grounds[0] is self._grounds[1]:
            self._after.contexts = self._before.contexts
        same_frame = (
            before.answers == after.answers
            and before.categories == after.categories
            and before.intake.fields == after.intake.fields
            and before.intake.evidence == after.intake.evidence
            and before.intake.force == after.intake.force
            and list(before.severity.levels) == list(after.severity.levels)
            and before.roles == after.roles
            and before.samples == after.samples
            and self._grounds[0] is self._grounds[1]
        )
        self._same_severity = same_frame and before.severity == after.severity
        self._same_tables = same_frame and before.approvals == after.approvals and (
            (before.assessment, before.routing, before.transfers) == (after.assessment, after.routing, after.transfers)
        )
        self._same_intake = before.intake == after.intake and before.kinds == after.kinds and before.categories == after.categories
        self._common = frozenset(
            name for name, limit in before.limits.items() if same_frame and after.limits.get(name) == limit
        )

    def compare(self, past: Past) -> Compared:
        """Decide the case under both regimes."""
        before, after = Outcome(), Outcome()
        old, new = self._before, self._after
        for looking in (old, new):
            looking.left.clear()
            looking.contexts.clear()
        levels = _levels(old, past, before)
        if self._same_severity:
            levels_after, after.severity, after.severity_cite = levels, before.severity, before.severity_cite
            after.unknown.update(before.unknown)
            new.left.update(old.left)
        else:
            levels_after = _levels(new, past, after)
        same_levels = levels == levels_after
        turns = [self._tables(old, past, levels, before)]
        if self._same_tables and self._same_intake and same_levels:
            after.take_over_tables(before)
            new.left.update(old.left)
            turns.append(turns[0])
        else:
            turns.append(self._tables(new, past, levels_after, after))
        self._limits(old, past, levels, before, turns[0])
        known = before if turns[0] == turns[1] else None
        self._limits(new, past, levels_after, after, turns[1], known, same_levels=same_levels)
        for looking, found, graded, turn in ((old, before, levels, turns[0]), (new, after, levels_after, turns[1])):
            last = len(past.moments) - 1 if turn is None else turn - 1
            if last >= 0:
                _measures(looking, past, graded, found, last)
            _say_what_was_missing(looking, past, found)
        return Compared(past, before, after, tuple(differences(before, after)))

    def _tables(self, looking: Looking, past: Past, levels: list[str], outcome: Outcome) -> int | None:
        """Admission and routing; gives the moment from which the case would have gone another way."""
        if not self._same_intake:
            ground = self._grounds[0] if looking is self._before else self._grounds[1]
            file_again(looking.regime, ground, past, outcome)
            if outcome.admission.value == REFUSED_FILING:
                return 0
        try:
            turn = assess_again(looking, past, levels, outcome)
        except WrongValue:
            outcome.leave("assessment", "not-there")
            return None
        if turn is None:
            try:
                route_again(looking, past, levels, outcome)
            except WrongValue:
                outcome.leave("routing", "not-there")
        return turn

    def _limits(
        self, looking: Looking, past: Past, levels: list[str], outcome: Outcome, turn: int | None,
        known: Outcome | None = None, *, same_levels: bool = False,
    ) -> None:  # fmt: skip
        if turn == 0:
            return
        for plan in started(looking.regime, past):
            if known is not None and plan.limit.id in self._common and (same_levels or not plan.by_severity):
                _take_over(known, outcome, plan)
                continue
            try:
                run_again(looking, past, levels, outcome, plan, turn)
            except WrongValue:
                outcome.leave(f"limits.{plan.limit.id}", "not-there")


def _levels(looking: Looking, past: Past, outcome: Outcome) -> list[str]:
    try:
        return severities(looking, past, outcome)
    except WrongValue:
        outcome.leave("severity", "not-there")
        outcome.severity = next(iter(looking.regime.severity.levels), "")
        return [outcome.severity] * len(past.moments)


def _take_over(known: Outcome, outcome: Outcome, plan: Planned) -> None:
    name = plan.limit.id
    key, number = name, 1
    while key in known.limits:
        outcome.limits[key] = known.limits[key]
        number += 1
        key = f"{name}#{number}"
    place = f"limits.{name}"
    if place in known.unknown:
        outcome.unknown[place] = known.unknown[place]


def _measures(looking: Looking, past: Past, levels: list[str], outcome: Outcome, last: int) -> None:
    try:
        approvals_again(looking, past, levels, outcome, last)
        propose_again(looking, past, levels, outcome, last)
    except WrongValue:
        outcome.leave("accountability", "not-there")


def _say_what_was_missing(looking: Looking, past: Past, outcome: Outcome) -> None:
    """What rules lacked becomes a reason: a person, a field that was not asked then, or other cases."""
    for table, missing in looking.left.items():
        asked_for = [each.removeprefix("matter.") for each in missing if each.startswith("matter.")]
        if any(each.startswith(OTHER_CASES) for each in missing):
            outcome.leave(table, "other-cases", missing)
        elif any(name not in past.asked for name in asked_for):
            outcome.leave(table, "not-asked", missing)
        else:
            outcome.leave(table, "missing", missing)


def differences(before: Outcome, after: Outcome) -> Iterator[Difference]:
    """What differs between two outcomes of one case, in the order in which it is shown.

    A case that would be taken in under one regime only would have led another life: nothing after that is compared.
    """
    if before.admission.value != after.admission.value:
        yield Difference("admission", "", before.admission.value, after.admission.value, after.admission.cite)
    if before.severity != after.severity:
        yield Difference("severity", "", before.severity, after.severity, after.severity_cite)
    if before.admission.value != after.admission.value:
        return
    if before.routing.value != after.routing.value:
        yield Difference("routing", "", before.routing.value, after.routing.value, after.routing.cite)
    for subject in dict.fromkeys((*before.approvals, *after.approvals)):
        stages = [" ".join(found.approvals.get(subject, ())) for found in (before, after)]
        if stages[0] != stages[1]:
            yield Difference("approval", subject, stages[0], stages[1])
    for key in dict.fromkeys((*before.limits, *after.limits)):
        yield from _of_a_limit(before.limits.get(key), after.limits.get(key))
    for rule, role in dict.fromkeys((*before.proposals, *after.proposals)):
        was, would = before.proposals.get((rule, role)), after.proposals.get((rule, role))
        if (was is None) != (would is None):
            cite = (would or before.proposals[rule, role]).cite
            yield Difference("measure", rule, role if was else "", role if would else "", cite)


def _of_a_limit(was: LimitRun | None, would: LimitRun | None) -> Iterator[Difference]:
    if was is would:
        return
    if was is None or would is None:
        run = was or would
        assert run is not None
        yield Difference("limit", run.limit, "runs" if was else "", "runs" if would else "", run.cite)
        return
    if was.late is not None and would.late is not None and was.late != would.late:
        yield Difference("late", would.limit, _timeliness(was), _timeliness(would), would.cite)
    if was.due is not None and would.due is not None and was.due != would.due:
        shift = int((would.due - was.due).total_seconds())
        yield Difference("due", would.limit, was.due.isoformat(), would.due.isoformat(), would.cite, shift)


def _timeliness(run: LimitRun) -> str:
    return "late" if run.late else "in-time"
