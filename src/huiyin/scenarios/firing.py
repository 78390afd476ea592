"""What was at work in a story: the rules behind what happened, was refused or was shown, as dotted paths.

Paths are written as in the regime file, `limits.conclude.extension`, but roles without their group: `roles.office`.
Everything is taken from events and refusals; nothing is assumed because it might have played in.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from huiyin.cases import commands as cmd
from huiyin.cases.access import rules_of_confidentiality
from huiyin.cases.acts import act_of
from huiyin.cases.advice import advice_for
from huiyin.cases.events import Event
from huiyin.cases.people import Actor
from huiyin.cases.refusals import Refused
from huiyin.cases.state import Case
from huiyin.regime.model import Regime

from .paths_of_events import Known, paths_of

_PART_REFUSED = {
    "not-yours": ("by",),
    "not-open-now": ("after", "open_for"),
    "no-more-rounds": ("rounds", "at_most"),
    "missing-field": ("required", "with"),
    "unmet-requirement": ("requires", "when"),
    "forbidden-here": ("allowed",),
}
"""Which parts of a step or act a refusal may rest on; of these, the parts that the work has."""


class Firing:
    """Collects the paths of one story."""

    def __init__(self, regime: Regime) -> None:
        self._regime = regime
        self._known = Known(regime)
        self.paths: set[str] = set()

    def acted(self, actor: Actor, command: cmd.Command, events: Iterable[Event]) -> None:
        """A command was carried out: the actor's roles, the act, and what the events tell."""
        told = list(events)
        if not told:
            return
        self.paths.update(f"roles.{holding.role}" for holding in actor.holdings)
        if isinstance(command, cmd.CoreAct):
            self.paths.add(f"acts.{act_of(command)}")
        elif isinstance(command, cmd.Sign):
            self.paths.add("acts.sign")
        for event in told:
            self.paths.update(paths_of(event, self._known))

    def refused(self, command: cmd.Command, refusal: Refused) -> None:
        """A command was refused: the parts of the step, act, limit or intake that forbid it."""
        if isinstance(command, cmd.File):
            self.paths.update(_intake_refused(refusal))
        elif isinstance(command, cmd.Perform):
            self._work_refused(command.work, refusal)
        elif isinstance(command, cmd.CoreAct):
            self._work_refused(act_of(command), refusal)
            if isinstance(command, cmd.Extend) and self._regime.acts["extend"].allowed:
                self.paths.update(_extension_refused(self._regime, command.limit))

    def shown(self, case: Case) -> None:
        """Advice the regime gives with the steps that are open now."""
        for run in case.open_runs():
            self.paths.update(f"guidance.{advice.id}" for advice in advice_for(self._regime, case, run.step))

    def looked_at(self, case: Case) -> None:
        """Somebody's sight of the case was compared: the rules of confidentiality that hold for it."""
        self.paths.update(f"confidentiality.{rule.id}" for rule in rules_of_confidentiality(self._regime, case))

    def read(self, section: str, name: str) -> None:
        """A setting or a table was read."""
        self.paths.add(f"{section}.{name}")

    def _work_refused(self, name: str, refusal: Refused) -> None:
        regime = self._regime
        work = regime.flow.get(name) or regime.acts.get(name)
        if work is None:
            return
        path = f"flow.{name}" if name in regime.flow else f"acts.{name}"
        has = {
            "by": work.by,
            "after": getattr(work, "after", ()) or getattr(work, "after_all", ()),
            "open_for": getattr(work, "open_for", None),
            "rounds": getattr(work, "rounds", None),
            "at_most": getattr(work, "at_most", None),
            "required": work.required or any(each.required for each in work.fields.values()),
            "with": work.together_with,
            "requires": work.requires,
            "when": work.when,
            "allowed": not getattr(work, "allowed", True),
        }
        self.paths.update(f"{path}.{part}" for part in _PART_REFUSED.get(refusal.code, ()) if has[part])
        self.paths.update(f"{path}.fields.{name}" for name in refusal.fields if name in work.fields)
        if "outcome" in refusal.fields:
            self.paths.add(f"{path}.outcomes")


def _intake_refused(refusal: Refused) -> Iterator[str]:
    whole = {"anonymous": "intake.anonymous", "kind": "kinds", "channel": "intake.channels", "category": "categories"}
    for name in refusal.fields:
        if name.startswith("evidence."):
            yield f"intake.{name}"
        elif name in whole:
            yield whole[name]
        else:
            yield f"intake.fields.{name}"
    if refusal.code == "missing-field":
        yield "intake.required"


def _extension_refused(regime: Regime, name: str) -> Iterator[str]:
    limit = regime.limits.get(name)
    if limit is not None:
        yield f"limits.{name}.extension" if limit.extension else f"limits.{name}"


class Watched(dict[str, Any]):
    """A mapping that tells which of its keys are read; `firing` hears of it while it is set."""

    def __init__(self, values: Mapping[str, Any], section: str) -> None:
        super().__init__(values)
        self._section = section
        self.firing: Firing | None = None

    def __getitem__(self, key: str) -> Any:
        self._tell(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """As of a dict."""
        self._tell(key)
        return super().get(key, default)

    def _tell(self, key: str) -> None:
        if self.firing is not None:
            self.firing.read(self._section, key)
