"""A regime's field as a form field. Values stay as typed; the case core checks them and says what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from huiyin.regime.model import Field, FieldType, Question

Options = Sequence[tuple[str, str]]
RADIO_AT_MOST = 6
"""More choices than this are a list to open."""

_KEYBOARDS: Mapping[FieldType, dict[str, str]] = {
    FieldType.NUMBER: {"inputmode": "decimal"},
    FieldType.MONEY: {"inputmode": "decimal"},
    FieldType.DATE: {"type": "date"},
    FieldType.DATETIME: {"type": "datetime-local"},
}


class Suggesting(forms.TextInput):
    """A line of text with words to choose from; anything else may be typed as well."""

    def __init__(self, suggestions: Iterable[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.suggestions = tuple(suggestions)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The line and, beside it, the list the browser offers."""
        listed = f"{(attrs or {}).get('id') or name}_list"
        line = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((each,) for each in self.suggestions))
        return line + format_html('<datalist id="{}">{}</datalist>', listed, options)


def form_field(
    field: Field, *, required: bool = False, suggestions: Sequence[str] = (), units: Options = ()
) -> forms.Field:
    """The control for a field of a regime.

    `suggestions` come from the organisation's list the field refers to; `units` are what a unit field chooses from.
    """
    hint = field.note or (_("只用于核实和联系，加密保存，不公开") if field.private else "")
    common: dict[str, Any] = {"label": field.title, "required": required, "help_text": hint}
    match field.type:
        case FieldType.LONG_TEXT:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), **common)
        case FieldType.YES_NO:
            return _yes_no(required or field.required is not False, common)
        case FieldType.CHOICE:
            return _choice(tuple(field.choices.items()), common)
        case FieldType.CHOICES:
            return forms.MultipleChoiceField(
                choices=tuple(field.choices.items()), widget=forms.CheckboxSelectMultiple, **common
            )
        case FieldType.UNIT if units:
            return _choice(units, common)
        case _ if suggestions:
            return forms.CharField(widget=Suggesting(suggestions), **common)
        case _:
            return forms.CharField(widget=forms.TextInput(attrs=dict(_KEYBOARDS.get(field.type, {}))), **common)


def question_field(question: Question, *, required: bool = False) -> forms.Field:
    """The control for a question; a scale runs from 1 to 5 and is never answered beforehand."""
    common: dict[str, Any] = {"label": question.title, "required": required}
    if question.type is None:
        return forms.ChoiceField(choices=scale(), widget=forms.RadioSelect, **common)
    if question.type is FieldType.YES_NO:
        return _radio((("true", _("是")), ("false", _("否"))), common)
    if question.type in (FieldType.TEXT, FieldType.LONG_TEXT):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **common)
    return form_field(Field(question.id, question.title, question.type, question.choices), required=required)


def scale() -> Options:
    """What the five points of a scale mean, best first."""
    words = (_("很满意"), _("满意"), _("一般"), _("不满意"), _("很不满意"))
    return tuple((str(5 - place), word) for place, word in enumerate(words))


def _yes_no(asked: bool, common: dict[str, Any]) -> forms.Field:
    """A box to tick; where an answer is, or may be, required, yes and no are asked for, because an empty box is none."""
    if asked:
        return _radio((("true", _("是")), ("false", _("否"))), common)
    return forms.BooleanField(**common)


def _choice(choices: Options, common: dict[str, Any]) -> forms.Field:
    if len(choices) <= RADIO_AT_MOST:
        return _radio(choices, common)
    return forms.ChoiceField(choices=(("", _("请选择")), *choices), **common)


def _radio(choices: Options, common: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)


def missing_message(field: forms.Field, title: str) -> None:
    """Say in the field's own name what is missing."""
    choosing = isinstance(field, forms.ChoiceField)
    field.error_messages["required"] = (_("请选择“%(title)s”") if choosing else _("请填写“%(title)s”")) % {"title": title}

