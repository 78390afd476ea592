"""Rule tables: severity, assessment, routing. The first row that fits decides; a missing fact makes a person decide."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from huiyin.calendars import Due
from huiyin.records import made_quickly
from huiyin.regime.expressions import Undecided
from huiyin.regime.model import AssessmentRow, Regime, RoutingRow, SeverityRule

from .approvals import ask_approval
from .assignment import Choice, assign, resolve_target
from .bodies_outside import chosen_body, may_transfer, refuse_second_transfer
from .draft import Draft, plain
from .due_times import due_time, written
from .events import Assessed, CompletionAsked, Graded, LeftUndecided, ObligationStarted, Reason
from .principles import PERSON_DECIDES
from .refusals import Refused
from .scope import CaseScope
from .standing import may
from .state import Case, Obligation

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


@made_quickly
@dataclass(frozen=True, slots=True)
class ByHand:
    """What a person adds to a table's decision: the row where it was left undecided, and details."""

    row: str = ""
    into: str = ""
    text: str = ""
    body: str = ""
    choice: Choice = field(default_factory=Choice)


def grade(draft: Draft) -> None:
    """Set the severity by rule, unless a person has set it. Nothing happens when it stays the same."""
    case, severity = draft.case, draft.regime.severity
    if not severity.rules or case.severity_by_hand:
        return
    rule = rule_of_severity(draft)
    if rule is None:
        lowest = next(iter(severity.levels), "")
        if case.severity != lowest:
            draft.add(Graded(**draft.stamp, names=("graded",), severity=lowest, category=case.category))
    elif rule.level != case.severity:
        draft.add(
            Graded(
                **draft.stamp,
                names=("graded",),
                cite=rule.cite,
                why=Reason(f"severity.{rule.id}", _values(rule.when, draft.scope())),
                severity=rule.level,
                category=case.category,
            )
        )


def rule_of_severity(draft: Draft) -> SeverityRule | None:
    """The first rule of severity that fits; what one lacks is said, and the next is asked."""
    scope = draft.scope()
    for rule in draft.regime.severity.rules:
        if rule.when is None:
            return rule
        try:
            if rule.when.evaluate(scope):
                return rule
        except Undecided as trouble:  # the level of before stands until the fact is known; a person may regrade
            _leave_ungraded(draft, rule, tuple(sorted(trouble.missing)))
    return None


def _leave_ungraded(draft: Draft, rule: SeverityRule, missing: tuple[str, ...]) -> None:
    """Say once which fact a severity rule lacks."""
    table = f"severity.{rule.id}"
    if draft.case.undecided.get(table) != missing:
        draft.add(LeftUndecided(**draft.stamp, table=table, row=rule.id, missing=missing, cite=rule.cite))


def _values(condition: Any, scope: CaseScope) -> dict[str, Any]:
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


def deciders(regime: Regime, case: Case, table: str) -> tuple[str, ...]:
    """The roles that decide a table (assessment, routing) where a person has to.

    A routing row that waits for its chooser is that role's; else it is whoever does the step that decides the table.
    """
    row = next((each for each in regime.routing if table == "routing" and each.id == case.row_to_choose), None)
    if row is not None and row.choose:
        return (row.choose,)
    roles = tuple(role for step in regime.flow.values() if table in step.decides for role in step.by)
    return roles or ("first-receiver", "handler")


def decide_assessment(draft: Draft, by_hand: ByHand, *, by_person: bool = False) -> None:
    """Decide assessment; without rows everything is accepted.

    A second transfer that the regime forbids is refused where a person decides (`by_person`), else left to one.
    """
    rows = draft.regime.assessment
    if not rows:
        draft.add(Assessed(**draft.stamp, names=("accepted",), row="", outcome="accept"))
        return
    if by_hand.row:
        row: AssessmentRow | None = _chosen(draft, rows, open_assessment_rows(draft), by_hand.row)
    else:
        row = _settled(draft, "assessment", find_row(draft, "assessment", rows, draft.scope()))
    if row is not None and row.outcome == "transfer" and by_person:
        refuse_second_transfer(draft)
    if row is not None and row.outcome == "transfer" and not may_transfer(draft):
        draft.add(LeftUndecided(**draft.stamp, table="assessment", row=row.id, missing=(), cite=row.cite))
        return
    if row is not None:
        why = draft.reason(f"assessment.{row.id}", None if by_hand.row else row.when)
        _propose_assessment(draft, row, by_hand, why, by_person=by_person)


def _propose_assessment(draft: Draft, row: AssessmentRow, by_hand: ByHand, why: Reason, *, by_person: bool) -> None:
    """Assess by a row, after its approval where it has one."""
    chosen_body(draft, row, by_hand.body, by_person=by_person)  # what cannot be is not asked for
    payload = {"row": row.id, "into": by_hand.into, "text": by_hand.text, "body": by_hand.body}
    title = row.title or row.id
    if row.approval and ask_approval(
        draft, "assessment", row.id, row.approval, title=title, payload=payload, cite=row.cite
    ):
        return
    assess(draft, row, into=by_hand.into, text=by_hand.text, body=by_hand.body, why=why)


