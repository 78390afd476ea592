"""Rule tables: severity, assessment, routing. The first row that fits decides; a missing fact makes a person decide."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from huiyin.regime.expressions import Undecided
from huiyin.regime.model import AssessmentRow, RoutingRow

from .approvals import ask_approval
from .assignment import Choice, assign, resolve_target
from .clock import due_time
from .draft import Draft
from .events import Assessed, CompletionAsked, Graded, LeftUndecided, ObligationStarted, Reason
from .principles import PERSON_DECIDES
from .refusals import Refused
from .scope import CaseScope
from .state import Obligation

Row = TypeVar("Row", AssessmentRow, RoutingRow)

EVENT_OF_OUTCOME = {
    "accept": "accepted",
    "refuse": "refused",
    "explain": "explained",
    "settle": "settled",
    "merge": "merged",
    "transfer": "transferred",
    "ask-more": "completion-asked",
}


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a person adds to a table's decision: the row where it was left undecided, and details."""

    row: str = ""
    into: str = ""
    text: str = ""
    choice: Choice = field(default_factory=Choice)


def grade(draft: Draft) -> None:
    """Set the severity by rule, unless a person has set it. Nothing happens when it stays the same."""
    case, severity = draft.case, draft.regime.severity
    if not severity.rules or case.severity_by_hand:
        return
    scope = draft.scope()
    for rule in severity.rules:
        if rule.when is not None:
            try:
                if not rule.when.evaluate(scope):
                    continue
            except Undecided:
                continue  # the default level stands until the fact is known; a person may regrade
        if rule.level != case.severity:
            why = Reason(f"severity.{rule.id}", _values(rule.when, scope))
            draft.add(
                Graded(
                    **draft.stamp,
                    names=("graded",),
                    cite=rule.cite,
                    why=why,
                    severity=rule.level,
                    category=case.category,
                )
            )
        return
    lowest = next(iter(severity.levels), "")
    if case.severity != lowest:
        draft.add(Graded(**draft.stamp, names=("graded",), severity=lowest, category=case.category))


def _values(condition: Any, scope: CaseScope) -> dict[str, Any]:
    from .draft import plain

    return {} if condition is None else plain(condition.values(scope))


def find_row(draft: Draft, table: str, rows: Sequence[Row], scope: CaseScope) -> Row | LeftUndecided | None:
    """The first row that fits; or the event that says why it cannot be told."""
    for row in rows:
        if row.when is None:
            return row
        try:
            if row.when.evaluate(scope):
                return row
        except Undecided as trouble:
            return LeftUndecided(
                **draft.stamp,
                table=table,
                row=row.id,
                missing=tuple(sorted(trouble.missing)),
                cite=row.cite or (PERSON_DECIDES.id,),
            )
    return None


def decide_assessment(draft: Draft, by_hand: ByHand) -> None:
    """Decide assessment; without rows everything is accepted."""
    rows = draft.regime.assessment
    if not rows:
        draft.add(Assessed(**draft.stamp, names=("accepted",), row="", outcome="accept"))
        return
    row = _decided_row(draft, "assessment", rows, draft.scope(), by_hand)
    if row is None:
        return
    why = draft.reason(f"assessment.{row.id}", None if by_hand.row else row.when)
    payload = {"row": row.id, "into": by_hand.into, "text": by_hand.text}
    if row.approval and ask_approval(
        draft, "assessment", row.id, row.approval, title=row.title or row.id, payload=payload, cite=row.cite
    ):
        return
    assess(draft, row, into=by_hand.into, text=by_hand.text, why=why)


def _decided_row(draft: Draft, table: str, rows: Sequence[Row], scope: CaseScope, by_hand: ByHand) -> Row | None:
    found = find_row(draft, table, rows, scope)
    if isinstance(found, LeftUndecided):
        if by_hand.row:
            return _named(table, rows, by_hand.row)
        draft.add(found)
        return None
    if by_hand.row and (found is None or by_hand.row != found.id):
        cite = found.cite if found else PERSON_DECIDES
        title = found.title if found else "无"
        raise Refused("forbidden-here", f"按制度适用“{title}”，不能改选其他情形。", cite=cite)
    if found is None:
        draft.add(LeftUndecided(**draft.stamp, table=table, row="", missing=(), cite=(PERSON_DECIDES.id,)))
    return found


