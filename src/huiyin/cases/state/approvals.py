"""Proposals that wait for approval."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from huiyin.records import made_quickly


@made_quickly
@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a running approval.

    `votes` are the persons who said yes, `against` the members of a body who said no before it had its quorum;
    `signed`: place on the forms, person.
    """

    by: tuple[str, ...]
    all_of: tuple[str, ...] = ()
    votes: tuple[str, ...] = ()
    voted_roles: tuple[str, ...] = ()
    lapses_at: datetime | None = None
    otherwise: str = ""
    signed: tuple[tuple[str, str], ...] = ()
    against: tuple[str, ...] = ()

ApprovalKind = Literal["work", "extension", "assessment", "routing", "sanction", "objection"]


@made_quickly
@dataclass(frozen=True, slots=True)
class PendingApproval:
    """A proposal that waits for somebody's yes or no. `subject`: step run, limit, row or rule; `payload`: what is proposed.

    `since`: from when on the time of the present stage counts, as if the case had not stood still; folding gives it.
    """

    key: str
    approval: str
    kind: ApprovalKind
    subject: str
    title: str
    asked_by: str
    asked_at: datetime
    stages: tuple[Stage, ...]
    stage: int
    rejected: str
    cite: tuple[str, ...]
    payload: Mapping[str, Any]
    since: datetime | None = None