def _settled(draft: Draft, table: str, found: Row | LeftUndecided | None) -> Row | None:
    """The row that was found; where none was, the table is left to a person."""
    if isinstance(found, LeftUndecided):
        draft.add(found)
        return None
    if found is None:
        draft.add(LeftUndecided(**draft.stamp, table=table, row="", missing=(), cite=(PERSON_DECIDES.id,)))
    return found


def open_rows(rows: Sequence[Row], scope: CaseScope) -> list[Row]:
    """The rows a person may choose from: every one that could apply, down to the first that certainly does."""
    found: list[Row] = []
    for row in rows:
        try:
            if row.when is not None and not row.when.evaluate(scope):
                continue
        except Undecided:
            found.append(row)
            continue
        found.append(row)
        return found
    return found or list(rows)


def open_assessment_rows(draft: Draft) -> list[AssessmentRow]:
    """As `open_rows`, for assessment; once another body gave the case back, no transfer stands before the rows below it."""
    rows, scope = draft.regime.assessment, draft.scope()
    transfer = draft.case.transfer
    if transfer is None or transfer.stage != "returned":
        return open_rows(rows, scope)
    transfers = [row for row in rows if row.outcome == "transfer"]
    others = open_rows([row for row in rows if row not in transfers], scope)
    again = [row for row in transfers if row.when is None or scope.holds(row.when, undecided=True)]
    return [*others, *(again if may_transfer(draft) else ())]


def _chosen(draft: Draft, rows: Sequence[Row], possible: Sequence[Row], name: str) -> Row:
    """The row a person names, where the rules leave it open.

    Raises:
        Refused: there is no such row, or the rules say that it does not apply.
    """
    for row in possible:
        if row.id == name:
            return row
    if any(row.id == name and isinstance(row, AssessmentRow) and row.outcome == "transfer" for row in rows):
        refuse_second_transfer(draft)
    titles = "、".join(row.title or row.id for row in possible)
    if name not in {row.id for row in rows}:
        raise Refused("wrong-value", f"没有“{name}”这一情形；可选：{titles}。", fields={"row": f"请选择：{titles}"})
    raise Refused("forbidden-here", f"按制度只能适用“{titles}”，不能改选其他情形。", cite=possible[0].cite)


def decide_by_person(draft: Draft, table: str, by_hand: ByHand) -> None:
    """A person decides a table that was left undecided.

    Raises:
        Refused: the row named does not exist or does not apply.
    """
    if table == "assessment":
        row = _chosen(draft, draft.regime.assessment, open_assessment_rows(draft), by_hand.row)
        _propose_assessment(draft, row, by_hand, Reason(f"assessment.{row.id}"), by_person=True)
    else:
        rows = draft.regime.routing
        routing = _chosen(draft, rows, open_rows(rows, draft.scope()), by_hand.row)
        route(draft, routing, by_hand.choice, Reason(f"routing.{routing.id}"))


def assess(draft: Draft, row: AssessmentRow, *, into: str, text: str, why: Reason, body: str = "") -> None:
    """Carry out the outcome of an assessment row."""
    case = draft.case
    if row.outcome == "merge" and not into:
        into = draft.context.history.earlier_case(case, "same-matter", "open")
    name = EVENT_OF_OUTCOME[row.outcome]
    to, outside = chosen_body(draft, row, body)
    draft.add(
        Assessed(
            **draft.stamp,
            names=() if row.outcome == "ask-more" else (name,),
            cite=row.cite,
            why=why,
            row=row.id,
            outcome=row.outcome,
            to=to if row.outcome == "transfer" else "",
            to_regime=row.to_regime or "",
            into=into,
            text=text,
            body=outside,
            to_send=row.outcome == "transfer" and outside is not None and draft.regime.transfers is not None,
        )
    )
    if row.outcome == "ask-more":
        due = due_time(row.within, draft.context.now, draft.scope(), draft) if row.within else None
        how_long = written(row.within) if row.within else ""
        ask_completion(draft, text or row.title, due, row.cite, names=("completion-asked",), why=why, how_long=how_long)


def ask_completion(
    draft: Draft,
    text: str,
    due: Due | None,
    cite: tuple[str, ...],
    *,
    names: tuple[str, ...],
    why: Reason | None = None,
    how_long: str = "",
) -> None:
    """Ask the complainant to complete the filing: everything else stands still, and their own time begins.

    `how_long`: the time they have, as the regime language writes it.
    """
    at = due.at if due else None
    draft.add(CompletionAsked(**draft.stamp, names=names, cite=cite, why=why, text=text, due=at))
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
                due=at,
                provisional=bool(due and due.provisional),
                status="running",
                cite=cite,
                row=0,
                written=how_long,
                first_due=at,
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
    if by_hand.row:
        row: RoutingRow | None = _chosen(draft, rows, open_rows(rows, scope), by_hand.row)
    else:
        row = _settled(draft, "routing", find_row(draft, "routing", rows, scope))
    if row is not None and row.choose and not may_choose(draft, row.choose):
        draft.add(LeftUndecided(**draft.stamp, table="routing", row=row.id, missing=(), cite=row.cite))
    elif row is not None:
        why = Reason(f"routing.{row.id}", {} if by_hand.row else _values(row.when, scope))
        route(draft, row, choice, why)


def may_choose(draft: Draft, role: str) -> bool:
    """Whether the actor is the one who chooses; otherwise the row waits until that person does."""
    return may(draft.regime, draft.case, draft.actor, (role,), draft.context.directory)


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
