"""Quick intake: the regime's own form, with the caller, the respondent and an earlier receipt around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from huiyin.application.world import World
from huiyin.cases.commands import File
from huiyin.cases.people import Complainant, Respondent
from huiyin.cases.principles import COMPLETE_RECORDS
from huiyin.cases.refusals import Refused
from huiyin.regime.model import Field, FieldType, Regime
from huiyin.store.personal.data import PersonalData
from huiyin.workbench.forms.controls import (
    MultipleFiles,
    RegimeForm,
    control_of,
    is_required,
    person_choices,
    unit_choices,
)

NUMBER_KEYS = 9


@dataclass(frozen=True, slots=True)
class Filed:
    """What the form says: the command, and the personal data that travels beside it."""

    command: File
    personal: PersonalData | None


class IntakeForm(RegimeForm):
    """Fields in groups for the template: `pressing` and `questions` at the top, `others` where there is time."""

    def __init__(
        self, regime: Regime, world: World, data: Any = None, files: Any = None, *, channel: str = "", origin: str = ""
    ) -> None:
        """`origin` is the id of the duty a case is filed from, `channel` the only one by which its cases come."""
        super().__init__(data, files)
        self.only_channel, self.origin = channel, origin
        self.regime = regime
        self.world = world
        self._add_heads()
        self._add_caller()
        self._add_matter()
        self._add_about()
        self._add_rest()

    def _add_heads(self) -> None:
        kinds = list(self.regime.kinds.items())
        all_channels = self.regime.intake.channels.values()
        channels = [(each.id, each.title) for each in all_channels if self.only_channel in ("", each.id)]
        phone = next((each for each, _title in channels if each == "phone"), channels[0][0] if channels else "")
        self.add("kind", forms.ChoiceField(label=_("是什么事"), choices=kinds, widget=forms.RadioSelect, initial=kinds[0][0]))
        self.add("channel", forms.ChoiceField(label=_("来源"), choices=channels, initial=phone))

    def _add_caller(self) -> None:
        self.add("phone", forms.CharField(label=_("来电号码"), required=False, widget=_line("tel", "off")))
        self.add("name", forms.CharField(label=_("怎么称呼"), required=False, widget=_line("text", "off")))
        if self.regime.intake.anonymous != "refused":
            self.add("anonymous", forms.BooleanField(label=_("匿名，不留姓名电话"), required=False))
        self.add("address", forms.CharField(label=_("地址"), required=False))

    def _add_matter(self) -> None:
        for name, field in self.regime.intake.fields.items():
            required = is_required(field, ())
            self.add(f"f-{name}", control_of(field, required=required, people=self.world.people, compact=True))
            if field.type is FieldType.LONG_TEXT:
                self.fields[f"f-{name}"].widget.attrs.update({"rows": 5 if required else 2})
        if self.regime.intake.points:
            area = forms.Textarea(attrs={"rows": 3})
            hint = _("一行写一条，以后逐条核实、逐条答复")
            self.add("points", forms.CharField(label=_("具体诉求"), required=False, widget=area, help_text=hint))

    def _add_about(self) -> None:
        people = self.world.people
        units = [("", _("还不清楚")), *unit_choices(people)]
        self.add("unit", forms.ChoiceField(label=_("被投诉部门"), choices=units, required=False))
        persons = [("", _("不针对某个人")), *person_choices(people)]
        self.add("person", forms.ChoiceField(label=_("被投诉人"), choices=persons, required=False))
        if self.regime.categories:
            categories = [("", _("稍后再定")), *_category_choices(self.regime)]
            self.add("category", forms.ChoiceField(label=_("类别"), choices=categories, required=False))

    def _add_rest(self) -> None:
        when = forms.DateTimeInput(attrs={"type": "datetime-local"})
        self.add("received_at", forms.CharField(label=_("更早就收到了"), required=False, widget=when, help_text=_("时限从收到时算起")))
        self.add("late_reason", forms.CharField(label=_("为什么现在才登记"), required=False))
        self.add("files", forms.FileField(label=_("材料"), required=False, widget=MultipleFiles))

    # -- for the template ----------------------------------------------------------------------------------------------

    def questions(self) -> list[forms.BoundField]:
        """Yes-no questions of the intake form, to be asked first."""
        return [self[f"f-{name}"] for name, field in self._fields(FieldType.YES_NO)]

    def accounts(self) -> list[forms.BoundField]:
        """What happened: the long texts that must be there, or else the first of them."""
        texts = [self[f"f-{name}"] for name, _field in self._fields(FieldType.LONG_TEXT)]
        return [each for each in texts if each.field.required] or texts[:1]

    def pressing(self) -> list[forms.BoundField]:
        """Other fields that must be there."""
        return [each for each in self._rest() if each.field.required]

    def others(self) -> list[forms.BoundField]:
        """Fields that can wait."""
        return [each for each in self._rest() if not each.field.required]

    def others_wrong(self) -> bool:
        """Whether something is wrong where the page folds it away."""
        folded = ("address", "files", "received_at", "late_reason")
        return any(each.errors for each in self.others()) or any(self[name].errors for name in folded)

    def _rest(self) -> list[forms.BoundField]:
        shown = {each.name for each in (*self.accounts(), *self.questions())}
        return [self[f"f-{name}"] for name in self.regime.intake.fields if f"f-{name}" not in shown]

    def kinds(self) -> list[tuple[str, str, int, bool]]:
        """Kinds with their number keys: id, title, number, chosen."""
        chosen = str(self["kind"].value() or "")
        return [
            (kind, title, number, kind == chosen)
            for number, (kind, title) in enumerate(self.regime.kinds.items(), start=1)
            if number <= NUMBER_KEYS
        ]

    def has(self, name: str) -> bool:
        """Whether the form has a control."""
        return name in self.fields

    def _fields(self, kind: FieldType) -> list[tuple[str, Field]]:
        return [(name, field) for name, field in self.regime.intake.fields.items() if field.type is kind]

    # -- what it says --------------------------------------------------------------------------------------------------

    def filed(self) -> Filed:
        """The command to file.

        Raises:
            Refused: the time of receipt cannot be read.
        """
        anonymous = bool(self.value("anonymous"))
        personal = PersonalData(name=self._text("name"), phone=self._text("phone"), address=self._text("address"))
        command = File(
            kind=self._text("kind"),
            channel=self._text("channel"),
            matter=self._matter(),
            category=self._text("category"),
            points=tuple(line.strip() for line in self._text("points").splitlines() if line.strip()),
            complainant=Complainant(anonymous=anonymous or not personal),
            respondent=self._respondent(),
            received_at=self._received(),
            late_reason=self._text("late_reason"),
            on_behalf=True,
            origin=self.origin,
        )
        return Filed(command, None if anonymous or not personal else personal)

    def _text(self, name: str) -> str:
        return str(self.value(name)).strip()

    def _matter(self) -> Mapping[str, Any]:
        return self.values("f-")

    def _respondent(self) -> Respondent:
        person, unit = self._text("person"), self._text("unit")
        if person:
            home = self.world.people.persons.get(person)
            return Respondent(kind="person", unit=unit or (home.unit if home else ""), person=person)
        return Respondent(kind="unit", unit=unit) if unit else Respondent()

    def _received(self) -> datetime | None:
        typed = self._text("received_at")
        if not typed:
            return None
        try:
            return datetime.fromisoformat(typed).replace(tzinfo=self.world.calendar.zone)
        except ValueError:
            words = "请填写日期和时间"
            raise Refused("wrong-value", words + "。", cite=COMPLETE_RECORDS, fields={"received_at": words}) from None

    def refuse(self, refused: Refused) -> None:
        """As everywhere; the core speaks of the complainant and the respondent where this form has controls of its own."""
        names = {"complainant": "name", "respondent": "unit", "text": "late_reason"}
        fields = {names.get(name, name): words for name, words in refused.fields.items()}
        super().refuse(Refused(refused.code, refused.message, cite=refused.cite, fields=fields, values=refused.values))


def _line(kind: str, fill: str) -> forms.TextInput:
    return forms.TextInput(attrs={"type": kind, "autocomplete": fill})


def _category_choices(regime: Regime) -> list[tuple[str, str]]:
    """Categories with their parents before them."""
    found = []
    for category in regime.categories.values():
        parent = regime.categories.get(category.parent) if category.parent else None
        found.append((category.id, f"{parent.title} / {category.title}" if parent else category.title))
    return found
