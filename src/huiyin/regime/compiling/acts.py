"""Acts at any time: the core ones, narrowed by the regime or with sensible defaults, and the regime's own."""

from dataclasses import replace
from typing import Any

from huiyin.regime.limits_written import LimitWritingError, parse_open_for
from huiyin.regime.model import Act, Step
from huiyin.regime.schema.work import ActPart
from huiyin.regime.source import Path
from huiyin.regime.vocabulary import CORE_ACTS

from .desk import Desk
from .work import shared

_ANY_STAFF = frozenset(
    {"note", "contact", "tell-progress", "add-evidence", "seal-evidence", "press", "link", "flag-risk", "correct",
     "remedy", "recuse", "answer-order", "amend-report", "withdraw-report", "sign"}
)  # fmt: skip
_COMPLAINANT = frozenset({"appeal", "reopen"})
_COMPLAINANT_OR_DESK = frozenset({"complete", "withdraw"})
_LEADERS = frozenset({"supervise", "instruct"})
_GIVERS = frozenset({"accept-report", "return-report", "recall-order"})


def acts(desk: Desk, steps: dict[str, Step]) -> dict[str, Act]:
    """Every core act, then the regime's own acts in the order of the file."""
    result = {}
    for act_id, (title, _event) in CORE_ACTS.items():
        part = desk.file.acts.get(act_id)
        by = _parties(desk) if act_id == "ask-back" else default_doers(act_id, steps)
        if part is None:
            result[act_id] = Act(id=act_id, title=title, by=by, core=True)
        else:
            result[act_id] = _act(desk, act_id, part, title=part.title or title, by=by, core=True)
    for act_id, part in desk.file.acts.items():
        if act_id not in CORE_ACTS:
            own = _act(desk, act_id, part, title=part.title or act_id, by=("all-staff",), core=False)
            result[act_id] = own if own.approval else replace(own, approval=_approval_of_publishing(desk, act_id))
    return result


def _approval_of_publishing(desk: Desk, act: str) -> str | None:
    """Who approves a reply before it is published, for the act that publishes it."""
    replies = desk.file.portal.replies
    if replies is None or replies.act != act:
        return None
    return desk.approval(replies.approval, ("portal", "replies", "approval"))


def default_doers(act: str, steps: dict[str, Step]) -> tuple[str, ...]:
    """Who may do a core act when the regime does not say. `all-staff`: any of the staff who may see the case."""
    if act in _ANY_STAFF:
        return ("all-staff",)
    if act in _COMPLAINANT:
        return ("complainant",)
    if act in _COMPLAINANT_OR_DESK:
        return ("complainant", "first-receiver")
    if act in _LEADERS:
        return _unique((*_deciders(steps, {"routing"}), "handling-head", "superior", "supervisor"))
    if act in _GIVERS:
        return ("giver",)
    return _unique(("handler", "first-receiver", *_deciders(steps, {"assessment", "routing"})))


def _parties(desk: Desk) -> tuple[str, ...]:
    """The parties outside that may ask back: those that can come in by themselves."""
    return tuple(role for role, part in desk.file.roles.outside.items() if part.reached_by != "paper")


def _deciders(steps: dict[str, Step], tables: set[str]) -> tuple[str, ...]:
    return tuple(role for step in steps.values() if tables & set(step.decides) for role in step.by)


def _unique(roles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(role for role in roles if role != "system"))


def _act(desk: Desk, act_id: str, part: ActPart, *, title: str, by: tuple[str, ...], core: bool) -> Act:
    path: Path = ("acts", act_id)
    common: dict[str, Any] = shared(desk, act_id, part, path)
    common["title"] = title
    common["by"] = common["by"] or by
    span, event = None, None
    if part.open_for is not None:
        try:
            span, event = parse_open_for(part.open_for)
            desk.event(event, (*path, "open_for"))
        except LimitWritingError as error:
            desk.found.add("bad-limit", (*path, "open_for"), text=part.open_for, hint=error.hint)
    at_most = desk.whole(part.at_most, (*path, "at_most"))
    return Act(
        **common,
        allowed=part.allowed,
        core=core,
        to=desk.role_list(part.to, (*path, "to")),
        open_for=span,
        open_after=event,
        at_most=at_most if isinstance(at_most, int) else None,
    )
