"""What each event changes in the state of a case, by subject. No rule is applied here and nothing is refused."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.cases.events import Event
from huiyin.cases.samples.folding import CHANGES as SAMPLES
from huiyin.cases.state import Case

from . import approving, charging, ending, imposing, matter, papering, receiving, timing, transferring, working
from .receiving import begun

CHANGES: Mapping[type[Event], Callable[[Case, Any], None]] = {
    **SAMPLES,
    **approving.CHANGES,
    **charging.CHANGES,
    **ending.CHANGES,
    **imposing.CHANGES,
    **matter.CHANGES,
    **papering.CHANGES,
    **receiving.CHANGES,
    **timing.CHANGES,
    **transferring.CHANGES,
    **working.CHANGES,
}
"""Kind of event → what it changes."""

__all__ = ["CHANGES", "begun"]
