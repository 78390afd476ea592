"""Limits that run."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from huiyin.records import made_quickly

ObligationStatus = Literal["running", "overdue", "met", "cancelled"]


@made_quickly
@dataclass(frozen=True, slots=True)
class PlannedRung:
    """A rung of a ladder with its time."""

    at: datetime
    remind: tuple[str, ...] = ()
    tell: tuple[str, ...] = ()
    order_by: str = ""


@made_quickly
@dataclass(frozen=True, slots=True)
class Obligation:
    """A limit that runs: who owes what until when. `due` None: promptly, without a figure.

    `row` is the index of the limit's row that gave the time; `extended` counts extensions and `added` says by how much
    each was (`10 workdays`); `fired` rungs already used.
    """

    key: str
    limit: str
    title: str
    owner: tuple[str, ...]
    started_at: datetime
    due: datetime | None
    provisional: bool
    status: ObligationStatus
    cite: tuple[str, ...]
    row: int
    written: str
    first_due: datetime | None = None
    rungs: tuple[PlannedRung, ...] = ()
    fired: int = 0
    extended: int = 0
    paused_at: datetime | None = None
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    breached_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    added: tuple[str, ...] = ()
