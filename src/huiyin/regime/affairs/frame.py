"""What all affairs have in common, and which of the regime's rules hold for them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from huiyin.regime.compiling.graph import followers
from huiyin.regime.compiling.reactions import index
from huiyin.regime.model import (
    AccountabilityRule,
    Act,
    CorrectiveAction,
    Duty,
    Field,
    FieldType,
    Intake,
    Limit,
    Notice,
    Regime,
    RoutingRow,
    Severity,
    Step,
)

DUTY, CORRECTIVE, WATCH, MEASURE = "duty", "corrective", "watch", "measure"
AFFAIR_KINDS: Mapping[str, str] = {DUTY: "定期职责", CORRECTIVE: "整改", WATCH: "预警", MEASURE: "处理执行"}
"""Kind of an affair → its Chinese title. They are no kinds of complaint and cannot be filed by anybody."""

_NUMBERS = {DUTY: "职责{year}-{serial:04}", CORRECTIVE: "整改{year}-{serial:04}", WATCH: "预警{year}-{serial:04}",
            MEASURE: "执行{year}-{serial:04}"}  # fmt: skip

CLOSE = "close"
"""The last step of every affair, the system's own: it waits until papers are signed and orders answered."""

_KEPT_ACTS = frozenset(
    {"note", "contact", "add-evidence", "seal-evidence", "open-evidence", "press", "link", "correct", "flag-risk", "extend",
     "reassign", "instruct", "supervise", "answer-order", "accept-report", "return-report", "amend-report",
     "withdraw-report", "recall-order", "recuse", "remedy", "terminate", "sign"}
)  # fmt: skip
"""Core acts that make sense where nobody complains."""

Named = TypeVar("Named", Notice, AccountabilityRule, CorrectiveAction, Duty)


def words(field: str, title: str) -> Field:
    """A field for an account in words."""
    return Field(field, title, FieldType.LONG_TEXT)


def closing_step(after: tuple[str, ...], cite: tuple[str, ...]) -> Step:
    """The system's own last step."""
    return Step(id=CLOSE, title="归档", by=("system",), after=after, marks=("closed",), cite=cite)


def affair_regime(
    parent: Regime,
    affair: str,
    *,
    title: str,
    kind: str,
    steps: Iterable[Step],
    limits: Iterable[Limit],
    leaders: tuple[str, ...] = (),
    routing: tuple[RoutingRow, ...] = (),
    acts: Iterable[Act] = (),
) -> Regime:
    """A regime for one affair: same people, papers, tables and confidentiality, a flow of its own.

    Of the parent's notices, accountability rules, corrective actions and duties those hold that hang on what happens in the
    affair. `leaders` may end it without its being done, with a reason. `acts` of its own take the place of the parent's.
    """
    flow = {step.id: step for step in steps}
    after = followers(flow)
    flow = {step_id: replace(step, followers=after[step_id]) for step_id, step in flow.items()}
    all_limits = {limit.id: limit for limit in limits}
    happens = _happening_in(affair)
    reactions = index(
        flow,
        all_limits,
        _hanging_on(happens, parent.notices),
        _hanging_on(happens, parent.accountability.rules),
        _hanging_on(happens, parent.corrective),
        _hanging_on(happens, parent.duties),
    )
    return replace(
        parent,
        id=f"{parent.id}/{affair}",
        title=title,
        kinds={kind: AFFAIR_KINDS[kind]},
        intake=Intake(channels={}, fields={}, number=_NUMBERS[kind]),
        flow=flow,
        acts=_acts(parent, leaders) | {act.id: act for act in acts},
        reactions=reactions,
        severity=Severity(),
        assessment=(),
        routing=routing,
        limits=all_limits,
        parent=parent,
        affair=affair,
    )


def _acts(parent: Regime, leaders: tuple[str, ...]) -> dict[str, Act]:
    """The core acts, without those that need a complainant; the doer of an affair is its handler."""
    found = {}
    for act in parent.acts.values():
        if not act.core:
            continue
        by = tuple(role for role in act.by if role != "complainant")
        if act.id == "terminate":
            by = tuple(dict.fromkeys((*leaders, *parent.acts["supervise"].by)))
        title = "联系有关人员" if act.id == "contact" else act.title
        found[act.id] = replace(act, title=title, by=by, allowed=act.allowed and act.id in _KEPT_ACTS)
    return found


def _happening_in(affair: str) -> Callable[[str], bool]:
    return lambda event: event == affair or event.startswith((f"{affair}.", f"{affair}:"))


def _hanging_on(happens: Callable[[str], bool], things: Mapping[str, Named]) -> dict[str, Named]:
    """Those that come after something that happens in the affair, and only there."""
    found: dict[str, Named] = {}
    for name, thing in things.items():
        after = tuple(event for event in thing.after if happens(event))
        if after:
            changed: Any = replace(thing, after=after)
            found[name] = changed
    return found
