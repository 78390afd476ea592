"""The form of one thing that can be done on a case, made from what `huiyin.cases.available` says it needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.calendars import Span, Unit
from huiyin.cases.available import Possible
from huiyin.cases.inviting import invitable
from huiyin.regime.model import RoleGroup
from huiyin.workbench.forms.controls import (
    Choices,
    MultipleFiles,
    RegimeForm,
    add_fields,
    control_of,
    one_of,
    person_choices,
    question_control,
    unit_choices,
)


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
        _BUILDERS.get(purpose.possible.command, _plain)(self)

    @property
    def possible(self) -> Possible:
        """What the form does."""
        return self.purpose.possible

    @property
    def opened(self) -> Opened:
        """The case it does it to."""
        return self.purpose.opened

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

    def add_person(self, name: str, label: str, *, required: bool, hint: str = "", wanted: Any = None) -> None:
        """A person to choose."""
        choices = [("", _("不指定") if not required else _("请选择")), *person_choices(self.opened.world.people, wanted)]
        self.add(name, forms.ChoiceField(label=label, choices=choices, required=required, help_text=hint))


def _plain(form: ActForm) -> None:
    """Words only."""
    form.add_text(_("说明"), required=False)


def _reasoned(form: ActForm) -> None:
    """The regime's fields, or else a reason."""
    form.add_own_fields()
    form.add_text(_("理由") if not form.possible.fields else _("补充说明"), required=not form.possible.fields)


def _nothing(form: ActForm) -> None:
    """A press of the button says it all."""


def _perform(form: ActForm) -> None:
    possible = form.possible
    form.add_own_fields()
    form.add_outcomes()
    if possible.questionnaire is not None:
        for question in possible.questionnaire.questions.values():
            form.add(f"a-{question.id}", question_control(question))
    if "assessment" in possible.decides:
        _add_rows(form, [(row.id, row.title or row.id) for row in form.opened.regime.assessment])
    if "routing" in possible.decides:
        _add_rows(form, [(row.id, row.title or _("一般情形")) for row in form.opened.regime.routing])
        _add_targets(form)
    form.add_present()
    form.add_text(_("说明"), required=False)


def _add_rows(form: ActForm, rows: Choices) -> None:
    """The rules decide by themselves; a person names the row only where a fact is missing."""
    if len(rows) > 1:
        choices = [("", _("由制度按填写的内容判断")), *rows]
        form.add("row", forms.ChoiceField(label=_("适用情形"), choices=choices, required=False))


def _add_targets(form: ActForm) -> None:
    """Who handles: a unit of those the routing rows name, a person, and who helps."""
    regime, world = form.opened.regime, form.opened.world
    leading = [role for row in regime.routing for role in row.to]
    helping = [role for row in regime.routing for role in row.also]
    units = _playing(form, leading)
    if len(units) > 1:
        form.add_unit("unit", _("承办部门"), units, required=False)
    persons = [person for role in leading for person in world.directory(regime.id).holders_of(role)]
    if persons:
        hint = _("不指定时，由部门里该办的人办")
        form.add_person("handler", _("承办人"), required=False, hint=hint, wanted=dict.fromkeys(persons))
    others = _playing(form, helping)
    if others:
        boxes = forms.CheckboxSelectMultiple
        choices = unit_choices(world.people, others)
        form.add("also", forms.MultipleChoiceField(label=_("协办部门"), choices=choices, widget=boxes, required=False))


def _playing(form: ActForm, roles: list[str]) -> list[str]:
    """Units that play one of these roles."""
    directory = form.opened.world.directory(form.opened.regime.id)
    return list(dict.fromkeys(unit for role in roles for unit in directory.units_of(role)))


def _decide(form: ActForm) -> None:
    regime = form.opened.regime
    rows = regime.assessment if form.possible.work == "assessment" else regime.routing
    choices = [(row.id, row.title or _("一般情形")) for row in rows]
    form.add("row", one_of(choices, label=_("适用情形"), required=True))
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


def _record(form: ActForm) -> None:
    form.add_own_fields()
    labels = {
        "contact": _("联系情况"),
        "tell-progress": _("告知的进展"),
        "press": _("催办内容"),
        "instruct": _("批示内容"),
        "flag-risk": _("风险"),
        "remedy": _("处理措施"),
    }
    label = labels.get(form.possible.work, _("内容"))
    form.add_text(label, required=not form.possible.fields)


