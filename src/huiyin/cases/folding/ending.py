"""Links, the end of a case, and its coming back."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.cases import events as ev
from huiyin.cases.state import Case


def _linked(case: Case, event: ev.Linked) -> None:
    if event.other not in case.linked:
        case.linked = (*case.linked, event.other)


def _code_renewed(case: Case, event: ev.CodeRenewed) -> None:
    case.code_issue, case.code_issued_by = event.issue, event.by


def _closed(case: Case, event: ev.Closed) -> None:
    case.state = "closed"
    case.closed_at = event.at


def _reopened(case: Case, _event: ev.Reopened) -> None:
    case.state = "open"
    case.closed_at = None


def _moved_to_version(case: Case, event: ev.MovedToVersion) -> None:
    case.regime_version = event.version
    for key in event.left_behind:
        del case.steps[key]


CHANGES: Mapping[type[ev.Event], Callable[[Case, Any], None]] = {
    ev.Linked: _linked,
    ev.CodeRenewed: _code_renewed,
    ev.Closed: _closed,
    ev.Reopened: _reopened,
    ev.MovedToVersion: _moved_to_version,
}
