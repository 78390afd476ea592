"""The visual components as template tags, loaded everywhere without {% load %}.

    {% icon "clock" %}  {% pill "investigate" %}  {% due "today" "今天17:30" at %}  {% severity 2 %}
    {% cite "第八条" text=article_text href=url %}  {% person "沈一川" "首接人" %}  {% unit "医务处" %}  {% sealed %}
    {% who record %}  {% facts rows %}  {% obligation row %}  {% act choice %}  {% story entries %}  {% steps steps %}
    {% filters chips %}  {% tile "按期答复" "97.2" unit="%" … %}  {% empty "…" "…" %}  {% meter 78 "error" %}
    {% daygrid cells %}  {% field form.phone %}  {% pager newer older %}  {% thumb "单据.jpg" "image" %}
    {% callout "warn" cite="第八条" %}…{% endcallout %}  {% toast "已同意退费" undo=url %}
    {{ 1000|counted }}  {% panel "时限" count=3 %}…{% endpanel %}  {% dialog "extend" "延长时限" "说明一句后果" %}…{% enddialog %}

The small ones are made in huiyin.site.components.chips; everything given is escaped.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from huiyin.site import components as records
from huiyin.site.components import chips
from huiyin.site.components.chips import Text
from huiyin.site.components.days import spoken
from huiyin.site.components.fields import described_by, widget_html

register = template.Library()


for _tag in (
    chips.icon,
    chips.pill,
    chips.due,
    chips.severity,
    chips.cite,
    chips.person,
    chips.unit,
    chips.sealed,
    chips.who,
    chips.meter,
    chips.act,
):
    register.simple_tag(_tag)


COUNTED_TO = 1_000
"""Where lists stop counting."""


@register.filter
def counted(count: int) -> str:
    """How many; 1000+ where counting may have stopped before the end."""
    return f"{count}+" if count >= COUNTED_TO else str(count)


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
    label: Text,
    figure: Text,
    unit: Text = "",
    note: Text = "",
    verdict: Text = "",
    tone: str = "",
    href: str = "",
) -> dict[str, Any]:
    """A figure with verdict and counting rule; `tone`: ok (kept), warn (missed), error or empty; leads to its cases."""
    return {
        "label": label,
        "figure": figure,
        "unit": unit,
        "note": note,
        "verdict": verdict,
        "tone": tone,
        "href": href,
    }


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
    chip = chips.cite(cite, "", href) if cite else ""
    role = mark_safe(' role="alert"') if tone == "error" else ""
    return format_html(
        '<div class="callout" data-tone="{}"{}>{}<span>{} {}</span></div>',
        tone,
        role,
        chips.svg(icon or CALLOUT_ICONS[tone], "i"),
        content,
        chip,
    )


@register.simple_block_tag(takes_context=True)
def panel(
    context: template.Context,
    content: str,
    title: Text = "",
    count: int | None = None,
    note: Text = "",
    name: str = "",
    classes: str = "",
) -> SafeString:
    """Paper on the desk: a section with its head. `name` is the id of the heading, for links."""
    return _rendered(
        context, "components/panel.html", content, title=title, count=count, note=note, name=name, classes=classes
    )


@register.simple_block_tag(takes_context=True)
def dialog(
    context: template.Context, content: str, name: str, title: Text, sentence: Text = "", *, opened: bool = False
) -> SafeString:
    """A native dialog with id `name`, opened by any link or button with data-dialog="name"; the content is its form.

    `opened` brings it back after the server refused the form.
    """
    return _rendered(
        context, "components/dialog.html", content, name=name, title=title, sentence=sentence, opened=opened
    )


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
        "field": bound,
        "hint": hint,
        "unit": unit,
        "columns": columns,
        "control": widget_html(bound, described),
        "described": described,
        "group": bound.field.widget.use_fieldset,
        "optional": not bound.field.required,
    }


@register.inclusion_tag("components/pager.html")
def pager(newer: str = "", older: str = "", words: Text = "") -> dict[str, Any]:
    """Leads through a list by key: addresses of the page before and after, empty where there is none."""
    return {"newer": newer, "older": older, "words": words}


@register.inclusion_tag("components/thumb.html")
def thumb(name: str, icon: str = "file", note: Text = "", tone: str = "", href: str = "") -> dict[str, Any]:
    """A piece of evidence: kind, name, state. `icon`: image, file, phone, lock; `tone`: success, error or empty."""
    return {"name": name, "icon": icon, "note": note, "tone": tone, "href": href}
