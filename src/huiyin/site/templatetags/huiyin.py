"""The visual components as template tags, loaded everywhere without {% load %}.

    {% icon "clock" %}  {% pill "investigate" %}  {% due "today" "今天17:30" at %}  {% severity 2 %}
    {% cite "第八条" text=article_text href=url %}  {% person "沈一川" "首接人" %}  {% unit "医务处" %}  {% sealed %}
    {% who record %}  {% facts rows %}  {% obligation row %}  {% act choice %}  {% story entries %}  {% steps steps %}
    {% filters chips %}  {% tile "按期答复" "97.2" unit="%" … %}  {% empty "…" "…" %}  {% meter 78 "error" %}
    {% daygrid cells %}  {% field form.phone %}  {% pager newer older %}  {% thumb "单据.jpg" "image" %}
    {% callout "warn" cite="第八条" %}…{% endcallout %}  {% toast "已同意退费" undo=url %}
    {% panel "时限" count=3 %}…{% endpanel %}  {% dialog "extend" "延长时限" "说明一句后果" %}…{% enddialog %}

The small ones are built in Python (a list of fifty rows has hundreds of them); everything given is escaped.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from huiyin.site import components as records
from huiyin.site.components.days import spoken
from huiyin.site.components.fields import described_by, widget_html

register = template.Library()
Text = str | Promise
"""Words to show: plain, or translated when the page is made."""


@lru_cache(maxsize=256)
def _svg(name: str, classes: str) -> SafeString:
    return format_html(
        '<svg{} aria-hidden="true"><use href="{}#{}"/></svg>',
        format_html(' class="{}"', classes) if classes else "",
        static("build/icons.svg"),
        name,
    )


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """A symbol of icons.svg, hidden from readers: the words beside it say what it means."""
    return _svg(name, f"i {classes}".strip())


@register.simple_tag
def pill(state: str, text: Text = "", bare: bool = False) -> SafeString:
    """The state of a case; `text` when the regime has a word of its own, `bare` without border in dense lists."""
    known = records.STATES[state]
    return format_html(
        '<span class="{}" data-tone="{}">{}{}</span>',
        "pill bare" if bare else "pill", known.tone, _svg(known.icon, ""), text or known.word,
    )


@register.simple_tag
def due(state: str, text: Text, at: datetime | date | str | None = None) -> SafeString:
    """A due time: `state` gives icon and colour, `text` the relative words, `at` the exact time for machines."""
    return format_html(
        '<time class="due" data-state="{}"{}>{}{}</time>',
        state, _datetime_attribute(at), _svg(records.DUE_ICONS[state], "i"), text,
    )


def _datetime_attribute(at: datetime | date | str | None) -> SafeString | str:
    if not at:
        return ""
    return format_html(' datetime="{}"', at if isinstance(at, str) else at.isoformat())


@register.simple_tag
def severity(level: int, word: Text = "") -> SafeString:
    """One to three bars and a word."""
    return format_html(
        '<span class="sev" data-level="{}">{}{}</span>', level, _svg(f"sev{level}", ""), word or records.SEVERITIES[level]
    )


@register.simple_tag
def cite(article: Text, text: Text = "", href: str = "") -> SafeString:
    """The article something rests on; `text` is its wording (shown on hover), `href` leads to it in the regime."""
    if not article:
        return SafeString("")
    title = format_html(' title="{}"', text) if text else ""
    if href:
        return format_html('<a class="cite" href="{}"{}>{}</a>', href, title, article)
    return format_html('<cite class="cite"{}>{}</cite>', title, article)


@register.simple_tag
def person(name: str, role: Text = "", me: bool = False) -> SafeString:
    """A person: round with the surname; filled when it is the reader."""
    return format_html(
        '<span class="who"><i{} aria-hidden="true">{}</i><span class="t">{}</span>{}</span>',
        mark_safe(' class="me"') if me else "", name[:1], name, _role(role),
    )


@register.simple_tag
def unit(name: str, role: Text = "") -> SafeString:
    """A unit: square with a building."""
    return format_html(
        '<span class="who"><i class="unit" aria-hidden="true">{}</i><span class="t">{}</span>{}</span>',
        _svg("unit", "i"), name, _role(role),
    )


@register.simple_tag
def sealed(words: Text = "") -> SafeString:
    """Someone whose identity is sealed."""
    return format_html(
        '<span class="who text-ink-2"><i class="unit" aria-hidden="true">{}</i>{}</span>',
        _svg("lock", "i"), words or _("投诉人已保密"),
    )


def _role(role: Text) -> SafeString | str:
    return format_html('<span class="text-ink-2">{}</span>', role) if role else ""


@register.simple_tag
def who(record: records.Who | None) -> SafeString:
    """A `Who` record as person, unit or sealed."""
    if record is None:
        return SafeString("")
    if record.kind == "unit":
        return unit(record.name, record.role)
    if record.kind == "sealed":
        return sealed(record.name)
    return person(record.name, record.role, record.me)


@register.simple_tag
def meter(share: float, tone: str = "") -> SafeString:
    """A bar for a share of 0 to 100; always beside the figure, so readers skip it. `tone`: error, warn, ok or none."""
    return format_html(
        '<svg class="meter" data-tone="{}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="6"/></svg>',
        tone, max(0, min(100, round(share, 1))),
    )


@register.simple_tag
def act(choice: records.Choice, size: str = "btn-sm") -> SafeString:
    """An act as a link or button; a blocked one is dashed and names its reason to readers, too."""
    drawn = _svg(choice.icon, "i") if choice.icon else ""
    if choice.blocked:
        return format_html(
            '<button type="button" class="btn {} blocked" aria-disabled="true" title="{}">{}{}'
            '<span class="sr-only">：{}</span></button>',
            size, choice.blocked, drawn, choice.label, choice.blocked,
        )
    classes = f"btn {size}" + (" btn-primary" if choice.primary else "")
    dialog = format_html(' data-dialog="{}"', choice.dialog) if choice.dialog else ""
    if choice.post:
        return format_html(
            '<button class="{}" formmethod="post" formaction="{}"{}>{}{}</button>', classes, choice.href, dialog, drawn, choice.label
        )
    return format_html('<a class="{}" href="{}"{}>{}{}</a>', classes, choice.href, dialog, drawn, choice.label)


@register.inclusion_tag("components/facts.html")
def facts(rows: Iterable[records.Fact | tuple[str, str]]) -> dict[str, Any]:
    """Labels and values, aligned; a row is a `Fact` or a (label, value) pair."""
    return {"rows": [row if isinstance(row, records.Fact) else records.Fact(*row) for row in rows]}


@register.inclusion_tag("components/obligation.html")
def obligation(row: records.ObligationRow, selectable: bool = True) -> dict[str, Any]:
    """A row of a work list; stands in <ul>. Its box is named `case` and carries `select_value` or the number."""
    return {"row": row, "selectable": selectable}


@register.inclusion_tag("components/group_head.html")
def group_head(title: Text, count: int, note: Text = "", tone: str = "") -> dict[str, Any]:
    """The head over rows that share a due day; `tone` is error, warning, primary or empty."""
    return {"title": title, "count": count, "note": note, "tone": tone}


@register.inclusion_tag("components/story.html")
def story(entries: Iterable[records.StoryEntry], width: str = "") -> dict[str, Any]:
    """What happened, newest first; `width` of the time column: narrow, wide or empty."""
    return {"entries": entries, "width": width}


@register.inclusion_tag("components/steps.html")
def steps(line: Iterable[records.Step]) -> dict[str, Any]:
    """Steps on a line with where we are."""
    return {"line": line}


@register.inclusion_tag("components/filters.html")
def filters(chips: Sequence[records.FilterChip], label: Text = "") -> dict[str, Any]:
    """Views with counts first, then filters; chosen filters carry × and lead to the list without them."""
    views = [chip for chip in chips if chip.kind == "view"]
    return {"views": views, "chips": [chip for chip in chips if chip.kind != "view"], "label": label or _("筛选")}


@register.inclusion_tag("components/tile.html")
def tile(
    label: Text, figure: Text, unit: Text = "", note: Text = "", verdict: Text = "",
    tone: str = "", href: str = "",
) -> dict[str, Any]:
    """A figure with verdict and counting rule; `tone`: ok (kept), warn (missed), error or empty; leads to its cases."""
    return {"label": label, "figure": figure, "unit": unit, "note": note, "verdict": verdict, "tone": tone, "href": href}


@register.inclusion_tag("components/empty.html")
def empty(
    title: Text, sentence: Text = "", action: Text = "", href: str = "", icon: str = "st4", tone: str = "success"
) -> dict[str, Any]:
    """Nothing here: what is so, what comes next, one act. Icon st4 for done, search for nothing found, lock for forbidden."""
    return {"title": title, "sentence": sentence, "action": action, "href": href, "icon": icon, "tone": tone}


@register.inclusion_tag("components/toast.html")
def toast(text: Text, undo: str = "", tone: str = "ok") -> dict[str, Any]:
    """A line that says what was done, with 撤回 where `undo` is an address to post to."""
    return {"text": text, "undo": undo, "icon": "check" if tone == "ok" else "alert"}


CALLOUT_ICONS = {"info": "book", "ok": "check", "warn": "alert", "error": "alert"}


@register.simple_block_tag
def callout(content: str, tone: str = "info", cite: str = "", href: str = "", icon: str = "") -> SafeString:
    """A sentence that must be seen: info, ok, warn or error, with the article it rests on."""
    chip = _cite(cite, "", href) if cite else ""
    role = mark_safe(' role="alert"') if tone == "error" else ""
    return format_html(
        '<div class="callout" data-tone="{}"{}>{}<span>{} {}</span></div>',
        tone, role, _svg(icon or CALLOUT_ICONS[tone], "i"), content, chip,
    )


_cite = cite


@register.simple_block_tag(takes_context=True)
def panel(
    context: template.Context, content: str, title: Text = "", count: int | None = None, note: Text = "",
    name: str = "", classes: str = "",
) -> SafeString:
    """Paper on the desk: a section with its head. `name` is the id of the heading, for links."""
    return _rendered(context, "components/panel.html", content, title=title, count=count, note=note, name=name, classes=classes)


@register.simple_block_tag(takes_context=True)
def dialog(
    context: template.Context, content: str, name: str, title: Text, sentence: Text = "", *, opened: bool = False
) -> SafeString:
    """A native dialog with id `name`, opened by any link or button with data-dialog="name"; the content is its form.

    `opened` brings it back after the server refused the form.
    """
    return _rendered(context, "components/dialog.html", content, name=name, title=title, sentence=sentence, opened=opened)


def _rendered(context: template.Context, template_name: str, content: str, **words: Any) -> SafeString:
    engine = context.template.engine if context.template else template.Engine.get_default()
    return engine.get_template(template_name).render(template.Context({"content": content, **words}))


@register.inclusion_tag("components/daygrid.html")
def daygrid(cells: Sequence[records.DayCell], label: Text = "", weeks: bool = True) -> dict[str, Any]:
    """Why this day. With `weeks` the days are filled up to weeks from Monday under day names."""
    shown = records.day_weeks(cells) if weeks else cells
    names = (_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日")) if weeks else ()
    return {"cells": shown, "names": names, "label": label or spoken(cells)}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, hint: Text = "", unit: Text = "", columns: int = 1) -> dict[str, Any]:
    """A form field: label, hint above the control, control, errors below; all tied together for readers.

    `unit` stands inside the control on the right (元). `columns` sets choices side by side (1 or 2).
    """
    hint = hint or bound.help_text
    described = described_by(bound, has_hint=bool(hint))
    return {
        "field": bound, "hint": hint, "unit": unit, "columns": columns, "control": widget_html(bound, described),
        "described": described, "group": bound.field.widget.use_fieldset, "optional": not bound.field.required,
    }


@register.inclusion_tag("components/pager.html")
def pager(newer: str = "", older: str = "", words: Text = "") -> dict[str, Any]:
    """Leads through a list by key: addresses of the page before and after, empty where there is none."""
    return {"newer": newer, "older": older, "words": words}


@register.inclusion_tag("components/thumb.html")
def thumb(name: str, icon: str = "file", note: Text = "", tone: str = "", href: str = "") -> dict[str, Any]:
    """A piece of evidence: kind, name, state. `icon`: image, file, phone, lock; `tone`: success, error or empty."""
    return {"name": name, "icon": icon, "note": note, "tone": tone, "href": href}
