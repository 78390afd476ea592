"""Taking a case up again: reopening by the organisation, appeal by the complainant."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Act

from . import commands as cmd
from .draft import Draft
from .events import Reopened
from .flow import next_round
from .principles import CLOSED_STAYS_CLOSED
from .recording import reason_of
from .refusals import Refused

REOPENED = ("reopen", "reopened")
APPEALED = ("appeal", "appealed")


def reopen(draft: Draft, act: Act, command: cmd.Reopen, _fields: Mapping[str, Any]) -> None:
    """Take the case up again: the regime's own step for it opens, otherwise the one that concludes.

    A corrective action taken up again is known by its own name as well: `rectification.reopened`.
    """
    own = (f"{draft.regime.affair}.reopened",) if draft.regime.is_affair else ()
    _live_again(draft, act, reason_of(command.text, act), (*REOPENED, *own), on_behalf=command.on_behalf)


def appeal(draft: Draft, act: Act, command: cmd.Appeal, fields: Mapping[str, Any]) -> None:
    """The complainant does not accept the result."""
    if not draft.case.answered:
        raise Refused("not-open-now", "还没有答复，暂不能申诉；可以催办或补充材料。", cite=act.cite)
    text = command.text if fields else reason_of(command.text, act)
    _live_again(draft, act, text, APPEALED, on_behalf=command.on_behalf)


def is_under_way(draft: Draft, names: tuple[str, ...]) -> bool:
    """Whether the case is being worked on and no step of its own hangs on taking it up again."""
    opens = any(draft.regime.on(name).opens for name in names)
    return not opens and draft.case.state != "closed" and bool(draft.case.open_runs())


def _live_again(draft: Draft, act: Act, text: str, names: tuple[str, ...], *, on_behalf: bool) -> None:
    if is_under_way(draft, names):
        raise Refused("not-open-now", "案件正在办理。", cite=act.cite)
    cite = act.cite or (CLOSED_STAYS_CLOSED.id,)
    appealed = names == APPEALED
    draft.add(Reopened(**draft.stamp, names=names, cite=cite, text=text, appeal=appealed, on_behalf=on_behalf))
    if any(draft.regime.on(name).opens for name in names):
        return
    steps = draft.regime.flow.values()
    again = next((step for mark in ("concluded", "replied") for step in steps if mark in step.marks), None)
    if again is not None:
        next_round(draft, again, cite)
