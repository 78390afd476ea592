"""Standing still and going on: waiting for the complainant's completion, suspension."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Act

from . import commands as cmd
from .approvals import go_on_deciding
from .clock import meet
from .draft import Draft
from .events import Completed, ObligationCancelled, Resumed, Suspended
from .moving import resumed
from .recording import reason_of
from .refusals import Refused
from .sources import is_source
from .state import Case, Obligation
from .tables import ask_completion
from .values import WrongValue, checked

COMPLETION = "completion"
"""The limit within which the complainant is to complete the filing."""


def ask_more(draft: Draft, act: Act, command: cmd.AskMore, _fields: Mapping[str, Any]) -> None:
    """Ask the complainant to complete the filing, within a time where one is given."""
    due = draft.context.calendar.due(draft.context.now, command.within) if command.within else None
    how_long, names = str(command.within or ""), ("ask-more", "completion-asked")
    ask_completion(draft, reason_of(command.text, act), due, act.cite, names=names, how_long=how_long)


def complete(draft: Draft, act: Act, command: cmd.Complete, _fields: Mapping[str, Any]) -> None:
    """The filing is completed: limits go on, and assessment is looked at anew by whoever decides it.

    Of parties outside only the one that filed the case completes it.
    """
    if draft.actor.kind == "outside" and not is_source(draft.case, draft.actor):
        raise Refused("not-yours", "补正由提交的人办理。", cite=act.cite, rule=f"acts.{act.id}.by")
    if draft.case.state != "waiting":
        raise Refused("not-open-now", "现在没有要求补正。", cite=act.cite)
    matter = _checked_matter(draft, act, command.matter)
    behalf = command.on_behalf
    draft.add(Completed(**draft.stamp, cite=act.cite, matter=matter, text=command.text, on_behalf=behalf))
    for item in draft.case.running():
        if item.limit == COMPLETION:
            meet(draft, item, "completed")
    go_on_deciding(draft)
    names = ("complete", "completed")
    draft.add(Resumed(**draft.stamp, names=names, cite=act.cite, text="补正完成", obligations=resumed(draft)))


def _checked_matter(draft: Draft, act: Act, given: Mapping[str, Any]) -> dict[str, Any]:
    problems: dict[str, str] = {}
    matter: dict[str, Any] = {}
    for name, raw in given.items():
        field = draft.regime.intake.fields.get(name)
        if field is None:
            problems[name] = "没有这一项"
            continue
        try:
            matter[name] = checked(field, raw, draft.context.calendar.zone)
        except WrongValue as trouble:
            problems[name] = str(trouble)
    if problems:
        raise Refused("wrong-value", "；".join(problems.values()) + "。", cite=act.cite, fields=problems)
    return matter


def lapsed_completion(case: Case) -> Obligation | None:
    """The obligation to complete the filing, if the complainant let its time pass and the case waits still."""
    items = case.running() if case.state == "waiting" else []
    return next((item for item in items if item.limit == COMPLETION and item.status == "overdue"), None)


def suspend(draft: Draft, act: Act, command: cmd.Suspend, fields: Mapping[str, Any]) -> None:
    """Let the case stand still."""
    if draft.case.state != "open":
        raise Refused("not-open-now", "案件现在不在办理中，不能中止。", cite=act.cite)
    text = command.text if fields else reason_of(command.text, act)
    draft.add(Suspended(**draft.stamp, names=("suspend", "suspended"), cite=act.cite, text=text, fields=fields))


def resume(draft: Draft, act: Act, command: cmd.Resume, _fields: Mapping[str, Any]) -> None:
    """Go on after a suspension, or with what there is when a completion that was asked for did not come in time.

    Due times move by the time that stood still.
    """
    if draft.case.state != "suspended" and lapsed_completion(draft.case) is None:
        raise Refused("not-open-now", "案件没有中止，补正期限也没有过。", cite=act.cite)
    for item in draft.case.running():
        if item.limit == COMPLETION:
            draft.add(ObligationCancelled(**draft.stamp, key=item.key, cause="resumed", cite=item.cite))
    go_on_deciding(draft)
    names = ("resume", "resumed")
    draft.add(Resumed(**draft.stamp, names=names, cite=act.cite, text=command.text, obligations=resumed(draft)))
