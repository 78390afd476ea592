"""Accountability, ledgers and corrective action."""

from huiyin.regime.limits_written import LimitWritingError, parse_amount
from huiyin.regime.model import Accountability, AccountabilityRule, CorrectiveAction, Ledger, Measure
from huiyin.regime.model.accountability import Amount, Objection, Reopening
from huiyin.regime.schema.standing import ObjectionPart, ReopenPart
from huiyin.regime.source import Path

from .desk import Desk


def accountability(desk: Desk) -> Accountability:
    """Measures, ledgers and the rules that propose measures."""
    part = desk.file.accountability
    for measure_id, measure in part.measures.items():
        if measure.ledger:
            path: Path = ("accountability", "measures", measure_id, "ledger")
            desk.reference(measure.ledger, part.ledgers, path, "台账", "ledger")
    for ledger_id, ledger in part.ledgers.items():
        if ledger.kept_by:
            desk.role(ledger.kept_by, ("accountability", "ledgers", ledger_id, "kept_by"))
    return Accountability(
        measures={
            measure_id: Measure(measure_id, each.title or measure_id, each.unit, each.ledger, each.reward)
            for measure_id, each in part.measures.items()
        },
        ledgers={
            ledger_id: Ledger(
                ledger_id, each.title or ledger_id, each.of, each.unit, each.opens_with, each.period, each.kept_by
            )
            for ledger_id, each in part.ledgers.items()
        },
        rules={rule_id: _rule(desk, rule_id) for rule_id in part.rules},
    )


def _rule(desk: Desk, rule_id: str) -> AccountabilityRule:
    section = desk.file.accountability
    part = section.rules[rule_id]
    path: Path = ("accountability", "rules", rule_id)
    propose: dict[str, Amount | str] = {}
    for measure, amount in part.propose.items():
        here = (*path, "propose", measure)
        desk.reference(measure, section.measures, here, "措施", "measure")
        propose[measure] = amount_of(desk, amount, here)
    titles = [section.measures[each].title or each for each in part.propose if each in section.measures]
    if part.approval is None:
        desk.found.add("unapproved-measure", path, at_key=True, measure="、".join(titles) or rule_id)
    return AccountabilityRule(
        id=rule_id,
        title=part.title or "、".join(titles) or rule_id,
        after=desk.event_list(part.after, (*path, "after")),
        against=desk.role_list(part.against, (*path, "against")),
        propose=propose,
        approval=desk.approval(part.approval, (*path, "approval")) or "",
        cite=desk.cite(part.cite, path),
        when=desk.condition(part.when, (*path, "when"), "accountability"),
        conduct={conduct: each.title or conduct for conduct, each in part.conduct.items()},
        heard=desk.limit(part.heard, (*path, "heard"), key=f"accountability.{rule_id}.heard"),
        objection=_objection(desk, part.objection, rule_id),
        note=part.note,
    )


def _objection(desk: Desk, part: ObjectionPart | None, rule_id: str) -> Objection | None:
    if part is None:
        return None
    path: Path = ("accountability", "rules", rule_id, "objection")
    within = desk.limit(part.within, (*path, "within"), key=f"accountability.{rule_id}.objection")
    approval = desk.approval(part.approval, (*path, "approval"))
    cite = desk.cite(part.cite, path, needed=False)
    return Objection(within, approval, cite) if within is not None and approval else None


def amount_of(desk: Desk, raw: bool | float | str, path: Path) -> Amount | str:
    """True, a number, a bracket; the text as written while a setting in it has no answer."""
    if not isinstance(raw, str):
        return raw
    ends = [desk.value(end, path) for end in raw.split("..")]
    numbers: list[float] = []
    for end in ends:
        try:
            numbers.append(float(end))
        except (TypeError, ValueError):
            return raw
    if len(numbers) == 1:
        return numbers[0]
    if numbers[0] > numbers[1]:
        desk.found.add("wrong-form", path, expected_zh="由小到大的范围", expected_en="a range from low to high")
    return (numbers[0], numbers[1])


def corrective(desk: Desk) -> dict[str, CorrectiveAction]:
    """Corrective actions."""
    result = {}
    for action_id, part in desk.file.corrective.items():
        path: Path = ("corrective", action_id)
        result[action_id] = CorrectiveAction(
            id=action_id,
            title=part.title or "整改",
            after=desk.event_list(part.after, (*path, "after")),
            owner=desk.role_list(part.owner, (*path, "owner")),
            cite=desk.cite(part.cite, path),
            when=desk.condition(part.when, (*path, "when"), "accountability"),
            together_with=desk.role_list(part.together_with, (*path, "with")),
            fields=desk.fields(part.fields, (), (*path, "fields")),
            approval=desk.approval(part.approval, (*path, "approval")),
            within=desk.limit(part.within, (*path, "within"), key=f"corrective.{action_id}"),
            verified_by=desk.role_list(part.verified_by, (*path, "verified_by")),
            produces=desk.forms(part.produces, (*path, "produces")),
            reopen=_reopening(desk, part.reopen, (*path, "reopen")),
        )
    return result


def _reopening(desk: Desk, part: ReopenPart | None, path: Path) -> Reopening | None:
    if part is None:
        return None
    by, cite = desk.role_list(part.by, (*path, "by")), desk.cite(part.cite, path, needed=False)
    written = str(desk.value(part.open_for, (*path, "open_for")))
    if part.open_for.startswith("$") and written == part.open_for[1:]:
        return None  # a setting without an answer; it has to be given before the regime is published
    try:
        span = parse_amount(written)
    except LimitWritingError as error:
        desk.found.add("bad-limit", (*path, "open_for"), text=written, hint=error.hint)
        return None
    return Reopening(by, span, cite)
