"""Forms, notices, guidance and questionnaires as cards."""

from collections.abc import Iterator

from huiyin.regime.model import Form, Regime
from huiyin.regime.saying import roles_zh

from .card import Card, filled
from .phrases import say_events, say_fields, say_number, say_pattern, say_when

_PAPERS = {"A4": "A4", "A4-landscape": "A4 横", "A3-landscape": "A3 横", "A5": "A5"}


def form_cards(regime: Regime) -> Iterator[Card]:
    """The forms, in order."""
    for form in regime.forms.values():
        yield Card(f"forms.{form.id}", "文书" if form.of == "case" else "登记簿", form.title, filled(_form(regime, form)), form.cite)


def _form(regime: Regime, form: Form) -> dict[str, str]:
    works = (*regime.flow.values(), *regime.acts.values(), *regime.duties.values())
    signers = [
        regime.role_title(role) + (f"（{count}人）" if count > 1 else "") for role, count in form.signed_by.items()
    ]
    return {
        "由此出具": "、".join(work.title for work in works if form.id in work.produces),
        "送给": roles_zh(regime, form.to),
        "出具时填写": say_fields(form.filled, form.required),
        "手写栏": "、".join(form.blank),
        "签名": "、".join(signers),
        "盖章": "是" if form.seal else "",
        "代替": "按编号所指的原文书" if form.replaces else "",
        "文号": say_pattern(form.number),
        "份数": str(form.copies) if form.copies > 1 else "",
        "抄送": roles_zh(regime, form.copies_to),
        "必须写到": "、".join(form.says),
        "纸张": _PAPERS[form.paper],
    }


def notice_cards(regime: Regime) -> Iterator[Card]:
    """Who is told what after which event."""
    for notice in regime.notices.values():
        says = {
            "告知谁": roles_zh(regime, notice.to),
            "在什么之后": say_events(regime, notice.after, "，或"),
            "仅当": say_when(regime, notice.when),
            "内容": notice.text or (regime.forms[notice.form].title if notice.form else ""),
            "已阅": "须确认已阅" if notice.acknowledge else "",
        }
        yield Card(f"notices.{notice.id}", "告知", notice.title, filled(says), notice.cite)


def guidance_cards(regime: Regime) -> Iterator[Card]:
    """Advice for whoever talks with the complainant."""
    for advice in regime.guidance.values():
        works = {**regime.flow, **regime.acts}
        at = "、".join(works[each].title if each in works else say_events(regime, (each,)) for each in advice.at)
        says = {
            "": "；".join(advice.say),
            "显示在": at,
            "类别": "、".join(regime.categories[each].title for each in advice.category if each in regime.categories),
            "不该说的": "；".join(f"“{bad}”改说“{better}”" for bad, better in advice.avoid.items()),
        }
        yield Card(f"guidance.{advice.id}", "提示", at or advice.id, filled(says), advice.cite)


def questionnaire_cards(regime: Regime) -> Iterator[Card]:
    """What is asked after a reply or in a survey."""
    for asked in regime.questionnaires.values():
        questions = "；".join(
            each.title + (f"（{say_number(each.low)}分及以下算低分）" if each.low is not None else "")
            for each in asked.questions.values()
        )
        says = {"问题": questions, "算满意": say_when(regime, asked.satisfied)}
        yield Card(f"questionnaires.{asked.id}", "问卷", asked.title, filled(says))
