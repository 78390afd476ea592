"""The controls of core acts: what each act has itself, then what the regime asks besides, then words.

A regime may ask of any core act what it asks of steps: fields, who takes part. They stand on every form here, whatever
the act; the table at the foot says what else each act needs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.application.story_words import Words
from huiyin.cases.bodies_outside import body_choices
from huiyin.cases.draft import Draft
from huiyin.cases.evidence import pieces_for
from huiyin.cases.inviting import invitable
from huiyin.cases.recalled import recallable
from huiyin.cases.transferring import decided_for
from huiyin.regime.model import FieldType, RoleGroup
from huiyin.regime.vocabulary import RECALL_STAGES
from huiyin.site.components.chips import Text
from huiyin.workbench.forms.controls import MultipleFiles, Searched, add_fields, control_of, one_of, unit_choices
from huiyin.workbench.forms.corrections import current_words, known_values
from huiyin.workbench.forms.order_controls import add_orders

if TYPE_CHECKING:
    from huiyin.workbench.forms.act_form import ActForm

Need = Literal["always", "unless-fields", "never", "no-words"]
"""When the words of an act must be there: always, only where the regime has no fields for it, never; or it has none."""


@dataclass(frozen=True, slots=True)
class CoreAct:
    """The form of a core act: its own controls, and what its words are called."""

    controls: Callable[["ActForm"], None]
    words: Text
    need: Need


def add_core_act(form: "ActForm") -> None:
    """The whole form of a core act."""
    act = CORE_ACTS[form.possible.command]
    act.controls(form)
    form.add_means()
    form.add_own_fields()
    form.add_outcomes()
    form.add_questions()
    form.add_present()
    if act.need == "no-words":
        return
    label = _RECORDS.get(form.possible.work, act.words) if form.possible.command == "record" else act.words
    form.add_text(str(label), required=act.need == "always" or (act.need == "unless-fields" and not form.possible.fields))
    add_orders(form)
    if form.possible.command == "answer-order":
        _add_files(form, required=False)


def _nothing_of_its_own(form: "ActForm") -> None:
    """Words, and what the regime asks for."""


def _with_files(form: "ActForm") -> None:
    """Words, what the regime asks for, and papers to keep with it."""
    _add_files(form, required=False)


def _add_evidence(form: "ActForm") -> None:
    """The kind is chosen first; then come its file, what the regime asks about it, and where a thing is kept."""
    kinds = form.opened.regime.intake.evidence
    if kinds:
        choices = [("", _("其他材料")), *((kind.id, kind.title) for kind in kinds.values())]
        form.add("kind", forms.ChoiceField(label=_("是什么材料"), choices=choices, required=False))
    chosen = kinds.get(str(form.value("kind") if form.is_bound else form.initial.get("kind", "")))
    _add_files(form, required=chosen is None or not chosen.physical)
    if chosen is not None:
        add_fields(form, chosen.fields, (), form.opened.world.people, prefix="e-")
    if chosen is not None and chosen.physical:
        hint = _("没有文件的实物必须写明，例如：三楼物证柜2号")
        form.add("place", forms.CharField(label=_("保管在哪里"), required=False, max_length=200, help_text=hint))


def _add_files(form: "ActForm", *, required: bool) -> None:
    hint = _("图片、PDF、Word、Excel、文本、录音、录像，可选多个")
    form.add("files", forms.FileField(label=_("选择文件"), widget=MultipleFiles, help_text=hint, required=required))


def _seal_evidence(form: "ActForm") -> None:
    choices = _pieces(form)
    if len(choices) == 1:
        form.add("evidence", one_of(choices, label=_("封存哪件材料")))
    else:
        boxes, hint = forms.CheckboxSelectMultiple, _("勾选几件，就封在同一个封条下")
        form.add("evidence", forms.MultipleChoiceField(label=_("封存哪些材料"), choices=choices, widget=boxes, help_text=hint))
    hint = _("写封条上的编号；没有编号的，由系统编一个")
    form.add("seal", forms.CharField(label=_("封条编号"), required=False, max_length=200, help_text=hint))
    form.add("place", forms.CharField(label=_("保管在哪里"), required=False, max_length=200))
    _add_witnesses(form)


def _add_witnesses(form: "ActForm") -> None:
    form.add("witnesses", forms.CharField(label=_("在场人"), required=False, help_text=_("几个人用顿号隔开")))


def _pieces(form: "ActForm") -> list[tuple[str, str]]:
    """The pieces of evidence that the act can be done to, with the names this person may know."""
    opened = form.opened
    if "evidence" in opened.sight.hidden:
        return []
    words = Words(opened.regime, opened.case, opened.world, opened.sight.hidden, opened.open_to())
    draft = Draft(opened.regime, opened.case, opened.context())
    return [(item.key, words.material(item)) for item in pieces_for(draft, form.possible.command)]


def _open_evidence(form: "ActForm") -> None:
    hint = _("同一个封条下的材料一起启封。启封的人、时间、理由都写进经过；再封存须另用一个封条编号")
    control = one_of(_pieces(form), label=_("启封哪件材料"))
    control.help_text = hint
    form.add("evidence", control)
    _add_witnesses(form)


def _weigh_evidence(form: "ActForm") -> None:
    opened = form.opened
    form.add("evidence", one_of(_pieces(form), label=_("认定哪件材料")))
    levels = [(level.id, level.title) for level in opened.regime.intake.force.values()]
    form.add("force", one_of(levels, label=_("证明力"), required=True))
    control = form.fields["force"]
    control.help_text = _("与制度的建议不同的，请在说明里写明理由；各件的建议见案件页“材料”")


def _ask_more(form: "ActForm") -> None:
    number = forms.TextInput(attrs={"inputmode": "numeric"})
    form.add("amount", forms.CharField(label=_("几个工作日内补齐"), widget=number, required=False))


def _complete(form: "ActForm") -> None:
    """What the complainant brought: only what is filled in is changed."""
    opened = form.opened
    fields = {
        name: field
        for name, field in opened.regime.intake.fields.items()
        if f"matter.{name}" not in opened.sight.hidden and field.type is not FieldType.FILE
    }
    add_fields(form, fields, (), opened.world.people, prefix="i-", lenient=True)
    _add_files(form, required=False)


def _transfer(form: "ActForm") -> None:
    """To a body outside, or to a unit of our own."""
    regime = form.opened.regime
    wanted = regime.acts["transfer"].to or tuple(
        role.id for role in regime.roles.values() if role.group in (RoleGroup.OUTSIDE, RoleGroup.UNIT)
    )
    form.add("to", one_of([(role, regime.role_title(role)) for role in wanted], label=_("移交给谁")))
    many = [role for role in wanted if role in regime.roles and regime.roles[role].many]
    choices_of_many = body_choices(regime, many, form.opened.world.tables(regime.id))
    listed = [(key.partition("/")[2], name) for key, name in choices_of_many.items() if "/" in key]
    units = unit_choices(form.opened.world.people, form.playing(many))
    if listed or units:
        choices = [("", _("请选择")), *units, *listed]
        form.add("unit", forms.ChoiceField(label=_("哪个部门或单位"), choices=choices, required=False))


def _add_unit_of(form: "ActForm", roles: Iterable[str]) -> None:
    units = form.playing(roles)
    if units:
        form.add_unit("unit", _("哪个部门"), units, required=False)


def _send_transfer(form: "ActForm") -> None:
    """To whom, where there is a choice, and which pieces of evidence go along: all of them unless one is taken out."""
    transfer, bodies = form.opened.case.transfer, form.possible.bodies
    if transfer is not None and (len(bodies) > 1 or any(key.endswith("/") for key in bodies)):
        chosen = decided_for(form.opened.regime, transfer)
        choices = list(bodies.items()) if chosen in bodies else [("", _("请选择")), *bodies.items()]
        form.add("body", forms.ChoiceField(label=_("移送给谁"), choices=choices, initial=chosen))
        form.add_body_name()
    evidence = [] if "evidence" in form.opened.sight.hidden else form.opened.case.evidence
    if evidence:
        choices = [(item.key, item.title) for item in evidence]
        boxes, hint = forms.CheckboxSelectMultiple, _("不随案移送的，去掉勾选")
        initial = [key for key, _title in choices]
        control = forms.MultipleChoiceField(label=_("随案移送的材料"), choices=choices, widget=boxes, initial=initial,
                                            required=False, help_text=hint)
        form.add("enclosures", control)


def _confirm_transfer(form: "ActForm") -> None:
    """Who signed, when, under which number of theirs, and the receipt itself."""
    form.add("received_by", forms.CharField(label=_("签收人"), max_length=80))
    day = forms.DateInput(attrs={"type": "date"})
    form.add("received_on", forms.CharField(label=_("签收日期"), widget=day, required=False, help_text=_("不填就是今天")))
    form.add("their_number", forms.CharField(label=_("对方编号"), max_length=80, required=False))
    _add_files(form, required=False)


def _return(form: "ActForm") -> None:
    regime = form.opened.regime
    to = regime.acts["return"].to
    if len(to) > 1:
        form.add("to", one_of([(role, regime.role_title(role)) for role in to], label=_("退回给谁")))


def _reassign(form: "ActForm") -> None:
    regime = form.opened.regime
    roles = dict.fromkeys((*(role for row in regime.routing for role in row.to), form.opened.case.handling_role))
    known = [(role, regime.role_title(role)) for role in roles if role in regime.roles]
    form.add("to", one_of(known, label=_("改派给谁")))
    _add_unit_of(form, (role for role, _title in known))
    form.add_person("handler", _("承办人"), required=False)


def _add_unit(form: "ActForm") -> None:
    regime = form.opened.regime
    roles = [role.id for role in regime.roles.values() if role.group is RoleGroup.UNIT]
    units = [unit for unit in form.playing(roles) if unit not in form.opened.case.units]
    form.add_unit("unit", _("增加哪个部门协办"), units)


def _merge(form: "ActForm") -> None:
    hint = _("写案件编号。并案后本案就此结束，答复以那一件为准；投诉人会收到告知")
    form.add("into", forms.CharField(label=_("并入哪一件"), help_text=hint))


def _link(form: "ActForm") -> None:
    hint = _("写案件编号。两件各办各的，关联写进本案的经过")
    form.add("other", forms.CharField(label=_("关联哪一件"), help_text=hint))


def _supervise(form: "ActForm") -> None:
    case = form.opened.case
    running = [(item.limit, item.title) for item in case.running() if item.limit in form.opened.regime.limits]
    if running:
        choices = [("", _("不针对某项时限")), *dict(running).items()]
        form.add("limit", forms.ChoiceField(label=_("督办哪项时限"), choices=choices, required=False))


def _regrade(form: "ActForm") -> None:
    regime, case = form.opened.regime, form.opened.case
    if regime.severity.levels:
        now = regime.severity.levels.get(case.severity, _("未定"))
        choices = [("", _("不变（现为%(now)s）") % {"now": now}), *regime.severity.levels.items()]
        hint = _("由人定过等级的，规则不再自动调整；时限按新的等级重新计算")
        form.add("severity", forms.ChoiceField(label=_("严重程度"), choices=choices, required=False, help_text=hint))
    if regime.categories:
        known = regime.categories.get(case.category)
        now = known.title if known else _("未定")
        titles = [(each.id, each.title) for each in regime.categories.values()]
        choices = [("", _("不变（现为%(now)s）") % {"now": now}), *titles]
        form.add("category", forms.ChoiceField(label=_("类别"), choices=choices, required=False))


def _reissue(form: "ActForm") -> None:
    """Which document; the words say why."""
    current = [each for each in form.opened.case.documents.values() if not each.replaced_by]
    choices = [(each.key, f"《{each.title}》{each.number}") for each in current]
    hint = _("旧的一版留在案卷里，要签名的须在新版上重新签")
    form.add("document", one_of(choices, label=_("重新出具哪份文书"), help_text=hint))


def _recall(form: "ActForm") -> None:
    """Which paper, and how far it is: fetched back, lost, voided. One from elsewhere is named by its number."""
    papers = list(recallable(form.opened.regime, form.opened.case).items())
    hint = _("本单位以外的或者系统之外出具的，填写编号")
    form.add("paper", forms.CharField(label=_("文书编号"), max_length=120, widget=Searched(papers), help_text=hint))
    stages = [(stage, title) for stage, (title, _event) in RECALL_STAGES.items()]
    form.add("stage", one_of(stages, label=_("收回到哪一步")))


def _correct(form: "ActForm") -> None:
    """One value at a time: which one is chosen first, then its own control, with what stands there now."""
    known = known_values(form.opened)
    choices = [(path, field.title) for path, field in known.items()]
    form.add("path", forms.ChoiceField(label=_("更正哪一项"), choices=choices))
    asked = str(form.value("path") if form.is_bound else form.initial.get("path", ""))
    path = asked if asked in known else next(iter(known), "")
    if path:
        control = control_of(known[path], required=True, people=form.opened.world.people, searched=True)
        control.label, control.help_text = _("改为"), current_words(form.opened, path)
        form.add("value", control)


def _amend_report(form: "ActForm") -> None:
    """The report as it was made, to be put right."""
    case = form.opened.case
    order = case.orders[form.possible.member]
    form.initial = {
        "report": order.report,
        **{f"f-{name}": case.facts[name] for name in form.possible.fields if name in case.facts},
        **form.initial,
    }
    area = forms.Textarea(attrs={"rows": 4})
    form.add("report", forms.CharField(label=_("更正后的报告"), widget=area, required=not form.possible.fields))


def _recuse(form: "ActForm") -> None:
    form.add_person("person", _("谁回避"), required=False, hint=_("不选就是本人回避"))


def _invite(form: "ActForm") -> None:
    form.add("role", one_of(list(invitable(form.opened.regime).items()), label=_("请谁办理")))
    hint = _("写清是哪一家、哪一位，例如：青屿鲜果铺 客服 江女士")
    form.add("name", forms.CharField(label=_("名称"), max_length=80, help_text=hint))
    hint = _("链接和验证码发到这里；没有邮箱的，打印或当面交给对方")
    form.add("email", forms.EmailField(label=_("电子邮箱"), required=False, help_text=hint))


def _which_party(form: "ActForm", label: str) -> None:
    running = [(each.key, each.name) for each in form.opened.case.invitations.values() if each.ended_at is None]
    form.add("invitation", one_of(running, label=label))


_RECORDS = {
    "contact": gettext_lazy("联系情况"),
    "tell-progress": gettext_lazy("告知的进展"),
    "press": gettext_lazy("催办内容"),
    "instruct": gettext_lazy("批示内容"),
    "flag-risk": gettext_lazy("风险"),
    "remedy": gettext_lazy("处理措施"),
}
"""What the words of an act that only leaves a record are called."""

CORE_ACTS: dict[str, CoreAct] = {
    "record": CoreAct(_nothing_of_its_own, gettext_lazy("内容"), "unless-fields"),
    "add-evidence": CoreAct(_add_evidence, "", "no-words"),
    "seal-evidence": CoreAct(_seal_evidence, gettext_lazy("说明"), "never"),
    "open-evidence": CoreAct(_open_evidence, gettext_lazy("启封理由"), "always"),
    "weigh-evidence": CoreAct(_weigh_evidence, gettext_lazy("说明"), "never"),
    "ask-more": CoreAct(_ask_more, gettext_lazy("请投诉人补充什么"), "always"),
    "complete": CoreAct(_complete, gettext_lazy("补正说明"), "never"),
    "transfer": CoreAct(_transfer, gettext_lazy("移交理由"), "always"),
    "send-transfer": CoreAct(_send_transfer, gettext_lazy("说明"), "never"),
    "confirm-transfer": CoreAct(_confirm_transfer, gettext_lazy("说明"), "never"),
    "return-transfer": CoreAct(_with_files, gettext_lazy("退回理由"), "unless-fields"),
    "return": CoreAct(_return, gettext_lazy("退回理由"), "unless-fields"),
    "reissue": CoreAct(_reissue, gettext_lazy("理由"), "always"),
    "recall": CoreAct(_recall, gettext_lazy("说明"), "never"),
    "reassign": CoreAct(_reassign, gettext_lazy("改派理由"), "always"),
    "add-unit": CoreAct(_add_unit, gettext_lazy("说明"), "never"),
    "suspend": CoreAct(_nothing_of_its_own, gettext_lazy("理由"), "unless-fields"),
    "resume": CoreAct(_nothing_of_its_own, gettext_lazy("说明"), "never"),
    "terminate": CoreAct(_nothing_of_its_own, gettext_lazy("理由"), "unless-fields"),
    "withdraw": CoreAct(_nothing_of_its_own, gettext_lazy("说明"), "never"),
    "merge": CoreAct(_merge, gettext_lazy("说明"), "never"),
    "link": CoreAct(_link, gettext_lazy("说明"), "never"),
    "supervise": CoreAct(_supervise, gettext_lazy("督办要求"), "unless-fields"),
    "answer-order": CoreAct(_nothing_of_its_own, gettext_lazy("办理情况"), "unless-fields"),
    "accept-report": CoreAct(_nothing_of_its_own, gettext_lazy("意见"), "never"),
    "return-report": CoreAct(_nothing_of_its_own, gettext_lazy("为什么退回，还要补什么"), "always"),
    "amend-report": CoreAct(_amend_report, gettext_lazy("为什么更正"), "always"),
    "withdraw-report": CoreAct(_nothing_of_its_own, gettext_lazy("为什么撤回"), "always"),
    "recall-order": CoreAct(_nothing_of_its_own, gettext_lazy("为什么收回"), "always"),
    "invite": CoreAct(_invite, gettext_lazy("说明"), "never"),
    "uninvite": CoreAct(lambda form: _which_party(form, _("停用谁的链接")), gettext_lazy("理由"), "never"),
    "renew-link": CoreAct(lambda form: _which_party(form, _("给谁换发验证码")), gettext_lazy("理由"), "never"),
    "tell-outside": CoreAct(lambda form: _which_party(form, _("告知谁")), gettext_lazy("告知的内容"), "always"),
    "ask-back": CoreAct(_nothing_of_its_own, gettext_lazy("想问什么"), "always"),
    "regrade": CoreAct(_regrade, gettext_lazy("理由"), "never"),
    "correct": CoreAct(_correct, gettext_lazy("为什么更正"), "always"),
    "recuse": CoreAct(_recuse, gettext_lazy("理由"), "always"),
    "reopen": CoreAct(_nothing_of_its_own, gettext_lazy("理由"), "always"),
    "appeal": CoreAct(_nothing_of_its_own, gettext_lazy("理由"), "unless-fields"),
}
"""Command → the form of the core act it asks for."""
