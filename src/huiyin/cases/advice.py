"""Advice a regime gives to whoever is about to do a piece of work (regime-language 3.10)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from huiyin.regime.model import Guidance, Regime

from .commands import Command
from .draft import Draft
from .refusals import Refused
from .state import Case


def advice_for(regime: Regime, case: Case, work: str) -> list[Guidance]:
    """The guidance shown with a step or act, in this category or one above it, and in this channel."""
    return _advice(regime, {work}, case.category, case.channel)


def advice_at_receipt(regime: Regime, category: str, channel: str) -> list[Guidance]:
    """The guidance for the moment in which somebody brings a matter: that of the steps which begin when it is received."""
    return _advice(regime, {step.id for step in regime.flow.values() if "received" in step.after}, category, channel)


def _advice(regime: Regime, works: Collection[str], category: str, channel: str) -> list[Guidance]:
    return [
        advice
        for advice in regime.guidance.values()
        if any(work in works for work in advice.at)
        and (not advice.category or any(regime.is_under(category, each) for each in advice.category))
        and (not advice.channel or channel in advice.channel)
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
    texts = tuple(texts)
    return tuple(found for advice in advice_for(regime, case, work) for found in _found_in(advice, texts))


def _found_in(advice: Guidance, texts: Iterable[str]) -> list[Discouraged]:
    said = "\n".join(_bare(text) for text in texts)
    return [Discouraged(phrase, better, advice.cite) for phrase, better in advice.avoid.items() if _bare(phrase) in said]


def discouraged_in(regime: Regime, case: Case, command: Command) -> tuple[Discouraged, ...]:
    """What in a command, whoever gives it and by whatever way, the regime advises against for the work it does."""
    return discouraged(regime, case, work_of(command), texts_of(command))


def refuse_insisted(draft: Draft, command: Command) -> None:
    """Raise where the words of a command have a phrase that the regime does not merely advise against but insists on.

    What the complainant writes is the complainant's own affair.

    Raises:
        Refused: forbidden-here, naming the phrase and the better wording.
    """
    if draft.actor.kind in ("complainant", "system"):
        return
    if not _insists(draft.regime):
        return
    for advice in advice_for(draft.regime, draft.case, work_of(command)):
        if not advice.insists:
            continue
        for found in _found_in(advice, texts_of(command)):
            message = f"制度不允许写“{found.phrase}”，请改为：{found.better}"
            raise Refused("forbidden-here", message, cite=advice.cite, rule=f"guidance.{advice.id}.insists")


@lru_cache(maxsize=256)
def _insists(regime: Regime) -> bool:
    """Whether any advice of the regime is more than advice."""
    return any(advice.insists for advice in regime.guidance.values())


def work_of(command: Command) -> str:
    """The step or act a command does; empty for what is neither."""
    return str(getattr(command, "work", "") or getattr(command, "kind_of_act", "") or command.act)


def texts_of(command: Command) -> tuple[str, ...]:
    """Everything a command says in words: its text, and the texts among its fields."""
    values = [getattr(command, "text", ""), *getattr(command, "fields", {}).values()]
    return tuple(value for value in values if isinstance(value, str) and value)


def _bare(text: str) -> str:
    return "".join(letter for letter in text if not letter.isspace() and letter not in ".。·")
