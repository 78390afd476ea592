"""What was at work in a story: the rules behind what happened, was refused or was shown, as dotted paths.

Paths are written as in the regime file, `limits.conclude.extension`, but roles without their group: `roles.office`.
Everything is taken from events and refusals; nothing is assumed because it might have played in.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from huiyin.cases import commands as cmd
from huiyin.cases.acts import act_of
from huiyin.cases.advice import advice_for
from huiyin.cases.affairs import declared_at
from huiyin.cases.events import Event
from huiyin.cases.people import Actor
from huiyin.cases.refusals import Refused
from huiyin.cases.secrecy import rules_of_confidentiality
from huiyin.cases.state import Case
from huiyin.regime.affairs import CONFIRM
from huiyin.regime.model import Regime

from .paths_of_events import Known, paths_of


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
        """A command was refused: the part of the regime that forbids it, and the fields that are missing or wrong."""
        if refusal.rule:
            self.paths.add(refusal.rule)
        elif isinstance(command, cmd.File):
            self.paths.update(_intake_refused(refusal))
        else:
            self.paths.update(_fields_refused(self._place_of_fields(command), refusal))

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

    def _place_of_fields(self, command: cmd.Command) -> str:
        """Where the fields of a command are declared; empty when it has none."""
        if isinstance(command, cmd.Perform):
            return f"flow.{command.work}" if command.work in self._regime.flow else f"acts.{command.work}"
        if isinstance(command, cmd.Extend):
            section = "orders" if command.limit in self._regime.orders else "limits"
            return f"{section}.{command.limit}.extension"
        return f"acts.{act_of(command)}" if isinstance(command, cmd.CoreAct) else ""


def in_parent(regime: Regime, paths: Iterable[str]) -> set[str]:
    """What was at work in an affair, as paths of the regime that declares it; the affair's own frame is left out."""
    affair, place = regime.affair, declared_at(regime)
    found = {place}
    for path in paths:
        section, _, rest = path.partition(".")
        name, _, part = rest.partition(".")
        in_steps = place.startswith("duties.") and section in ("flow", "limits")
        step = name.removeprefix(f"{affair}-") if in_steps else name
        if step != name:
            found.add(f"{place}.steps.{step}" + (f".{part}" if part else ".within" if section == "limits" else ""))
        elif section == "flow" and part == "requires" and place.startswith("accountability."):
            found.add(f"{place}.lasts")  # the one thing an affair requires: that the time is over
        elif section == "flow":
            found.add(f"{place}.{part}" if name == affair and part else f"{place}{_PART_OF_STEP.get(name, '')}")
        elif section == "limits":
            found.add(f"{place}.within")
        elif path.startswith("acts.reopen"):
            found.add(path.replace("acts", place, 1))
        elif section not in _OF_THE_FRAME:
            found.add(path)
    return found


_PART_OF_STEP = {"verify": ".verified_by", "handle": ".tell", CONFIRM: ".confirm"}
_OF_THE_FRAME = frozenset({"intake", "kinds", "routing", "severity", "acts"})


def _fields_refused(place: str, refusal: Refused) -> Iterator[str]:
    if place and refusal.code in ("missing-field", "wrong-value"):
        yield from (f"{place}.fields.{name}" for name in refusal.fields)
        if refusal.code == "missing-field":
            yield f"{place}.required"


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
