"""Advice a regime gives to whoever is about to do a piece of work (regime-language 3.10)."""

from huiyin.regime.model import Guidance, Regime

from .state import Case


def advice_for(regime: Regime, case: Case, work: str) -> list[Guidance]:
    """The guidance shown with a step or act, in this category and channel."""
    return [
        advice
        for advice in regime.guidance.values()
        if work in advice.at
        and (not advice.category or case.category in advice.category)
        and (not advice.channel or case.channel in advice.channel)
    ]
