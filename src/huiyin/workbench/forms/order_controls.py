"""The controls of orders: whom work charges with what, and until when."""

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _

from huiyin.cases.commands import Charge
from huiyin.cases.principles import COMPLETE_RECORDS
from huiyin.cases.refusals import Refused
from huiyin.regime.model import OrderKind
from huiyin.workbench.forms.controls import one_of, person_choices, unit_choices

if TYPE_CHECKING:
    from huiyin.workbench.forms.act_form import ActForm

MOST_AT_ONCE = 8
"""Resolutions one form has room for; a meeting with more is rare, and the work may be done in the interface then."""


def add_orders(form: "ActForm") -> None:
    """Room for what the work charges people with: once, or for each point of a list."""
    kind = form.possible.gives
    if kind is None:
        return
    if not kind.several:
        _add_addressee(form, kind, "o-", "")
        return
    for number in range(1, MOST_AT_ONCE + 1):
        label = _("%(title)s %(number)s") % {"title": kind.title, "number": number}
        area = forms.Textarea(attrs={"rows": 2})
        form.add(f"o{number}-text", forms.CharField(label=label, widget=area, required=False))
        _add_addressee(form, kind, f"o{number}-", label)


def _add_addressee(form: "ActForm", kind: OrderKind, prefix: str, of: str) -> None:
    """Who is charged and until when. Parts the regime leaves no choice in are not asked."""
    regime, people = form.opened.regime, form.opened.world.people
    wanted = kind.several is False

    def label(words: str) -> str:
        return f"{of}：{words}" if of else words

    if len(kind.to) > 1:
        choices = [(role, regime.role_title(role)) for role in kind.to]
        name, words = f"{prefix}to", label(_("交给谁"))
        if wanted:
            form.add(name, one_of(choices, label=words, initial=kind.to[0]))
        else:
            choices = [("", _("请选择")), *choices]
            form.add(name, forms.ChoiceField(label=words, choices=choices, required=False))
    many = [role for role in kind.to if role in regime.roles and regime.roles[role].many]
    units = form.playing(each for role in many for each in (role, regime.roles[role].of) if each)
    if units:
        choices = [("", _("本案所涉及的部门")), *unit_choices(people, units)]
        form.add(f"{prefix}unit", forms.ChoiceField(label=label(_("哪个部门")), choices=choices, required=False))
    if "all-staff" in kind.to:
        choices = [("", _("不指定")), *person_choices(people, None)]
        form.add(f"{prefix}person", forms.ChoiceField(label=label(_("哪一位")), choices=choices, required=False))
    day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    hint = _("不填时按制度的时限") if kind.limit.within else ""
    asked = wanted and not kind.limit.within
    form.add(f"{prefix}due", forms.DateField(label=label(_("哪天以前报告")), widget=day, required=asked, help_text=hint))


def charges_of(form: "ActForm") -> tuple[Charge, ...]:
    """What was filled in; a point without words is none."""
    kind = form.possible.gives
    if kind is None:
        return ()
    if not kind.several:
        return (_charge(form, "o-", ""),)
    found = []
    for number in range(1, MOST_AT_ONCE + 1):
        text = str(form.value(f"o{number}-text")).strip()
        if text:
            found.append(_charge(form, f"o{number}-", text))
    return tuple(found)


def _charge(form: "ActForm", prefix: str, text: str) -> Charge:
    typed = str(form.value(f"{prefix}due")).strip()
    try:
        due = date.fromisoformat(typed) if typed else None
    except ValueError:
        message = "请填写日期，例如 2026-03-09。"
        raise Refused("wrong-value", message, cite=COMPLETE_RECORDS, fields={"due": message.rstrip("。")}) from None
    to, unit, person = (str(form.value(f"{prefix}{name}")) for name in ("to", "unit", "person"))
    return Charge(text, to, unit, person, due)
