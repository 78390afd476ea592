"""Tags that know where the visitor is; the template variable `place` is a huiyin.portal.place.Place."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from huiyin.portal.pages.articles import article_title, principle_of
from huiyin.portal.place import Place
from huiyin.regime.model import Regime
from huiyin.site.components import chips

register = template.Library()


@register.simple_tag(takes_context=True)
def at(context: template.Context, name: str, *arguments: str) -> str:
    """The address of a page of this organisation: {% at "file" regime.id %}."""
    place: Place = context["place"]
    return place.url(name, *arguments)


@register.simple_tag(takes_context=True)
def articles(context: template.Context, regime: Regime, cite: Sequence[str]) -> SafeString:
    """The chips of these articles, each leading to its words in the published regime; principles show theirs on hover."""
    place: Place = context["place"]
    return format_html_join(" ", "{}", ((_chip(place, regime, article),) for article in cite))


def _chip(place: Place, regime: Regime, article: str) -> SafeString:
    if article in regime.articles:
        return chips.cite(article_title(article), regime.articles[article], place.article_url(regime, (article,)))
    principle = principle_of(article)
    return chips.cite(*principle) if principle else SafeString("")
