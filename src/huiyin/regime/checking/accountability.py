"""Sanctions that nobody could answer to, and amounts that no ledger keeps."""

from huiyin.regime.compiling import Desk
from huiyin.regime.compiling.accountability import punishes
from huiyin.regime.model import Regime
from huiyin.regime.source import Path


def check_accountability(desk: Desk, regime: Regime) -> None:
    """W11, W12."""
    _unheard(desk)
    _unbooked(desk, regime)


def _unheard(desk: Desk) -> None:
    """Rules for which neither they nor the section say how the person concerned is heard and may object."""
    section = desk.file.accountability
    silent = {"heard": section.heard is None, "objection": section.objection is None}
    for key, titled in (("heard", "当事人陈述（heard）"), ("objection", "异议（objection）")):
        rules = [
            rule_id
            for rule_id, rule in section.rules.items()
            if silent[key] and getattr(rule, key) is None and punishes(section, rule)
        ]
        if rules:
            titles = "、".join(section.rules[each].title or each for each in rules)
            path: Path = ("accountability", "rules", rules[0])
            desk.found.add("unheard", path, at_key=True, rules=titles, missing_zh=titled, missing_en=key)


def _unbooked(desk: Desk, regime: Regime) -> None:
    """Measures proposed with an amount, or counted in a unit, that are booked nowhere."""
    rules = regime.accountability.rules.values()
    amounts = {name for rule in rules for name, amount in rule.propose.items() if amount is not True}
    for measure in regime.accountability.measures.values():
        if measure.id in amounts and measure.ledger is None:
            path: Path = ("accountability", "measures", measure.id)
            desk.found.add("unbooked-amount", path, at_key=True, measure=measure.title)
