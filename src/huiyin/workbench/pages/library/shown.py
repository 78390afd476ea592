"""Cards of a regime as the pages show them: facts, articles, an anchor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huiyin.regime.cards import Card
from huiyin.workbench.pages.library.shelf import Shelf, card_anchor
from huiyin.workbench.words.articles import Cited, article_anchor, cited


@dataclass(frozen=True, slots=True)
class ShownCard:
    """One rule: its main words, then aspect by aspect."""

    anchor: str
    kind: str
    title: str
    main: str
    facts: Sequence[tuple[str, str]]
    cites: Sequence[Cited]
    note: str
    path: str


def shown(shelf: Shelf, card: Card) -> ShownCard:
    """A card with the links of this version."""
    facts = [(aspect, words) for aspect, words in card.says.items() if aspect]
    return ShownCard(
        card_anchor(card.path), card.kind, card.title, card.says.get("", ""), facts, cites(shelf, card.cite), card.note, card.path
    )


def all_shown(shelf: Shelf, found: Iterable[Card]) -> list[ShownCard]:
    """Several cards."""
    return [shown(shelf, card) for card in found]


def cites(shelf: Shelf, articles: Iterable[str]) -> list[Cited]:
    """Articles as chips that lead to the text in this version."""
    chips = [(article, cited(shelf.regime, article)) for article in articles]
    return [
        Cited(chip.label, chip.text, shelf.href("", article_anchor(article)) if chip.href else "") for article, chip in chips
    ]


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under a heading."""

    anchor: str
    title: str
    cards: Sequence[ShownCard]


def groups(*parts: tuple[str, str, Sequence[ShownCard]]) -> list[Group]:
    """The groups that have a card."""
    return [Group(anchor, title, found) for anchor, title, found in parts if found]



