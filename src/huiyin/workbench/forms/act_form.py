"""The form of one thing that can be done on a case, made from what `huiyin.cases.available` says it needs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.calendars import Span, Unit
from huiyin.cases.possible import Possible
from huiyin.workbench.forms.controls import (
    Choices,
    RegimeForm,
    add_fields,
    one_of,
    person_choices,
    question_control,
    unit_choices,
)
from huiyin.workbench.forms.core_act_controls import add_core_act
from huiyin.workbench.forms.order_controls import add_orders


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a form is about: the possible act on an opened case."""

    possible: Possible
    opened: Opened

    @property
    def name(self) -> str:
        """The name under which addresses call the act: `perform.reply`, `approve.approval-1`."""
        return act_name(self.possible)


def act_name(possible: Possible) -> str:
    """command.work, and .member for one copy of a step done by several."""
    return ".".join(part for part in (possible.command, possible.work, possible.member) if part)


class ActForm(RegimeForm):
    """The form of one act. Its controls follow from the command; see `_BUILDERS`."""

    def __init__(self, purpose: Purpose, data: Any = None, files: Any = None, **options: Any) -> None:
        super().__init__(data, files, auto_id="act_%s", **options)
        self.purpose = purpose
        _BUILDERS.get(purpose.possible.command, add_core_act)(self)

    @property
    def possible(self) -> Possible:
        """What the form does."""
        return self.purpose.possible

    @property
    def opened(self) -> Opened:
        """The case it does it to."""
        return self.purpose.opened

    def picked_first(self) -> str:
        """The control whose choice decides which others there are; empty for none."""
        return next((name for name in ("path", "kind") if name in self.fields), "")

    def has_files(self) -> bool:
        """Whether files can be chosen in it."""
        return any(isinstance(each.widget, forms.FileInput) for each in self.fields.values())

    # -- parts many acts have ------------------------------------------------------------------------------------------

    def add_text(self, label: str, *, required: bool, hint: str = "", rows: int = 3) -> None:
        """The free words of the act."""
        area = forms.Textarea(attrs={"rows": rows})
        self.add("text", forms.CharField(label=label, widget=area, required=required, help_text=hint))

    def add_own_fields(self) -> None:
        """The fields the regime gave the work."""
        add_fields(self, self.possible.fields, self.possible.required, self.opened.world.people)

    def add_outcomes(self) -> None:
        """How the work ends, where it can end in several ways."""
        choices = [(outcome.id, outcome.title) for outcome in self.possible.outcomes.values()]
        if choices:
            self.add("outcome", one_of(choices, label=_("结果"), required=True))

    def add_means(self) -> None:
        """By what means somebody was reached; several where they were combined."""
        regime, possible = self.opened.regime, self.possible
        if possible.via:
            boxes, needed = forms.CheckboxSelectMultiple, possible.work in regime.measured_by_means
            choices = [(each, regime.means_title(each)) for each in possible.via]
            self.add("via", forms.MultipleChoiceField(label=_("方式"), choices=choices, widget=boxes, required=needed))

    def add_questions(self) -> None:
        """The questions, as the complainant answered them."""
        questionnaire = self.possible.questionnaire
        for question in questionnaire.questions.values() if questionnaire else ():
            self.add(f"a-{question.id}", question_control(question))

    def add_present(self) -> None:
        """Who took part, to be confirmed."""
        regime = self.opened.regime
        if self.possible.present:
            choices = [(role, _("%(who)s已参加") % {"who": regime.role_title(role)}) for role in self.possible.present]
            boxes = forms.CheckboxSelectMultiple
            self.add("present", forms.MultipleChoiceField(label=_("须共同参加"), choices=choices, widget=boxes))

    def add_unit(self, name: str, label: str, units: list[str], *, required: bool = True) -> None:
        """A unit to choose."""
        choices = [("", _("请选择")), *unit_choices(self.opened.world.people, units)]
        self.add(name, forms.ChoiceField(label=label, choices=choices, required=required))

    def add_body_name(self) -> None:
        """The name of a body outside of which the organisation keeps no list."""
        if any(key.endswith("/") for key in self.possible.bodies):
            hint = _("选的是一类单位时，写明是哪一个")
            self.add("body_name", forms.CharField(label=_("单位名称"), max_length=80, required=False, help_text=hint))

    def add_person(self, name: str, label: str, *, required: bool, hint: str = "", wanted: Any = None) -> None:
        """A person to choose."""
        choices = [("", _("不指定") if not required else _("请选择")), *person_choices(self.opened.world.people, wanted)]
        self.add(name, forms.ChoiceField(label=label, choices=choices, required=required, help_text=hint))

    def playing(self, roles: Iterable[str]) -> list[str]:
        """Units that play one of these roles."""
        directory = self.opened.world.directory(self.opened.regime.id)
        return list(dict.fromkeys(unit for role in roles for unit in directory.units_of(role)))


