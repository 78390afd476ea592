"""One thing that can be done now, and what its form has to ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from huiyin.regime.model import (
    Condition,
    Field,
    OrderKind,
    Outcome,
    Questionnaire,
    Work,
)

from .draft import Draft
from .refusals import Refused
from .state import PendingApproval


@dataclass(frozen=True, slots=True)
class Possible:
    """One thing that can be done now, or is blocked and says why.

    `command` names the command (see `commands.COMMANDS`), `work` the step, act, limit or approval it is about.
    `fields` with `required`, `outcomes`, `questionnaire`, `present` (roles whose part must be confirmed), `units` (role →
    units to choose from), `bodies` (bodies outside to choose from, with their names) and `members` (others of a body who may
    vote together with the actor in a meeting) describe the form. `expected`: this is what the regime waits for now.
    `on_behalf`: staff would do it for the complainant, who came in, called or wrote.
    `approvers` are the roles that have to agree before it takes effect; `sure_approval` tells whether they are asked in
    any case or only where a condition holds. `produces` are the forms that come of it, `reads` the keys of the documents to
    read before, `until` the last moment of an act that is open for some time only, `gives` the kind of orders,
    `samples` the keys of the samples it may be done with. An act about an order has the key of the order as its `member`.
    `via`: the means to choose from.
    """

    command: str
    work: str
    title: str
    cite: tuple[str, ...]
    member: str = ""
    expected: bool = False
    on_behalf: bool = False
    fields: Mapping[str, Field] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    questionnaire: Questionnaire | None = None
    present: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    approval: PendingApproval | None = None
    approvers: tuple[str, ...] = ()
    sure_approval: bool = False
    produces: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    until: datetime | None = None
    samples: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    gives: OrderKind | None = None
    blocked: Refused | None = None


def approvers(draft: Draft, approval: str | None) -> tuple[str, ...]:
    """The roles of all stages, in order."""
    stages = draft.regime.approvals[approval].stages if approval else ()
    return tuple(dict.fromkeys(role for stage in stages for role in (*stage.by, *stage.all_of)))


def sure_approval(draft: Draft, approval: str | None) -> bool:
    """Whether some stage of the approval hangs on no condition."""
    return bool(approval) and any(stage.when is None for stage in draft.regime.approvals[approval or ""].stages)


def open_outcomes(draft: Draft, work: Work) -> dict[str, Outcome]:
    """The ways the work may end: without those of which it is known already that their condition does not hold.

    What the form itself fills in, or what may be sent along with it, is not known yet.
    """
    scope, filled = draft.scope(), {f"facts.{name}" for name in work.fields}

    def may_be(outcome: Outcome) -> bool:
        when = outcome.when
        if when is None or _looks_at_evidence(when) or when.reads & filled:
            return True
        asked = bool(work.asks) and any(path.startswith("answers.") for path in when.reads)
        return asked or scope.holds(when, undecided=True)

    return {outcome.id: outcome for outcome in work.outcomes.values() if may_be(outcome)}


def to_choose_from(draft: Draft, work: Work) -> dict[str, Outcome]:
    """The ways the work may end, where there is a choice; where it can end in one way only, nobody has to say so."""
    return open_outcomes(draft, work) if len(work.outcomes) > 1 else {}


def _looks_at_evidence(when: Condition) -> bool:
    return not when.calls.isdisjoint(_ABOUT_EVIDENCE) or any(path.startswith("evidence.") for path in when.reads)


_ABOUT_EVIDENCE = frozenset({"has_evidence", "evidence_count", "sealed"})
