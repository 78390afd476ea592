"""Articles as people say them, and the published text of a regime."""

from dataclasses import dataclass

from huiyin.cases.principles import PRINCIPLES
from huiyin.regime.model import Regime

_NUMERAL = frozenset("一二三四五六七八九十百零〇")


@dataclass(frozen=True, slots=True)
class Article:
    """One numbered clause: what it is called, its words, its id on the page, and what in it the organisation chose itself."""

    title: str
    text: str
    anchor: str
    chosen: tuple[str, ...] = ()


def article_title(article: str) -> str:
    """第八条 for a bare Chinese number (八(3) → 第八条(3)), else the article's own name (收费四, 4.2)."""
    head = article.split("(", 1)[0].split("（", 1)[0]
    if head and set(head) <= _NUMERAL:
        return f"第{head}条{article[len(head) :]}"
    return article


def anchor(article: str) -> str:
    """The id of an article on the page of its regime."""
    return "article-" + "".join(letter if letter.isalnum() else "-" for letter in article)


def articles_of(regime: Regime) -> list[Article]:
    """All articles in their order. What the regime left to the organisation is named, without its value."""
    chosen: dict[str, list[str]] = {}
    for setting in regime.settings.values():
        for article in setting.cite:
            chosen.setdefault(article, []).append(setting.title)
    return [
        Article(article_title(each), text, anchor(each), tuple(chosen.get(each, ())))
        for each, text in regime.articles.items()
    ]


def principle_of(article: str) -> tuple[str, str] | None:
    """Title and wording of a principle of complaint handling that stands behind all regimes; None for an article."""
    principle = PRINCIPLES.get(article)
    return (principle.id, f"{principle.text}（{principle.source}）") if principle else None