def _nothing(form: ActForm) -> None:
    """A press of the button says it all."""


def _perform(form: ActForm) -> None:
    possible = form.possible
    form.add_means()
    form.add_own_fields()
    form.add_outcomes()
    form.add_questions()
    if "assessment" in possible.decides:
        _add_rows(form, [(row.id, row.title or row.id) for row in form.opened.regime.assessment])
        _add_body(form)
    if "routing" in possible.decides:
        _add_rows(form, [(row.id, row.title or _("一般情形")) for row in form.opened.regime.routing])
        _add_targets(form)
    form.add_present()
    form.add_text(_("说明"), required=False)
    add_orders(form)


def _add_rows(form: ActForm, rows: Choices) -> None:
    """The rules decide by themselves; a person names the row only where a fact is missing."""
    if len(rows) > 1:
        choices = [("", _("由制度按填写的内容判断")), *rows]
        form.add("row", forms.ChoiceField(label=_("适用情形"), choices=choices, required=False))


def _add_body(form: ActForm) -> None:
    """The body outside, where there is one to choose: the regime suggests, the person may name another."""
    if form.possible.bodies:
        choices = [("", _("由制度按填写的内容推荐")), *form.possible.bodies.items()]
        hint = _("移送给谁，或者告诉投诉人向谁反映；归我们办理的不用选")
        form.add("body", forms.ChoiceField(label=_("外单位"), choices=choices, required=False, help_text=hint))
        form.add_body_name()


def _add_targets(form: ActForm) -> None:
    """Who handles: a unit of those the routing rows name, a person, and who helps."""
    regime, world = form.opened.regime, form.opened.world
    leading = [role for row in regime.routing for role in row.to]
    helping = [role for row in regime.routing for role in row.also]
    units = form.playing(leading)
    if len(units) > 1:
        form.add_unit("unit", _("承办部门"), units, required=False)
    persons = [person for role in leading for person in world.directory(regime.id).holders_of(role)]
    if persons:
        hint = _("不指定时，由部门里该办的人办")
        form.add_person("handler", _("承办人"), required=False, hint=hint, wanted=dict.fromkeys(persons))
    others = form.playing(helping)
    if others:
        boxes = forms.CheckboxSelectMultiple
        choices = unit_choices(world.people, others)
        form.add("also", forms.MultipleChoiceField(label=_("协办部门"), choices=choices, widget=boxes, required=False))


def _decide(form: ActForm) -> None:
    regime, fitting = form.opened.regime, form.possible.outcomes
    rows = regime.assessment if form.possible.work == "assessment" else regime.routing
    choices = [(row.id, row.title or _("一般情形")) for row in rows if row.id in fitting]
    form.add("row", one_of(choices, label=_("适用情形"), required=True))
    _add_body(form)
    if form.possible.work == "routing":
        _add_targets(form)
    form.add_text(_("理由"), required=False)


