"""Forms of what a complainant does on a case: rating, adding, completing, and whatever else the regime offers."""

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.cases.commands import COMMANDS, Acknowledge, AskBack, Command, Complete, Fill, Perform, Record, Sign
from huiyin.cases.possible import Possible
from huiyin.cases.reporting import ABOUT_ORDERS
from huiyin.portal.pages.offers import Rating
from huiyin.regime.model import EvidenceKind, FieldType, Questionnaire, Regime

from .evidence import add_evidence_controls, control_of_problem, controls_of
from .fields import form_field, missing_message, question_field

FIELD, QUESTION = "field-", "question-"
_WITHOUT_WORDS = frozenset({"sign", "acknowledge"})


class CaseForm(forms.Form):
    """What all of these have in common: refusals of the case core find their control."""

    use_required_attribute = False

    def __init__(self, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data, label_suffix="", auto_id=f"id_{type(self).__name__.lower()}_%s")

    def show(self, problems: Mapping[str, str], message: str) -> None:
        """Put what the case core found beside the controls it is about; anything else at the top."""
        placed = False
        for name, words in problems.items():
            control = next((each for each in (FIELD + name, QUESTION + name, name) if each in self.fields), None)
            control = control or control_of_problem(self, name)
            if control is not None:
                self.add_error(control, words)
                placed = True
        if not placed:
            self.add_error(None, message)

    def values(self, prefix: str) -> dict[str, Any]:
        """What was entered in the controls of one group, without what was left empty."""
        said = {name.removeprefix(prefix): value for name, value in self.cleaned_data.items() if name.startswith(prefix)}
        return {name: value for name, value in said.items() if value not in ("", None, [])}

    def finish(self) -> None:
        """Words for what is missing; call when all controls are there."""
        for name, field in self.fields.items():
            if field.required:
                missing_message(field, str(field.label or name))


class RatingForm(CaseForm):
    """The questionnaire of a regime. Nothing is chosen beforehand; what decides satisfaction must be answered."""

    def __init__(self, rating: Rating, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.rating = rating
        deciding = _deciding(rating.questionnaire)
        for question in rating.questionnaire.questions.values():
            self.fields[QUESTION + question.id] = question_field(question, required=question.id in deciding)
        self.finish()

    @property
    def scales(self) -> frozenset[str]:
        """Names of controls that are a scale from 1 to 5."""
        questions = self.rating.questionnaire.questions.values()
        return frozenset(QUESTION + question.id for question in questions if question.type is None)

    def command(self) -> Command:
        """A step of the regime where it waits for the rating, else the questionnaire alone."""
        answers, step = self.values(QUESTION), self.rating.step
        if step is not None:
            return Perform(work=step.work, member=step.member, answers=answers)
        return Fill(questionnaire=self.rating.questionnaire.id, answers=answers)


class SayForm(CaseForm):
    """A word to those who handle the case, and material of the kinds about which the regime asks something.

    `every_kind`: of all kinds the regime knows, for a party that is asked for some of them.
    """

    def __init__(
        self, regime: Regime, data: MultiValueDict[str, Any] | None = None, *, every_kind: bool = False
    ) -> None:
        super().__init__(data)
        self.kinds = [kind for kind in regime.intake.evidence.values() if every_kind or kind.fields or kind.physical]
        self.fields["text"] = forms.CharField(
            label=_("补充情况"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
        )
        add_evidence_controls(self, self.kinds)

    def asked(self) -> list[tuple[EvidenceKind, list[forms.BoundField]]]:
        """Each kind of material with its controls."""
        return [(kind, controls_of(self, kind)) for kind in self.kinds]


class ConcernForm(CaseForm):
    """What a party says to a measure proposed or decided against it."""

    text = forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["text"].label = _("您的意见和理由")
        self.finish()


class AskForm(CaseForm):
    """A question of a party outside to those who handle the case, with what the regime asks for besides."""

    def __init__(self, possible: Possible, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["text"] = forms.CharField(
            label=_("想问什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
        )
        for field in possible.fields.values():
            self.fields[FIELD + field.id] = form_field(field, required=field.id in possible.required or field.required is True)
        self.finish()

    def command(self) -> Command:
        """The question."""
        return AskBack(text=self.cleaned_data["text"], fields=self.values(FIELD))


class CompleteForm(CaseForm):
    """What was left open at filing."""

    def __init__(self, opened: Opened, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data)
        tables = opened.world.tables(opened.regime.id)
        for field in opened.regime.intake.fields.values():
            empty = opened.case.matter.get(field.id) in (None, "", [])
            if empty and field.type not in (FieldType.FILE, FieldType.YES_NO):
                suggestions = tuple(tables.get(field.lists, {}))[:500] if field.lists else ()
                self.fields[FIELD + field.id] = form_field(field, suggestions=suggestions)
        self.fields["text"] = forms.CharField(
            label=_("补充说明"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
        )

    def command(self) -> Command:
        """Everything that was filled in."""
        return Complete(matter=self.values(FIELD), text=self.cleaned_data["text"])


class ActForm(CaseForm):
    """An act or step of the regime that is open to the complainant or to a party outside."""

    def __init__(self, possible: Possible, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.possible = possible
        if possible.outcomes and possible.questionnaire is None:
            self.fields["outcome"] = forms.ChoiceField(
                label=_("结果"),
                choices=tuple((each.id, each.title) for each in possible.outcomes.values()),
                widget=forms.RadioSelect,
            )
        if possible.command == "confirm-transfer":
            self.fields["received_by"] = forms.CharField(label=_("签收人"), max_length=80)
            self.fields["their_number"] = forms.CharField(label=_("贵单位的编号"), max_length=80, required=False)
        for field in possible.fields.values():
            wanted = field.id in possible.required or field.required is True
            self.fields[FIELD + field.id] = form_field(field, required=wanted)
        if possible.command not in _WITHOUT_WORDS:
            self.fields["text"] = forms.CharField(
                label=_("理由和说明"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
            )
        self.finish()

    def command(self) -> Command:
        """The command this act is."""
        possible, text = self.possible, self.cleaned_data.get("text", "")
        if possible.command == "sign":
            return Sign(document=possible.work)
        if possible.command == "acknowledge":
            return Acknowledge(notice=possible.work)
        given = self.values(FIELD)
        if possible.command == "perform":
            outcome = self.cleaned_data.get("outcome", "")
            return Perform(work=possible.work, member=possible.member, outcome=outcome, fields=given, text=text)
        if possible.command == "record":
            return Record(
                kind_of_act=possible.work,
                text=text,
                fields=given,
                outcome=self.cleaned_data.get("outcome", ""),
                member=possible.member,
            )
        kind = COMMANDS[possible.command]
        known = {each.name for each in dataclass_fields(kind)}
        own: dict[str, Any] = {name: self.cleaned_data[name] for name in ("received_by", "their_number") if name in self.cleaned_data}
        member = "" if possible.command in ABOUT_ORDERS else possible.member
        asked = {"outcome": self.cleaned_data.get("outcome", ""), "member": member, "order": possible.member}
        arguments: dict[str, Any] = {"text": text, "fields": given, **asked, **own}
        return kind(**{name: value for name, value in arguments.items() if name in known})


def _deciding(questionnaire: Questionnaire) -> frozenset[str]:
    """Questions the satisfaction is told from."""
    reads = questionnaire.satisfied.reads if questionnaire.satisfied else frozenset()
    return frozenset(path.removeprefix("answers.") for path in reads)


