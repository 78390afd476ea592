"""Texts of a paper in HTML: boxes to tick drawn, lines kept, everything else escaped."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from huiyin.cases.documents.wording import TICKED, UNTICKED

register = template.Library()

_BOX = '<span class="p-box"></span>'
_TICKED_BOX = '<span class="p-box">√</span>'


@register.filter
def on_paper(text: str) -> SafeString:
    """Escaped text with drawn boxes and line breaks; no Chinese font has the boxes themselves."""
    escaped = str(conditional_escape(text))
    drawn = escaped.replace(TICKED, _TICKED_BOX).replace(UNTICKED, _BOX).replace("\n", "<br>")
    return mark_safe(drawn)  # noqa: S308 - everything was escaped above


@register.filter
def spaced(title: str) -> str:
    """A short title set wide, as on Chinese forms: 答 复 书."""
    return "　".join(title) if len(title) <= 3 else title
