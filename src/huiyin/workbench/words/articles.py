"""Articles behind decisions: the chip's words, its text, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse

from huiyin.cases.principles import PRINCIPLES
from huiyin.regime.model import Regime
from huiyin.regime.saying import article_label


@dataclass(frozen=True, slots=True)
class Cited:
    """One article: what the chip shows, its wording, its address (empty for a rule of the core)."""

    label: str
    text: str
    href: str = ""


def article_anchor(article: str) -> str:
    """The id of an article on the regime's page."""
    return f"article-{quote(article, safe='')}"


def cited(regime: Regime, article: str) -> Cited:
    """An article of the regime, or one of the core's own principles."""
    principle = PRINCIPLES.get(article)
    if principle is not None and article not in regime.articles:
        return Cited(principle.id, f"{principle.text}（{principle.source}）")
    href = reverse("desk-regime", args=[(regime.parent or regime).id]) + "#" + article_anchor(article)
    return Cited(article_label(article), regime.articles.get(article, ""), href)


def all_cited(regime: Regime, articles: Sequence[str]) -> list[Cited]:
    """Several articles, in order."""
    return [cited(regime, article) for article in articles]


def first_cited(regime: Regime, articles: Sequence[str]) -> Cited:
    """The first of them, for rows with room for one; empty when there is none."""
    return cited(regime, articles[0]) if articles else Cited("", "")
