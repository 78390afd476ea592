"""Controls for fields of a regime, and a form that leaves judging to the core and keeps whatever was typed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from huiyin.cases.refusals import Refused
from huiyin.organisations.people import People
from huiyin.regime.model import Field, FieldType, Question
from huiyin.store.files.storage import Upload

Choices = list[tuple[str, str]]
FEW = 5
"""Up to so many choices are shown at once, more in a list to open."""
SHORT = 8
"""Characters a choice may have to stand beside another."""


class MultipleFiles(forms.ClearableFileInput):
    """A control for several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        """All files sent under the name."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class Searched(forms.TextInput):
    """One of many, found by typing part of its title: the browser's own list, so it works without scripts.

    What is sent is the title; it is read back as the id. What fits no title is given to the core as it was typed.
    """

    template_name = "workbench/searched.html"

    def __init__(self, choices: Choices, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.choices = choices

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The id behind the title typed, or behind the name it begins with where only one begins so."""
        typed = str(super().value_from_datadict(data, files, name) or "").strip()
        exact = [key for key, title in self.choices if title == typed]
        near = [key for key, title in self.choices if typed and title.startswith(typed)]
        return exact[0] if exact else near[0] if len(near) == 1 else typed

    def format_value(self, value: Any) -> str:
        """The title of an id."""
        return dict(self.choices).get(str(value), str(value)) if value else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the titles to choose from."""
        context = super().get_context(name, value, attrs)
        listed = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["attrs"]["list"] = listed
        context |= {"listed": listed, "titles": [title for _key, title in self.choices]}
        return context


class RegimeForm(forms.Form):
    """A form whose rules are the regime's: `values` are what was typed, `refuse` shows the core's answer field by field.

    Names are `f-…` for the regime's fields of the work, `i-…` for those of the filing, `a-…` for questions, `m-…` for
    measures, `o-…` for orders, plain for what a command has itself.
    """

    use_required_attribute = False  # the core answers what is missing, with its article; nothing typed is lost

    def full_clean(self) -> None:
        """Judge nothing: commands are judged by the core."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def add(self, name: str, control: forms.Field) -> None:
        """Add a control."""
        self.fields[name] = control

    def value(self, name: str) -> Any:
        """What was typed into one control; empty text when the form does not have it."""
        if name not in self.fields:
            return ""
        found = self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return "" if found is None else found

    def values(self, prefix: str) -> dict[str, Any]:
        """What was typed into the controls of a kind (`f-`, `i-`, `a-`, `m-`) by id, empty ones left out."""
        found = {name[len(prefix) :]: self.value(name) for name in self.fields if name.startswith(prefix)}
        return {
            name: "、".join(each.name for each in value) if _is_files(value) else value
            for name, value in found.items()
            if value not in ("", [], None)
        }

    def uploads(self) -> list[Upload]:
        """All files chosen anywhere in the form; a field named `f-…` of an evidence kind gives its kind."""
        found = []
        for name in self.fields:
            value = self.value(name)
            if _is_files(value):
                kind, place = (str(self.value("kind")), str(self.value("place"))) if name == "files" else ("", "")
                data = self.values("e-") if kind else {}
                found += [Upload(each.name or "", each.read(), kind, data=data, place=place) for each in value]
        return found

    def laid_out(self) -> list[tuple[forms.BoundField, int]]:
        """Every control with the number of columns its choices stand in: two where all of them are short."""
        return [(bound, self._columns(bound.field)) for bound in self]

    def _columns(self, control: forms.Field) -> int:
        widget = control.widget
        if not isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return 1
        return 2 if all(len(str(title)) <= SHORT for _value, title in widget.choices) else 1

    def refuse(self, refused: Refused) -> None:
        """Put the core's words where they belong; what belongs to no control stands above the form."""
        placed = False
        for name, words in refused.fields.items():
            if name.startswith("evidence."):  # about a piece of the kind chosen here: evidence.receipt.fields.amount
                name = name.rpartition(".")[2]
            prefixes = ("", "f-", "i-", "a-", "m-", "e-", "o-")
            known = next((prefix + name for prefix in prefixes if prefix + name in self.fields), None)
            if known:
                self.add_error(known, words)
                placed = True
        if not placed:
            self.add_error(None, refused.message)


