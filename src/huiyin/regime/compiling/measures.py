"""Measures: what may be proposed, and what has to be done for it."""

from huiyin.calendars import Span
from huiyin.regime.expressions import compile_condition
from huiyin.regime.model import FromSetting, LimitExpression, Measure, MeasureDuty, PeriodEnd, Permanent, Promptly
from huiyin.regime.schema.standing import ConfirmPart, MeasureDutyPart
from huiyin.regime.source import Path

from .desk import Desk
from .work import fields_of, required_of

_TERM_OVER = "case.term_over"


def measures(desk: Desk) -> dict[str, Measure]:
    """The measures of a regime."""
    section = desk.file.accountability
    found = {}
    for measure_id, part in section.measures.items():
        path: Path = ("accountability", "measures", measure_id)
        if part.ledger:
            desk.reference(part.ledger, section.ledgers, (*path, "ledger"), "台账", "ledger")
        found[measure_id] = Measure(
            id=measure_id,
            title=part.title or measure_id,
            unit=part.unit,
            ledger=part.ledger,
            reward=part.reward,
            stands=_stands(desk, part.stands, (*path, "stands")),
            not_under=desk.measures(part.not_under, (*path, "not_under")),
            duty=_duty(desk, measure_id, part.duty, (*path, "duty")) if part.duty else None,
            cite=desk.cite(part.cite, path, needed=False) or _cited_by_rules(desk, measure_id),
        )
    return found


def _cited_by_rules(desk: Desk, measure: str) -> tuple[str, ...]:
    """The articles of the rules that propose the measure."""
    rules = desk.file.accountability.rules.values()
    return tuple(dict.fromkeys(clause for rule in rules if measure in rule.propose for clause in rule.cite))


def _stands(desk: Desk, written: str | None, path: Path) -> LimitExpression | None:
    """How long a measure is in force: a span, until the end of a period, or for good; a setting still without an answer."""
    found = desk.limit(written, path)
    if found is None or isinstance(found, Span | PeriodEnd | Permanent | FromSetting):
        return found
    desk.found.add("wrong-form", path, expected_zh="一段时间（1 year）、before year end 或 permanent",
                   expected_en="a span such as 1 year, before year end, or permanent")  # fmt: skip
    return None


def _duty(desk: Desk, measure: str, part: MeasureDutyPart, path: Path) -> MeasureDuty:
    confirm, names = part.confirm or ConfirmPart(by=()), desk.names("flow")
    there: Path = (*path, "confirm")
    return MeasureDuty(
        by=desk.role_list(part.by, (*path, "by")),
        lasts=desk.limit(part.lasts, (*path, "lasts")),
        within=desk.limit(part.within, (*path, "within")) or Promptly(),
        fields=fields_of(desk, part, (*path, "fields")),
        required=required_of(desk, part, (*path, "required")),
        produces=desk.forms(part.produces, (*path, "produces")),
        confirmed_by=desk.role_list(confirm.by, (*there, "by")),
        confirm_fields=fields_of(desk, confirm, (*there, "fields")),
        confirm_required=required_of(desk, confirm, (*there, "required")),
        confirm_produces=desk.forms(confirm.produces, (*there, "produces")),
        over=compile_condition(_TERM_OVER, names) if part.lasts else None,
        sent_back=compile_condition(f"happened('{measure}.again')", names) if part.confirm else None,
    )
