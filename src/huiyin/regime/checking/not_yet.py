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
        "上岗培训要求",
        "training before a post is taken",
        lambda regime: [
            ("roles", role.group.value, role.id, "trained_by") for role in regime.roles.values() if role.trained_by
        ],
    ),
)


def check_not_yet(desk: Desk, regime: Regime) -> None:
    """I4 for each construct that is used, at its first place."""
    for construct in NOT_YET:
        for path in list(construct.where(regime))[:1]:
            desk.found.add("not-yet", path, at_key=True, what_zh=construct.zh, what_en=construct.en.capitalize())
