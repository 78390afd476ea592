"""A decision in the making: events are added, folded at once, and queued for what hangs on them."""

from collections import deque
from collections.abc import Mapping
from typing import Any

from huiyin.regime.expressions import Undecided
from huiyin.regime.model import Condition, Regime

from .context import Context
from .events import Event, LeftUndecided, Reason
from .evolve import apply, own_copy
from .people import Actor
from .scope import CaseScope
from .state import Case


class Draft:
    """The case as it is becoming, with the events that brought it there."""

    def __init__(self, regime: Regime, case: Case | None, context: Context) -> None:
        self.regime = regime
        self.context = context
        self.events: list[Event] = []
        self.queue: deque[Event] = deque()
        self.acting_for = ""
        self._case = None if case is None else own_copy(case)
        self._scope: CaseScope | None = None

    @property
    def case(self) -> Case:
        """The case after the events so far.

        Raises:
            AssertionError: nothing has been filed yet.
        """
        if self._case is None:
            raise AssertionError("案件尚未登记")
        return self._case

    @property
    def actor(self) -> Actor:
        """Who gives the command."""
        return self.context.actor

    @property
    def doer(self) -> str:
        """Whose act this is: the actor's, or, when an approval carries it out, that of the person who asked for it."""
        return self.acting_for or self.context.actor.person

    @property
    def stamp(self) -> Mapping[str, Any]:
        """When and by whom, for every event."""
        return {"at": self.context.now, "by": self.doer}

    def add(self, event: Event) -> None:
        """Fold an event and queue it for reactions."""
        self._case = apply(self._case, event)
        self._scope = None
        self.events.append(event)
        if event.names:
            self.queue.append(event)

    def scope(self, **options: Any) -> CaseScope:
        """What conditions see now. Kept until the next event, for many rules look at one state of the case."""
        if options:
            return CaseScope(self.regime, self.case, self.context, **options)
        if self._scope is None:
            self._scope = CaseScope(self.regime, self.case, self.context)
        return self._scope

    def holds(self, condition: Condition | None, rule: str, *, undecided: bool, **options: Any) -> bool:
        """Whether a condition holds. If a fact is missing this is recorded once and `undecided` is the answer."""
        if condition is None:
            return True
        try:
            return bool(condition.evaluate(self.scope(**options)))
        except Undecided as trouble:
            missing = tuple(sorted(trouble.missing))
            if self.case.undecided.get(rule) != missing:
                self.add(LeftUndecided(**self.stamp, table=rule, row="", missing=missing))
            return undecided

    def reason(self, rule: str, condition: Condition | None = None, **options: Any) -> Reason:
        """Why a rule applied, with the values it read."""
        if condition is None:
            return Reason(rule)
        return Reason(rule, plain(condition.values(self.scope(**options))))


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON: times become ISO text."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
