"""A regime as cards: every rule in Chinese words, for reading beside its articles and for comparing versions. Pure."""

from collections.abc import Callable, Iterator

from huiyin.regime.model import Regime

from .card import Card
from .decisions import article_cards, intake_cards, role_cards, setting_cards, table_cards, transfer_cards
from .flags import flag_cards
from .limits import limit_cards, say_extension
from .orders import order_cards
from .papers import form_cards, guidance_cards, notice_cards, questionnaire_cards
from .samples import sample_cards
from .standing import (
    accountability_cards,
    commitment_cards,
    corrective_cards,
    duty_cards,
    governance_cards,
    record_cards,
    watch_cards,
)
from .work import act_cards, approval_cards, step_cards

Cards = Callable[[Regime], Iterator[Card]]

SECTIONS: tuple[Cards, ...] = (
    article_cards, setting_cards, role_cards, intake_cards, table_cards, transfer_cards, sample_cards, step_cards,
    limit_cards, act_cards, order_cards, flag_cards, approval_cards, form_cards, notice_cards, guidance_cards, questionnaire_cards,
    accountability_cards, corrective_cards, duty_cards, watch_cards, commitment_cards, record_cards, governance_cards,
)  # fmt: skip
"""What makes the cards, in the order in which a regime is read."""


def cards(regime: Regime) -> tuple[Card, ...]:
    """Every rule of a regime."""
    return tuple(card for section in SECTIONS for card in section(regime))


def cards_by_article(regime: Regime) -> dict[str, list[Card]]:
    """Article → the rules that carry it out, in the order of the regime; an empty list means text only."""
    found: dict[str, list[Card]] = {article: [] for article in regime.articles}
    for card in cards(regime):
        for article in card.cite:
            found.setdefault(article, []).append(card)
    return found


__all__ = [
    "SECTIONS",
    "Card",
    "accountability_cards",
    "act_cards",
    "approval_cards",
    "article_cards",
    "cards",
    "cards_by_article",
    "commitment_cards",
    "corrective_cards",
    "duty_cards",
    "flag_cards",
    "form_cards",
    "governance_cards",
    "guidance_cards",
    "intake_cards",
    "limit_cards",
    "notice_cards",
    "order_cards",
    "questionnaire_cards",
    "record_cards",
    "role_cards",
    "sample_cards",
    "say_extension",
    "setting_cards",
    "step_cards",
    "table_cards",
    "transfer_cards",
    "watch_cards",
]
