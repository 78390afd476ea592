"""Form controls in our look: the class of each kind of control, and what ties it to its hint and its errors."""

from django import forms
from django.forms import BoundField, Widget
from django.utils.safestring import SafeString

_CLASSES: tuple[tuple[type[Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkbox checkbox-sm"),
    (forms.RadioSelect, "radio radio-sm"),
    (forms.CheckboxInput, "checkbox checkbox-sm"),
    (forms.FileInput, "file-input"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.HiddenInput, ""),
    (forms.Widget, "input"),
)
"""First match counts; RadioSelect and CheckboxSelectMultiple come before Select and CheckboxInput on purpose."""


def dress(widget: Widget) -> None:
    """Give a control its class beside those the form asked for; once, on the form's own copy of the widget."""
    own = next(classes for kind, classes in _CLASSES if isinstance(widget, kind))
    asked = widget.attrs.get("class", "")
    if own and own not in asked:
        widget.attrs["class"] = f"{own} {asked}".strip()


def described_by(bound: BoundField, *, has_hint: bool) -> str:
    """The ids a control points at for screen readers: its hint (id_NAME_hint) and its errors (id_NAME_wrong)."""
    parts = [f"{bound.auto_id}_hint"] if has_hint else []
    if bound.errors:
        parts.append(f"{bound.auto_id}_wrong")
    return " ".join(parts)


def widget_html(bound: BoundField, described: str) -> SafeString:
    """The control alone, in our look. Single choices of a group are dressed as well."""
    dress(bound.field.widget)
    attributes: dict[str, str | bool] = {}
    if described and not bound.field.widget.use_fieldset:
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return bound.as_widget(attrs=attributes)
