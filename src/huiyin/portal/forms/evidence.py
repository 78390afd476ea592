"""What the regime asks about evidence that is handed in: the controls of each kind, and what was typed into them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from huiyin.cases.state import Evidence
from huiyin.regime.model import EvidenceKind

from .fields import Options, form_field

DATA, THING = "e-", "thing-"
"""Prefixes of controls: of what is asked about a kind, and of the box for a thing without a file."""


def add_evidence_controls(form: forms.Form, kinds: Iterable[EvidenceKind], units: Options = ()) -> None:
    """The controls of these kinds. What must be filled in is for the case core: it depends on whether anything came."""
    for kind in kinds:
        if kind.physical:
            form.fields[THING + kind.id] = forms.BooleanField(label=_("有实物，先由我保管"), required=False)
        for field in kind.fields.values():
            form.fields[control_name(kind.id, field.id)] = form_field(field, units=units)


def control_name(kind: str, field: str) -> str:
    """The control for a field of a kind of evidence."""
    return f"{DATA}{kind}-{field}"


def controls_of(form: forms.Form, kind: EvidenceKind) -> list[BoundField]:
    """The controls of a kind, in the order of the regime."""
    names = [THING + kind.id] if kind.physical else []
    names += [control_name(kind.id, field) for field in kind.fields]
    return [form[name] for name in names if name in form.fields]


def data_of(form: forms.Form, kind: EvidenceKind) -> dict[str, Any]:
    """What was said about the pieces of a kind, empty controls left out. Call after the form was found valid."""
    said = {field: form.cleaned_data.get(control_name(kind.id, field)) for field in kind.fields}
    return {field: value for field, value in said.items() if value not in ("", None, [], False)}


def things_of(form: forms.Form, kinds: Iterable[EvidenceKind]) -> tuple[Evidence, ...]:
    """Things the visitor keeps and tells of."""
    return tuple(
        Evidence(f"thing-{kind.id}", kind.id, kind.title, data=data_of(form, kind))
        for kind in kinds
        if form.cleaned_data.get(THING + kind.id)
    )


def unused_words(form: forms.Form, kind: EvidenceKind, *, files: bool) -> list[str]:
    """What to tell a visitor who filled in something about evidence that did not come along."""
    if files or form.cleaned_data.get(THING + kind.id) or not data_of(form, kind):
        return []
    return [_("写了内容，还没有选文件；有实物的请勾选“有实物”。") if kind.physical else _("写了内容，还没有选文件。")]


def control_of_problem(form: forms.Form, name: str) -> str | None:
    """The control that a finding of the core is about, such as `evidence.receipt.fields.amount`."""
    parts = name.split(".")
    control = control_name(parts[1], parts[3]) if len(parts) == 4 and parts[0] == "evidence" else ""
    return control if control in form.fields else None


def of_evidence(fields: Mapping[str, forms.Field]) -> list[str]:
    """Names of the controls that are about evidence."""
    return [name for name in fields if name.startswith((DATA, THING))]