def _is_files(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], UploadedFile)


def control_of(
    field: Field,
    *,
    required: bool,
    people: People,
    units: Iterable[str] = (),
    compact: bool = False,
    searched: bool = False,
) -> forms.Field:
    """The control for a field of the regime. Private fields say that they are sealed; `compact` takes less room.

    `searched`: persons and units are found by typing part of a name instead of in a long list.
    """
    hint = field.note or (_("加密保存，只给需要的人看") if field.private else "")
    words: dict[str, Any] = {"label": field.title, "required": required, "help_text": hint}
    match field.type:
        case FieldType.LONG_TEXT:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **words)
        case FieldType.NUMBER:
            return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **words)
        case FieldType.MONEY:
            words["label"] = _("%(title)s（元）") % {"title": field.title}
            return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **words)
        case FieldType.DATE:
            return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **words)
        case FieldType.DATETIME:
            return forms.CharField(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), **words)
        case FieldType.YES_NO:
            return forms.ChoiceField(
                choices=[("yes", _("是")), ("no", _("否"))], widget=forms.RadioSelect, **words
            )
        case FieldType.CHOICE:
            return one_of(list(field.choices.items()), compact=compact, **words)
        case FieldType.CHOICES:
            return forms.MultipleChoiceField(
                choices=list(field.choices.items()), widget=forms.CheckboxSelectMultiple, **words
            )
        case FieldType.PERSON | FieldType.UNIT:
            known = person_choices(people) if field.type is FieldType.PERSON else unit_choices(people, units)
            if searched:
                return forms.CharField(widget=Searched(known), **words)
            return forms.ChoiceField(choices=[("", _("请选择")), *known], **words)
        case FieldType.FILE:
            return forms.FileField(widget=MultipleFiles, **words)
        case _:
            return forms.CharField(**words)


def one_of(choices: Choices, *, compact: bool = False, **words: Any) -> forms.ChoiceField:
    """One of several: side by side when they are few."""
    if len(choices) <= FEW and not compact:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **words)
    return forms.ChoiceField(choices=[("", _("请选择")), *choices], **words)


def question_control(question: Question) -> forms.Field:
    """The control for a question; without a type it is a scale from 1 to 5, never chosen beforehand."""
    if question.type is None:
        scale = [("5", _("5 很满意")), ("4", _("4 满意")), ("3", _("3 一般")), ("2", _("2 不满意")), ("1", _("1 很不满意"))]
        return forms.ChoiceField(label=question.title, choices=scale, widget=forms.RadioSelect, required=False)
    field = Field(question.id, question.title, question.type, question.choices)
    return control_of(field, required=False, people=People({}, {}, (), ()))


def person_choices(people: People, wanted: Iterable[str] | None = None) -> Choices:
    """Persons with their units, by unit."""
    chosen = people.persons.keys() if wanted is None else wanted
    entries = [people.persons[person] for person in chosen if person in people.persons]
    return [(each.person, f"{each.name}（{people.unit_title(each.unit)}）") for each in entries if not each.outside]


def unit_choices(people: People, wanted: Iterable[str] = ()) -> Choices:
    """Units by title; all of ours unless some are named."""
    chosen = list(wanted) or [unit.key for unit in people.units.values() if unit.kind in ("department", "team")]
    return [(unit, people.unit_title(unit)) for unit in chosen]


def is_required(field: Field, required: Iterable[str]) -> bool:
    """Whether the mark of a required field stands at it; conditions are looked at by the core when it is sent."""
    return field.required is True or field.id in set(required)


def add_fields(
    form: RegimeForm,
    fields: Mapping[str, Field],
    required: Iterable[str],
    people: People,
    *,
    prefix: str = "f-",
    lenient: bool = False,
) -> None:
    """Controls for all fields of a piece of work. `lenient`: nothing is required, only what is filled in counts."""
    for name, field in fields.items():
        needed = not lenient and is_required(field, required)
        form.add(f"{prefix}{name}", control_of(field, required=needed, people=people))
