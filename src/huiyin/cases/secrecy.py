"""The rules of confidentiality that hold for a case."""

from huiyin.regime.model import Confidentiality, Regime

from .quiet import quiet_scope
from .state import Case


def keeps_secrets(regime: Regime, case: Case) -> bool:
    """Whether a rule of confidentiality holds for the case, so that what somebody sees of it must be asked of `sight`."""
    return any(rule.see or rule.hide for rule in rules_of_confidentiality(regime, case))


def rules_of_confidentiality(regime: Regime, case: Case) -> list[Confidentiality]:
    """The rules that hold. They speak of kind, channel, category and what has happened; with caution where they cannot tell."""
    if not regime.confidentiality:
        return []
    scope = quiet_scope(regime, case)
    return [rule for rule in regime.confidentiality.values() if scope.holds(rule.when, undecided=True)]
