"""What a visitor is about to hand in, to be looked over once more."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _

from huiyin.portal.forms.evidence import controls_of
from huiyin.portal.forms.filing import ANONYMOUS, FilingForm
from huiyin.site.components import Fact

from .moments import day_words


def facts_of(form: FilingForm) -> list[Fact]:
    """Labels and values as typed, without what was left empty."""
    found = [Fact(str(bound.label), words) for bound in form.about() if (words := _words(form, bound.name))]
    if points := form.cleaned_data.get("points", "").strip():
        found.append(Fact(_("要点"), points))
    for kind in form.regime.intake.evidence.values():
        said = [(bound.label, _words(form, bound.name)) for bound in controls_of(form, kind)]
        lines = [f"{label}：{words}" for label, words in said if words]
        if lines:
            found.append(Fact(kind.title, "\n".join(lines)))
    ways = {way.value: way.title for way in form.identities}
    found.append(Fact(str(form.called_title), ways.get(form.identity, "")))
    if form.identity != ANONYMOUS:
        found += [Fact(str(bound.label), words) for bound in form.contact() if (words := _words(form, bound.name))]
    return found


def _words(form: FilingForm, name: str) -> str:
    value, field = form.cleaned_data.get(name), form.fields[name]
    if isinstance(field, forms.BooleanField):
        return _("是") if value else ""
    if isinstance(field, forms.ChoiceField):
        titles = {str(key): str(title).strip() for key, title in form[name].field.widget.choices}
        return _("、").join(titles.get(each, each) for each in (value if isinstance(value, list) else [value]) if each)
    if getattr(field.widget, "input_type", "") == "date" and value:
        return _day(value)
    unit = _(" 元") if name in form.money() and value else ""
    return f"{value or ''}{unit}"


def _day(value: str) -> str:
    try:
        return day_words(date.fromisoformat(value))
    except ValueError:
        return value
