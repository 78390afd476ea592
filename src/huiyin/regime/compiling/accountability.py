"""Accountability, ledgers and corrective action."""

from huiyin.regime.limits_written import LimitWritingError, parse_amount
from huiyin.regime.model import Accountability, AccountabilityRule, CorrectiveAction, Ledger, LimitExpression
from huiyin.regime.model.accountability import Amount, Objection, Reopening, field_against
from huiyin.regime.schema.standing import NO_OBJECTION, NONE, AccountabilityPart, ObjectionPart, ReopenPart, RulePart
from huiyin.regime.source import Path

from .desk import Desk
from .measures import measures
from .names import fields_of_work
from .resolving import item


def accountability(desk: Desk) -> Accountability:
    """Measures, ledgers and the rules that propose measures."""
    part = desk.file.accountability
    for ledger_id, ledger in part.ledgers.items():
        if ledger.kept_by:
            desk.role(ledger.kept_by, ("accountability", "ledgers", ledger_id, "kept_by"))
    general = (_heard(desk, part.heard, ()), _objection(desk, part.objection, ()))
    return Accountability(
        measures=measures(desk),
        ledgers={
            ledger_id: Ledger(
                ledger_id, each.title or ledger_id, each.of, each.unit, each.opens_with, each.period, each.kept_by
            )
            for ledger_id, each in part.ledgers.items()
        },
        rules={rule_id: _rule(desk, rule_id, *general) for rule_id in part.rules},
    )


def _rule(
    desk: Desk, rule_id: str, heard: LimitExpression | None, objection: Objection | None
) -> AccountabilityRule:
    """One rule; `heard` and `objection` are those of the section."""
    section = desk.file.accountability
    part = section.rules[rule_id]
    path: Path = ("accountability", "rules", rule_id)
    propose: dict[str, Amount | str] = {}
    for measure, amount in part.propose.items():
        here = (*path, "propose", measure)
        desk.reference(measure, section.measures, here, "措施", "measure")
        propose[measure] = amount_of(desk, amount, here)
    sanctions = punishes(section, part)
    titles = [section.measures[each].title or each for each in part.propose if each in section.measures]
    if part.approval is None:
        desk.found.add("unapproved-measure", path, at_key=True, measure="、".join(titles) or rule_id)
    return AccountabilityRule(
        id=rule_id,
        title=part.title or "、".join(titles) or rule_id,
        after=desk.event_list(part.after, (*path, "after")),
        against=tuple(_against(desk, name, item((*path, "against"), n, desk.source)) for n, name in enumerate(part.against)),
        propose=propose,
        approval=desk.approval(part.approval, (*path, "approval")) or "",
        cite=desk.cite(part.cite, path),
        when=desk.condition(part.when, (*path, "when"), "accountability"),
        conduct={conduct: each.title or conduct for conduct, each in part.conduct.items()},
        heard=_heard(desk, part.heard, ("rules", rule_id)) if part.heard or not sanctions else heard,
        objection=_objection(desk, part.objection, ("rules", rule_id)) if part.objection or not sanctions else objection,
        note=part.note,
    )


def _against(desk: Desk, name: str, path: Path) -> str:
    """A role (E7), or the person or unit field in which work says who it was (E27)."""
    field = field_against(name)
    if not field:
        return desk.role(name, path)
    named = [each for each, _owner, part, _where, _given in fields_of_work(desk.file) if part.type in ("person", "unit")]
    desk.reference(field, named, path, "人员或部门字段", "person or unit field")
    desk.used.paths.add(name)
    return name


def punishes(section: AccountabilityPart, part: RulePart) -> bool:
    """Whether a rule proposes a sanction, not rewards alone."""
    return any(not section.measures[each].reward for each in part.propose if each in section.measures)


def _heard(desk: Desk, written: str | None, where: Path) -> LimitExpression | None:
    return None if written == NONE else desk.limit(written, ("accountability", *where, "heard"))


def _objection(desk: Desk, part: ObjectionPart | None, where: Path) -> Objection | None:
    if part is None or part is NO_OBJECTION:
        return None
    path: Path = ("accountability", *where, "objection")
    within = desk.limit(part.within, (*path, "within"))
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