def _named(table: str, rows: Sequence[Row], name: str) -> Row:
    for row in rows:
        if row.id == name:
            return row
    raise Refused("wrong-value", f"没有“{name}”这一情形。", cite=PERSON_DECIDES, fields={"row": "请从列出的情形中选择"})


def decide_by_person(draft: Draft, table: str, by_hand: ByHand) -> None:
    """A person decides a table that was left undecided."""
    if table == "assessment":
        row = _named(table, draft.regime.assessment, by_hand.row)
        payload = {"row": row.id, "into": by_hand.into, "text": by_hand.text}
        if row.approval and ask_approval(
            draft, "assessment", row.id, row.approval, title=row.title or row.id, payload=payload, cite=row.cite
        ):
            return
        assess(draft, row, into=by_hand.into, text=by_hand.text, why=Reason(f"assessment.{row.id}"))
    else:
        routing = _named(table, draft.regime.routing, by_hand.row)
        route(draft, routing, by_hand.choice, Reason(f"routing.{routing.id}"))


def assess(draft: Draft, row: AssessmentRow, *, into: str, text: str, why: Reason) -> None:
    """Carry out the outcome of an assessment row."""
    case = draft.case
    if row.outcome == "merge" and not into:
        into = draft.context.history.earlier_case(case, "same-matter", "open")
    name = EVENT_OF_OUTCOME[row.outcome]
    draft.add(
        Assessed(
            **draft.stamp,
            names=() if row.outcome == "ask-more" else (name,),
            cite=row.cite,
            why=why,
            row=row.id,
            outcome=row.outcome,
            to=row.to or "",
            to_regime=row.to_regime or "",
            into=into,
            text=text,
        )
    )
    if row.outcome == "ask-more":
        due = due_time(row.within, draft.context.now, draft.scope(), draft) if row.within else None
        ask_completion(draft, text or row.title, due.at if due else None, row.cite)


def ask_completion(draft: Draft, text: str, due: Any, cite: tuple[str, ...]) -> None:
    """Ask the complainant to complete the filing: everything else stands still."""
    draft.add(CompletionAsked(**draft.stamp, names=("completion-asked",), cite=cite, text=text, due=due))
    number = sum(1 for item in draft.case.obligations.values() if item.limit == "completion") + 1
    draft.add(
        ObligationStarted(
            **draft.stamp,
            cite=cite,
            obligation=Obligation(
                key="completion" if number == 1 else f"completion#{number}",
                limit="completion",
                title="补正",
                owner=("complainant",),
                started_at=draft.context.now,
                due=due,
                provisional=False,
                status="running",
                cite=cite,
                row=0,
                written="",
                first_due=due,
            ),
        )
    )


def decide_routing(draft: Draft, by_hand: ByHand) -> None:
    """Decide who handles. A list under `to` lets the person who chooses take any of them, the first by default."""
    rows = draft.regime.routing
    if not rows:
        return
    choice = by_hand.choice
    named = {unit for unit in (choice.unit, *choice.also) if unit}
    scope = draft.scope(units=len(named) or None)
    row = _decided_row(draft, "routing", rows, scope, by_hand)
    if row is not None:
        why = Reason(f"routing.{row.id}", {} if by_hand.row else _values(row.when, scope))
        route(draft, row, choice, why)


def route(draft: Draft, row: RoutingRow, choice: Choice, why: Reason) -> None:
    """Assign by a row, after its approval where it has one."""
    target = resolve_target(draft, row, choice)
    payload = {
        "row": row.id,
        "role": target.role,
        "unit": target.unit,
        "handler_role": target.handler_role,
        "handler": target.handler,
        "also": list(target.also),
        "text": choice.text,
    }
    if row.approval and ask_approval(
        draft, "routing", row.id, row.approval, title=row.title or "办理意见", payload=payload, cite=row.cite
    ):
        return
    assign(draft, row.id, target, row.cite, why, choice.text)
