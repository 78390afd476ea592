"""Advice a regime gives to whoever is about to do a piece of work (regime-language 3.10)."""

from collections.abc import Iterable
from dataclasses import dataclass

from huiyin.regime.model import Guidance, Regime

from .commands import Command
from .state import Case


def advice_for(regime: Regime, case: Case, work: str) -> list[Guidance]:
    """The guidance shown with a step or act, in this category or one above it, and in this channel."""
    return [
        advice
        for advice in regime.guidance.values()
        if work in advice.at
        and (not advice.category or any(regime.is_under(case.category, each) for each in advice.category))
        and (not advice.channel or case.channel in advice.channel)
    ]


@dataclass(frozen=True, slots=True)
class Discouraged:
    """A phrase the regime advises against, with the better wording and the articles of the advice."""

    phrase: str
    better: str
    cite: tuple[str, ...]


def discouraged(regime: Regime, case: Case, work: str, texts: Iterable[str]) -> tuple[Discouraged, ...]:
    """What in these texts the regime advises against for this work. It warns; it does not forbid.

    Blanks do not matter, and neither do the full stops people put between characters to get past a check.
    """
    said = "\n".join(_bare(text) for text in texts)
    return tuple(
        Discouraged(phrase, better, advice.cite)
        for advice in advice_for(regime, case, work)
        for phrase, better in advice.avoid.items()
        if _bare(phrase) in said
    )


def texts_of(command: Command) -> tuple[str, ...]:
    """Everything a command says in words: its text, and the texts among its fields."""
    values = [getattr(command, "text", ""), *getattr(command, "fields", {}).values()]
    return tuple(value for value in values if isinstance(value, str) and value)


def _bare(text: str) -> str:
    return "".join(letter for letter in text if not letter.isspace() and letter not in ".。·")
