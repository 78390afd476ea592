"""The flow as nodes and arrows: steps, where it begins, acts and clocks that lead into it, decisions of the engine."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from huiyin.regime.compiling.graph import events_of, listens_to
from huiyin.regime.model import Regime, Step
from huiyin.regime.saying import event_title, roles_zh
from huiyin.regime.vocabulary import ASSESSMENT_EVENTS, CORE_ACTS

NodeKind = Literal["start", "step", "approval", "end", "act", "engine"]


@dataclass(frozen=True, slots=True)
class Node:
    """A box: a step (with `approval` when somebody must say yes, `end` when it closes the case), or what leads into steps.

    `by` is who does it; `path` the step's card, empty for what is no step; `many` when it is done in copies.
    """

    id: str
    kind: NodeKind
    title: str
    by: str = ""
    path: str = ""
    many: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a box to a box, by these events; `label` names them where it is not simply that the first was done."""

    source: str
    target: str
    label: str = ""


def flow_graph(regime: Regime) -> tuple[tuple[Node, ...], tuple[Arrow, ...]]:
    """The boxes in the order of the flow and the arrows between them, each pair once."""
    causes = _causes(regime)
    nodes = {step.id: _step_node(regime, step) for step in regime.flow.values()}
    outer: dict[str, Node] = {}
    labels: dict[tuple[str, str], list[str]] = defaultdict(list)
    for step in regime.flow.values():
        for event in listens_to(step):
            for source in causes.get(event) or [_outside(regime, event, outer)]:
                labels[source, step.id].append(_label(regime, source, event))
    arrows = tuple(
        Arrow(source, target, "、".join(dict.fromkeys(each for each in words if each)))
        for (source, target), words in labels.items()
    )
    return (*outer.values(), *nodes.values()), arrows


def _step_node(regime: Regime, step: Step) -> Node:
    ends = "closed" in step.marks or any("closed" in outcome.marks for outcome in step.outcomes.values())
    kind: NodeKind = "end" if ends else "approval" if step.approval else "step"
    return Node(step.id, kind, step.title, roles_zh(regime, step.by), f"flow.{step.id}", many=step.per is not None)


def _causes(regime: Regime) -> dict[str, list[str]]:
    """Event → the steps that bring it about; what the engine decides is brought about by what it follows."""
    causes: dict[str, list[str]] = defaultdict(list)
    for step in regime.flow.values():
        for event in sorted(events_of(step)):
            causes[event].append(step.id)
    if not regime.decided_by_step("assessment"):
        for event in ASSESSMENT_EVENTS.values():
            causes[event] += [each for each in causes.get("registered", []) if each not in causes[event]]
    if not regime.decided_by_step("routing"):
        causes["assigned"] += [each for each in causes.get("accepted", []) if each not in causes["assigned"]]
    return causes


def _outside(regime: Regime, event: str, outer: dict[str, Node]) -> str:
    """The box of something that no step brings about: receipt, an act, a limit that passed."""
    owner = event.partition(":")[0].partition(".")[0]
    act = regime.acts.get(owner) or next((regime.acts.get(name) for name, (_t, e) in CORE_ACTS.items() if e == event), None)
    name = f"event:{event}"
    if event == "received":
        outer.setdefault(name, Node(name, "start", "收到", "、".join(regime.kinds.values())))
    elif act is not None:
        path = f"acts.{act.id}" if act.cite or not act.core else ""
        outer.setdefault(name, Node(name, "act", event_title(regime, event), roles_zh(regime, act.by), path))
    else:
        outer.setdefault(name, Node(name, "engine", event_title(regime, event), "系统"))
    return name


def _label(regime: Regime, source: str, event: str) -> str:
    """What must have happened, where it is not simply that the step was done."""
    step = regime.flow.get(source)
    if step is None or event == source or event in step.marks:
        return ""
    owner, _colon, outcome = event.partition(":")
    if owner == source and outcome:
        return step.outcomes[outcome].title
    if event.partition(".")[0] == source:
        return event_title(regime, event).removeprefix(step.title)
    return event_title(regime, event)


def sentences(nodes: tuple[Node, ...], arrows: tuple[Arrow, ...]) -> Iterator[str]:
    """The same in words, for whoever does not see the drawing: a sentence for each box."""
    titles = {node.id: node.title for node in nodes}
    for node in nodes:
        following = [
            titles[arrow.target] + (f"（{arrow.label}）" if arrow.label else "") for arrow in arrows if arrow.source == node.id
        ]
        who = f"，由{node.by}" if node.by and node.kind not in ("start", "engine") else ""
        then = f"，之后是{'、'.join(following)}" if following else "，到此为止"
        yield f"{node.title}{who}{then}。"