def _approve(form: ActForm) -> None:
    pending = form.possible.approval
    if pending is not None and pending.kind == "sanction":
        _add_sanction(form, pending.payload)
    if form.possible.members:
        people = form.opened.world.people
        choices = [(person, people.name_of(person)) for person in form.possible.members]
        boxes, hint = forms.CheckboxSelectMultiple, _("由您记录会议表决的，请勾选；各自表决的不用选")
        label = _("到会并与您意见相同的成员")
        form.add("present", forms.MultipleChoiceField(label=label, choices=choices, widget=boxes, help_text=hint, required=False))
    form.add_text(_("批示"), required=False, hint=_("退回须写明理由"))


def _add_sanction(form: ActForm, payload: Mapping[str, Any]) -> None:
    """Whom it concerns, what was found, and how much inside the bracket."""
    if not payload["against"]:
        form.add_person("person", _("对谁作出"), required=True)
    if payload["conduct"]:
        choices = list(payload["conduct"].items())
        boxes = forms.CheckboxSelectMultiple
        form.add("conduct", forms.MultipleChoiceField(label=_("查实的情形"), choices=choices, widget=boxes))
    measures = form.opened.regime.accountability.measures
    for name, offer in payload["propose"].items():
        measure = measures[name]
        if isinstance(offer, list):
            hint = _("%(low)s至%(high)s%(unit)s之间") % {"low": f"{offer[0]:g}", "high": f"{offer[1]:g}", "unit": measure.unit}
            control = forms.TextInput(attrs={"inputmode": "decimal"})
            form.add(f"m-{name}", forms.CharField(label=measure.title, help_text=hint, widget=control))


def _extend(form: ActForm) -> None:
    limit = form.opened.regime.limit_of(form.possible.work)
    extension = limit and limit.extension
    most = extension and (extension.add_up_to or extension.total_up_to)
    unit = most.unit if isinstance(most, Span) else Unit.WORKDAYS
    label = _("延长多少%(unit)s") % {"unit": unit.title_zh.removeprefix("个")}
    form.add("amount", forms.CharField(label=label, widget=forms.TextInput(attrs={"inputmode": "numeric"})))
    if isinstance(most, Span):
        kind = _("最多延长%(most)s") if extension and extension.add_up_to else _("连同原来的时限不超过%(most)s")
        form.fields["amount"].help_text = kind % {"most": most.title_zh}
    form.add_means()
    form.add_own_fields()
    form.add_outcomes()
    form.add_questions()
    form.add_present()
    form.add_text(_("说明"), required=False)
    add_orders(form)


def _reverse_booking(form: ActForm) -> None:
    """Why; the entry itself stands in the title."""
    hint = _("原来的一笔不改，另记一笔相反的；余额从今天起随之变动")
    form.add_text(_("冲销理由"), required=True, hint=hint)


def _renew_code(form: ActForm) -> None:
    """How the complainant was recognised; the code opens everything the complainant may see."""
    hint = _("例如：按登记的电话回拨，核对了姓名和事情经过。旧码马上作废，新码打印在回执上，由您告知投诉人")
    form.add_text(_("怎样核实是投诉人本人"), required=True, hint=hint)


def extension_unit(form: ActForm) -> Unit:
    """The unit in which an extension of this limit is asked for."""
    limit = form.opened.regime.limit_of(form.possible.work)
    extension = limit and limit.extension
    most = extension and (extension.add_up_to or extension.total_up_to)
    return most.unit if isinstance(most, Span) else Unit.WORKDAYS


_BUILDERS: dict[str, Callable[[ActForm], None]] = {
    "perform": _perform,
    "fill": ActForm.add_questions,
    "decide": _decide,
    "approve": _approve,
    "acknowledge": _nothing,
    "sign": _nothing,
    "extend": _extend,
    "reverse-booking": _reverse_booking,
    "renew-code": _renew_code,
}
"""Command → its controls; those that are missing here are core acts."""
