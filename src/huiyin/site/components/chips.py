"""Small components made in Python, because a list of fifty rows has hundreds of them. Everything given is escaped."""

from datetime import date, datetime
from functools import lru_cache

from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from huiyin.site.components.lists import Choice, Who
from huiyin.site.components.words import DUE_ICONS, SEVERITIES, STATES

Text = str | Promise
"""Words to show: plain, or translated when the page is made."""


@lru_cache(maxsize=256)
def svg(name: str, classes: str) -> SafeString:
    """A symbol of icons.svg with exactly these class names; kept, since a page repeats a few dozen of them."""
    return format_html(
        '<svg{} aria-hidden="true"><use href="{}#{}"/></svg>',
        format_html(' class="{}"', classes) if classes else "",
        static("build/icons.svg"),
        name,
    )


def icon(name: str, classes: str = "") -> SafeString:
    """A symbol of icons.svg, hidden from readers: the words beside it say what it means."""
    return svg(name, f"i {classes}".strip())


def pill(state: str, text: Text = "", bare: bool = False) -> SafeString:
    """The state of a case; `text` when the regime has a word of its own, `bare` without border in dense lists."""
    known = STATES[state]
    return format_html(
        '<span class="{}" data-tone="{}">{}{}</span>',
        "pill bare" if bare else "pill",
        known.tone,
        svg(known.icon, ""),
        text or known.word,
    )


def due(state: str, text: Text, at: datetime | date | str | None = None) -> SafeString:
    """A due time: `state` gives icon and colour, `text` the relative words, `at` the exact time for machines."""
    return format_html(
        '<time class="due" data-state="{}"{}>{}{}</time>',
        state,
        _datetime_attribute(at),
        svg(DUE_ICONS[state], "i"),
        capfirst(str(text)),
    )


def _datetime_attribute(at: datetime | date | str | None) -> SafeString | str:
    if not at:
        return ""
    return format_html(' datetime="{}"', at if isinstance(at, str) else at.isoformat())


def severity(level: int, word: Text = "") -> SafeString:
    """One to three bars and a word."""
    return format_html(
        '<span class="sev" data-level="{}">{}{}</span>',
        level,
        svg(f"sev{level}", ""),
        word or SEVERITIES[level],
    )


def cite(article: Text, text: Text = "", href: str = "") -> SafeString:
    """The article something rests on; `text` is its wording (shown on hover), `href` leads to it in the regime."""
    if not article:
        return SafeString("")
    title = format_html(' title="{}"', text) if text else ""
    if href:
        return format_html('<a class="cite" href="{}"{}>{}</a>', href, title, article)
    return format_html('<cite class="cite"{}>{}</cite>', title, article)


def person(name: str, role: Text = "", me: bool = False) -> SafeString:
    """A person: round with the surname; filled when it is the reader."""
    return format_html(
        '<span class="who"><i{} aria-hidden="true">{}</i><span class="t">{}</span>{}</span>',
        mark_safe(' class="me"') if me else "",
        name[:1],
        name,
        _role(role),
    )


def unit(name: str, role: Text = "") -> SafeString:
    """A unit: square with a building."""
    return format_html(
        '<span class="who"><i class="unit" aria-hidden="true">{}</i><span class="t">{}</span>{}</span>',
        svg("unit", "i"),
        name,
        _role(role),
    )


def sealed(words: Text = "") -> SafeString:
    """Someone whose identity is sealed."""
    return format_html(
        '<span class="who text-ink-2"><i class="unit" aria-hidden="true">{}</i>{}</span>',
        svg("lock", "i"),
        words or _("投诉人已保密"),
    )


def _role(role: Text) -> SafeString | str:
    return format_html('<span class="text-ink-2">{}</span>', role) if role else ""


def who(record: Who | None) -> SafeString:
    """A `Who` record as person, unit or sealed."""
    if record is None:
        return SafeString("")
    if record.kind == "unit":
        return unit(record.name, record.role)
    if record.kind == "sealed":
        return sealed(record.name)
    return person(record.name, record.role, record.me)


def meter(share: float, tone: str = "") -> SafeString:
    """A bar for a share of 0 to 100; always beside the figure, so readers skip it. `tone`: error, warn, ok or none."""
    return format_html(
        '<svg class="meter" data-tone="{}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="6"/></svg>',
        tone,
        max(0, min(100, round(share, 1))),
    )


def act(choice: Choice, size: str = "btn-sm") -> SafeString:
    """An act as a link or button; a blocked one is dashed and names its reason to readers, too."""
    drawn = svg(choice.icon, "i") if choice.icon else ""
    if choice.blocked:
        return format_html(
            '<button type="button" class="btn {} blocked" aria-disabled="true" title="{}">{}{}'
            '<span class="sr-only">：{}</span></button>',
            size,
            choice.blocked,
            drawn,
            choice.label,
            choice.blocked,
        )
    classes = f"btn {size}" + (" btn-primary" if choice.primary else "")
    dialog = format_html(' data-dialog="{}"', choice.dialog) if choice.dialog else ""
    if choice.post:
        return format_html(
            '<button class="{}" formmethod="post" formaction="{}"{}>{}{}</button>',
            classes,
            choice.href,
            dialog,
            drawn,
            choice.label,
        )
    return format_html('<a class="{}" href="{}"{}>{}{}</a>', classes, choice.href, dialog, drawn, choice.label)
