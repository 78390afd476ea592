"""Constructs that load but are not carried out by this version. The list shrinks as they are built."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from huiyin.regime.compiling import Desk
from huiyin.regime.model import Regime
from huiyin.regime.source import Path


class NotYet(NamedTuple):
    """One construct: what it is called, and where it stands in a regime."""

    zh: str
    en: str
    where: Callable[[Regime], Iterable[Path]]


NOT_YET: tuple[NotYet, ...] = (
    NotYet("档案保存期限", "retention of records", lambda regime: [("records",)] if regime.records else []),
    NotYet(
        "答复公开的审批",
        "approval of published replies",
        lambda regime: [("portal", "replies")] if regime.portal.replies_approval else [],
    ),
    NotYet(
        "上岗培训要求",
        "training before a post is taken",
        lambda regime: [
            ("roles", role.group.value, role.id, "trained_by") for role in regime.roles.values() if role.trained_by
        ],
    ),
    NotYet(
        "通用动作的分份办理和问卷",
        "copies and questionnaires of core acts",
        lambda regime: [
            *[("acts", act.id, "per") for act in regime.acts.values() if act.core and act.per],
            *[("acts", act.id, "asks") for act in regime.acts.values() if act.core and act.asks],
        ],
    ),
    NotYet(
        "延长动作自己的审批、结果、入账和交办",
        "approval, outcomes, bookings and orders of the act extend (the approval of a limit's extension is)",
        lambda regime: [
            ("acts", "extend", key) for key in ("approval", "outcomes", "books", "orders") if _asked_of_extend(regime, key)
        ],
    ),
)


def _asked_of_extend(regime: Regime, key: str) -> bool:
    return "extend" in regime.acts and bool(getattr(regime.acts["extend"], key))


def check_not_yet(desk: Desk, regime: Regime) -> None:
    """I4 for each construct that is used, at its first place."""
    for construct in NOT_YET:
        for path in list(construct.where(regime))[:1]:
            desk.found.add("not-yet", path, at_key=True, what_zh=construct.zh, what_en=construct.en.capitalize())