def _add_evidence(form: ActForm) -> None:
    kinds = [(kind.id, kind.title) for kind in form.opened.regime.intake.evidence.values()]
    if kinds:
        choices = [("", _("其他材料")), *kinds]
        form.add("kind", forms.ChoiceField(label=_("是什么材料"), choices=choices, required=False))
    hint = _("图片、PDF、Word、Excel、文本、录音、录像，可选多个")
    form.add("files", forms.FileField(label=_("选择文件"), widget=MultipleFiles, help_text=hint))


def _seal_evidence(form: ActForm) -> None:
    hidden = "evidence" in form.opened.sight.hidden
    choices = [(item.key, item.title) for item in form.opened.case.evidence if not item.sealed and not hidden]
    form.add("evidence", one_of(choices, label=_("封存哪件材料")))
    form.add("witnesses", forms.CharField(label=_("在场人"), required=False, help_text=_("几个人用顿号隔开")))
    form.add_text(_("说明"), required=False)


def _ask_more(form: ActForm) -> None:
    form.add_text(_("请投诉人补充什么"), required=True)
    _add_span(form, _("几天内补齐"), Unit.WORKDAYS, required=False)


def _add_span(form: ActForm, label: str, unit: Unit, *, required: bool = True) -> None:
    number = forms.TextInput(attrs={"inputmode": "numeric"})
    form.add("amount", forms.CharField(label=label, widget=number, required=required, help_text=unit.title_zh))


def _transfer(form: ActForm) -> None:
    """To a body outside, or to a unit of our own."""
    regime = form.opened.regime
    act = regime.acts["transfer"]
    wanted = act.to or tuple(
        role.id for role in regime.roles.values() if role.group in (RoleGroup.OUTSIDE, RoleGroup.UNIT)
    )
    form.add("to", one_of([(role, regime.role_title(role)) for role in wanted], label=_("移交给谁")))
    units = _playing(form, [role for role in wanted if role in regime.roles and regime.roles[role].many])
    if units:
        form.add_unit("unit", _("哪个部门"), units, required=False)
    form.add_text(_("移交理由"), required=True)


def _return(form: ActForm) -> None:
    regime = form.opened.regime
    to = regime.acts["return"].to
    if len(to) > 1:
        form.add("to", one_of([(role, regime.role_title(role)) for role in to], label=_("退回给谁")))
    form.add_own_fields()
    form.add_text(_("退回理由"), required=True)


def _reassign(form: ActForm) -> None:
    regime = form.opened.regime
    roles = dict.fromkeys((*(role for row in regime.routing for role in row.to), form.opened.case.handling_role))
    known = [(role, regime.role_title(role)) for role in roles if role in regime.roles]
    form.add("to", one_of(known, label=_("改派给谁")))
    units = _playing(form, [role for role, _title in known])
    if units:
        form.add_unit("unit", _("哪个部门"), units, required=False)
    form.add_person("handler", _("承办人"), required=False)
    form.add_text(_("改派理由"), required=True)


def _add_unit(form: ActForm) -> None:
    regime = form.opened.regime
    roles = [role.id for role in regime.roles.values() if role.group is RoleGroup.UNIT]
    units = [unit for unit in _playing(form, roles) if unit not in form.opened.case.units]
    form.add_unit("unit", _("增加哪个部门协办"), units)
    form.add_text(_("说明"), required=False)


def _extend(form: ActForm) -> None:
    extension = form.opened.regime.limits[form.possible.work].extension
    most = extension and (extension.add_up_to or extension.total_up_to)
    unit = most.unit if isinstance(most, Span) else Unit.WORKDAYS
    label = _("延长多少%(unit)s") % {"unit": unit.title_zh.removeprefix("个")}
    form.add("amount", forms.CharField(label=label, widget=forms.TextInput(attrs={"inputmode": "numeric"})))
    if isinstance(most, Span):
        kind = _("最多延长%(most)s") if extension and extension.add_up_to else _("连同原来的时限不超过%(most)s")
        form.fields["amount"].help_text = kind % {"most": most.title_zh}
    form.add_own_fields()
    form.add_text(_("说明"), required=False)


def extension_unit(form: ActForm) -> Unit:
    """The unit in which an extension of this limit is asked for."""
    extension = form.opened.regime.limits[form.possible.work].extension
    most = extension and (extension.add_up_to or extension.total_up_to)
    return most.unit if isinstance(most, Span) else Unit.WORKDAYS


def _merge(form: ActForm) -> None:
    form.add("into", forms.CharField(label=_("并入哪一件"), help_text=_("写案件编号")))
    form.add_text(_("说明"), required=False)


