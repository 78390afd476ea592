"""A past case as its record tells it: what people did and when, without what rules made of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from huiyin.cases import events as ev
from huiyin.cases.evolve import apply, own_copy, signal
from huiyin.cases.samples.folding import CHANGES as SAMPLES
from huiyin.cases.state import Case

FOLDED: frozenset[type[ev.Event]] = frozenset(
    {
        ev.Filed, ev.Completed, ev.CompletionAsked, ev.Withdrawn, ev.Assessed, ev.Assigned, ev.Recused, ev.EvidenceAdded,
        ev.EvidenceSealed, ev.EvidenceOpened, ev.EvidenceWeighed, ev.Corrected, ev.AnswersFilled, ev.WorkSubmitted,
        ev.WorkDone, ev.WorkAttempted, ev.StepOpened, ev.StepPassedOver, ev.StepsCancelled, ev.ActDone, ev.Terminated,
        ev.DocumentProduced, ev.PaperRecalled, ev.Closed, ev.Reopened, ev.MovedToVersion, *SAMPLES,
    }
)  # fmt: skip
"""Events that change what conditions can see. Of all others only their names count: they happened."""

BY_RULE: frozenset[type[ev.Event]] = frozenset({ev.ObligationMet, ev.ObligationBreached, ev.ObligationCancelled, ev.RungReached})
"""What limits made of the time that passed; it is made anew."""

UNREAD = frozenset(
    {
        "NoticeQueued", "NoticeAcknowledged", "RungReached", "ObligationStarted", "ObligationCancelled", "AttemptRefused",
        "LedgerBooked", "LeftUndecided", "ApprovalLapsed", "DocumentSigned",
    }
)  # fmt: skip
"""Kinds of events that need not be read at all: neither what they change nor that they happened is asked for."""

ALWAYS = "always"
_CHANGED: Mapping[type[ev.Event], str] = {
    ev.Filed: ALWAYS, ev.Completed: "matter", ev.Graded: "case", ev.Assigned: "case", ev.WorkSubmitted: "facts",
    ev.WorkDone: "facts", ev.ActDone: "facts", ev.Suspended: "facts", ev.Terminated: "facts", ev.Resumed: "case",
    ev.AnswersFilled: "answers", ev.EvidenceAdded: "evidence", ev.EvidenceWeighed: "evidence", ev.StepOpened: "case",
}  # fmt: skip
"""What an event changes, by section of the condition language."""

EXTENDED = "获准延长"


@dataclass(frozen=True, slots=True)
class Moment:
    """An event of the past with the case as it was right after it. `changed`: the section it changed, empty for none."""

    at: datetime
    names: tuple[str, ...]
    event: ev.Event
    case: Case
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A table that was decided: `before` is the moment whose case the decision looked at, `moment` that of the decision."""

    before: int
    moment: int


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that stood still; `until` None while it still does. `limits`: only these, empty for all."""

    since: datetime
    until: datetime | None = None
    limits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Extended:
    """More time that was granted for a limit."""

    limit: str
    span: str
    at: datetime


@dataclass(slots=True)
class Past:
    """What is known of a past case, up to `until`.

    `asked`: the fields that its own version of the regime asked at filing. `by_name`: event → moments, in
    order; `works`: step → the moment at which it was first handed in or done.
    """

    id: str
    version: str
    asked: frozenset[str]
    until: datetime
    moments: list[Moment] = field(default_factory=list)
    by_name: dict[str, list[int]] = field(default_factory=dict)
    works: dict[str, int] = field(default_factory=dict)
    assessments: list[Decided] = field(default_factory=list)
    routing: Decided | None = None
    pauses: list[Pause] = field(default_factory=list)
    extended: list[Extended] = field(default_factory=list)
    closings: list[int] = field(default_factory=list)
    _happened: dict[tuple[str, ...], list[int]] = field(default_factory=dict)

    def happened(self, names: tuple[str, ...]) -> list[int]:
        """The moments at which one of these events happened, in order."""
        known = self._happened.get(names)
        if known is None:
            found = [self.by_name[name] for name in names if name in self.by_name]
            known = found[0] if len(found) == 1 else sorted({number for numbers in found for number in numbers})
            self._happened[names] = known
        return known

    @property
    def filed(self) -> ev.Filed:
        """The filing."""
        first = self.moments[0].event
        assert isinstance(first, ev.Filed)
        return first

    @property
    def case(self) -> Case:
        """The case at the end of what is known."""
        return self.moments[-1].case


def past_of(events: Iterable[ev.Event], *, until: datetime, asked: frozenset[str] = frozenset()) -> Past:
    """Read the record of a case.

    Args:
        events: everything that happened in it, beginning with `Filed`.
        until: up to when it is known, aware.
        asked: the fields of the version it was filed under.

    Raises:
        ValueError: the first event is not `Filed`.
    """
    reader = _Reader(until, asked)
    for event in events:
        reader.read(event)
    return reader.past()


class _Reader:
    """Folds the record and keeps the case as it was at each moment."""

    def __init__(self, until: datetime, asked: frozenset[str]) -> None:
        self._until, self._asked = until, asked
        self._case: Case | None = None
        self._past: Past | None = None
        self._proposed: dict[str, int] = {}

    def read(self, event: ev.Event) -> None:
        if self._case is None or self._past is None:
            self._case = apply(None, event)
            self._past = Past(self._case.id, self._case.regime_version, self._asked, self._until)
        elif type(event) in BY_RULE:
            self._signal(self._case, event)
            return
        else:
            self._note(self._past, event)
            self._fold(self._case, event)
        if event.names or type(event) in _CHANGED:
            self._keep(self._past, self._case, event)

    def past(self) -> Past:
        if self._past is None:
            raise ValueError("没有事件，也没有案件")
        return self._past

    def _fold(self, case: Case, event: ev.Event) -> None:
        if isinstance(event, ev.Graded):
            case.category = event.category
            if event.by_hand:
                case.severity, case.severity_by_hand = event.severity, True
        elif isinstance(event, ev.Suspended):
            case.state = "suspended"
            case.facts.update(event.fields)
        elif isinstance(event, ev.Resumed):
            case.state = "open"
        elif isinstance(event, ev.TransferSent):
            apply(case, replace(event, paused=()))
            return
        elif isinstance(event, ev.TransferReturned):
            apply(case, replace(event, obligations=()))
            return
        elif type(event) in FOLDED:
            apply(case, event)
            return
        self._signal(case, event)

    def _signal(self, case: Case, event: ev.Event) -> None:
        for name in event.names:
            signal(case, name, event.at)

    def _note(self, past: Past, event: ev.Event) -> None:
        """Decisions of tables, time that stood still, more time granted."""
        here = len(past.moments)
        match event:
            case ev.ApprovalAsked() if event.approval.kind in ("assessment", "routing"):
                self._proposed[event.approval.kind] = here - 1
            case ev.ApprovalRejected() | ev.ApprovalCancelled():
                self._proposed.pop(event.key.partition(":")[0], None)
            case ev.Assessed():
                past.assessments.append(Decided(self._proposed.pop("assessment", here - 1), here))
            case ev.Assigned() if event.row and past.routing is None:
                past.routing = Decided(self._proposed.pop("routing", here - 1), here)
            case ev.Suspended() | ev.CompletionAsked():
                past.pauses.append(Pause(event.at))
            case ev.TransferSent() if event.paused:
                past.pauses.append(Pause(event.at, None, frozenset(key.partition("#")[0] for key in event.paused)))
            case ev.Resumed() | ev.TransferReturned() | ev.Terminated() | ev.Withdrawn():
                past.pauses = [Pause(each.since, each.until or event.at, each.limits) for each in past.pauses]
            case ev.ObligationMoved() if event.cause == EXTENDED and event.obligation.added:
                past.extended.append(Extended(event.obligation.limit, event.obligation.added[-1], event.at))
            case ev.WorkSubmitted() | ev.WorkDone():
                past.works.setdefault(event.work, here)
            case ev.Closed():
                past.closings.append(here)

    def _keep(self, past: Past, case: Case, event: ev.Event) -> None:
        changed = event.path.partition(".")[0] if isinstance(event, ev.Corrected) else _CHANGED.get(type(event), "")
        for name in event.names:
            past.by_name.setdefault(name, []).append(len(past.moments))
        past.moments.append(Moment(event.at, event.names, event, own_copy(case), changed))