def _link(form: ActForm) -> None:
    form.add("into", forms.CharField(label=_("关联哪一件"), help_text=_("写案件编号")))
    form.add_text(_("说明"), required=False)


def _supervise(form: ActForm) -> None:
    running = [(item.limit, item.title) for item in form.opened.case.running() if item.limit in form.opened.regime.limits]
    if running:
        choices = [("", _("不针对某项时限")), *dict(running).items()]
        form.add("limit", forms.ChoiceField(label=_("督办哪项时限"), choices=choices, required=False))
    form.add_text(_("督办要求"), required=True)


def _answer_order(form: ActForm) -> None:
    waiting = [order for order in form.opened.case.orders.values() if order.answered_at is None]
    if len(waiting) > 1:
        form.add("order", one_of([(order.key, order.text) for order in waiting], label=_("回复哪一份督办单")))
    form.add_text(_("办理情况"), required=True)


def _regrade(form: ActForm) -> None:
    regime = form.opened.regime
    if regime.severity.levels:
        choices = [("", _("不变")), *regime.severity.levels.items()]
        form.add("severity", forms.ChoiceField(label=_("严重程度"), choices=choices, required=False))
    if regime.categories:
        categories = [("", _("不变")), *((each.id, each.title) for each in regime.categories.values())]
        form.add("category", forms.ChoiceField(label=_("类别"), choices=categories, required=False))
    form.add_text(_("理由"), required=False)


def _reissue(form: ActForm) -> None:
    """Which document, and why."""
    current = [each for each in form.opened.case.documents.values() if not each.replaced_by]
    choices = [(each.key, f"《{each.title}》{each.number}") for each in current]
    form.add("document", one_of(choices, label=_("重新出具哪份文书")))
    form.add_text(_("理由"), required=True, hint=_("旧的一版留在案卷里，要签名的须在新版上重新签"))


def _correct(form: ActForm) -> None:
    """One value at a time: which one is chosen first, its control stands beside it."""
    regime, case, people = form.opened.regime, form.opened.case, form.opened.world.people
    known = {f"matter.{name}": field for name, field in regime.intake.fields.items()}
    for work in (*regime.flow.values(), *regime.acts.values()):
        known.update({f"facts.{name}": field for name, field in work.fields.items() if name in case.facts})
    form.add("path", forms.ChoiceField(label=_("更正哪一项"), choices=[(path, each.title) for path, each in known.items()]))
    chosen = known.get(str(form.value("path")) if form.is_bound else "")
    control = control_of(chosen, required=True, people=people) if chosen else forms.CharField(widget=forms.Textarea(attrs={"rows": 2}))
    control.label = _("改为")
    form.add("value", control)
    form.add_text(_("为什么更正"), required=True)


def _recuse(form: ActForm) -> None:
    form.add_person("person", _("谁回避"), required=False, hint=_("不选就是本人回避"))
    form.add_text(_("理由"), required=True)


def _invite(form: ActForm) -> None:
    roles = list(invitable(form.opened.regime).items())
    form.add("role", one_of(roles, label=_("请谁办理")))
    hint = _("写清是哪一家、哪一位，例如：青屿鲜果铺 客服 江女士")
    form.add("name", forms.CharField(label=_("名称"), max_length=80, help_text=hint))
    form.add_own_fields()
    form.add_text(_("说明"), required=False)


def _uninvite(form: ActForm) -> None:
    running = [(each.key, each.name) for each in form.opened.case.invitations.values() if each.ended_at is None]
    form.add("invitation", one_of(running, label=_("停用谁的链接")))
    form.add_own_fields()
    form.add_text(_("理由"), required=False)


_BUILDERS: dict[str, Callable[[ActForm], None]] = {
    "perform": _perform,
    "decide": _decide,
    "approve": _approve,
    "acknowledge": _nothing,
    "sign": _nothing,
    "record": _record,
    "add-evidence": _add_evidence,
    "seal-evidence": _seal_evidence,
    "ask-more": _ask_more,
    "transfer": _transfer,
    "return": _return,
    "reissue": _reissue,
    "reassign": _reassign,
    "add-unit": _add_unit,
    "extend": _extend,
    "suspend": _reasoned,
    "terminate": _reasoned,
    "resume": _plain,
    "withdraw": _plain,
    "merge": _merge,
    "link": _link,
    "supervise": _supervise,
    "answer-order": _answer_order,
    "invite": _invite,
    "uninvite": _uninvite,
    "regrade": _regrade,
    "correct": _correct,
    "recuse": _recuse,
    "reopen": _reasoned,
    "appeal": _reasoned,
}
"""Command → its controls."""
