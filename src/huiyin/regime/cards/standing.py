"""Accountability, corrective action, duties, watches, commitments, records and governance as cards."""

from collections.abc import Iterator

from huiyin.regime.model import Commitment, CorrectiveAction, Duty, DutyStep, Regime, Sending, Watch
from huiyin.regime.saying import roles_zh, say_condition, say_limit
from huiyin.regime.vocabulary import TOLD, WAYS

from .card import Card, filled
from .phrases import say_approval, say_events, say_every, say_fields, say_measure, say_number, say_span, say_when
from .work import work_says

_PERIODS = {
    "month": "一个月", "quarter": "一个季度", "half-year": "半年", "year": "一年", "calendar month": "一个自然月",
    "calendar quarter": "一个自然季度", "calendar year": "一个自然年",
}  # fmt: skip
_MEASURES = {
    "timely-share": "及时率", "satisfied-share": "满意率", "follow-up-share": "回访率", "reply-share": "答复率",
    "founded-share": "属实率", "reopen-share": "再次办理率", "cases": "件数", "handling-time": "用时", "handovers": "转手次数",
    "via-share": "方式占比",
}  # fmt: skip
_BOUNDS = {"at_least": "不低于", "at_most": "不高于", "below": "低于"}
_PER = {
    "case": "每件案件", "category": "每个类别", "cause": "每个原因", "product": "每个产品", "place": "每个地点",
    "person": "每个投诉人", "respondent": "每个被投诉人", "handling-unit": "每个承办部门",
}  # fmt: skip
_AUDIENCE = {"public": "对外公布", "staff": "内部目标", "both": "内部目标，对外公布"}
_OF = {"person": "个人", "unit": "部门", "part": "产品", "case": "案件"}


def accountability_cards(regime: Regime) -> Iterator[Card]:
    """Rules that propose a sanction or reward, and the ledgers they are booked in."""
    section = regime.accountability
    for rule in section.rules.values():
        objection = rule.objection
        says = {
            "": "、".join(say_measure(section, measure, amount) for measure, amount in rule.propose.items()),
            "对谁": roles_zh(regime, rule.against),
            "在什么之后": say_events(regime, rule.after, "，或"),
            "仅当": say_when(regime, rule.when),
            "列举的行为": "、".join(rule.conduct.values()),
            "确认": say_approval(regime, rule.approval),
            "陈述意见": f"{say_limit(regime, rule.heard)}内" if rule.heard is not None else "",
            "异议": f"{say_limit(regime, objection.within)}内，{say_approval(regime, objection.approval)}" if objection else "",
        }
        yield Card(f"accountability.rules.{rule.id}", "责任", rule.title, filled(says), rule.cite, rule.note)
    for measure in section.measures.values():
        if measure.stands is not None or measure.not_under:
            bars = "、".join(section.measures[each].title for each in measure.not_under)
            term = f"{say_limit(regime, measure.stands)}内有效" if measure.stands is not None else ""
            says = {"有效期": term, "有这些处理时不能定": bars}
            path = f"accountability.measures.{measure.id}"
            yield Card(path, "责任", measure.title, filled(says), measure.cite)
        duty = measure.duty
        if duty is None:
            continue
        says = {
            "": "处理之后要做到的",
            "由谁执行": roles_zh(regime, duty.by) or "当事人",
            "执行多久": say_limit(regime, duty.lasts) if duty.lasts is not None else "",
            "期限": say_limit(regime, duty.within) + ("（期满之后）" if duty.lasts is not None else ""),
            "填写": say_fields(duty.fields, duty.required),
            "由谁确认": roles_zh(regime, duty.confirmed_by),
            "确认时填写": say_fields(duty.confirm_fields, duty.confirm_required),
        }
        yield Card(f"accountability.measures.{measure.id}.duty", "责任", measure.title, filled(says), measure.cite)
    for ledger in section.ledgers.values():
        says = {
            "记在": _OF.get(ledger.of, ledger.of),
            "单位": ledger.unit,
            "起始": say_number(ledger.opens_with) if ledger.opens_with else "",
            "清零": say_every(regime, ledger.period),
            "由谁管": regime.role_title(ledger.kept_by) if ledger.kept_by else "",
        }
        yield Card(f"accountability.ledgers.{ledger.id}", "台账", ledger.title, filled(says))


def corrective_cards(regime: Regime) -> Iterator[Card]:
    """Corrective actions."""
    for action in regime.corrective.values():
        says = {
            "由谁整改": roles_zh(regime, action.owner),
            "会同": roles_zh(regime, action.together_with),
            "在什么之后": say_events(regime, action.after, "，或"),
            "仅当": say_when(regime, action.when),
            "期限": say_limit(regime, action.within) if action.within is not None else "",
            "填写": say_fields(action.fields),
            "方案": say_approval(regime, action.approval),
            "由谁验证": roles_zh(regime, action.verified_by),
            "重新整改": _reopening(regime, action),
        }
        yield Card(f"corrective.{action.id}", "整改", action.title, filled(says), action.cite)


def _reopening(regime: Regime, action: CorrectiveAction) -> str:
    again = action.reopen
    return f"结束后{say_limit(regime, again.open_for)}内，由{roles_zh(regime, again.by)}提出" if again else ""


def duty_cards(regime: Regime) -> Iterator[Card]:
    """Recurring work."""
    for duty in regime.duties.values():
        yield Card(f"duties.{duty.id}", "职责", duty.title, filled(_duty(regime, duty)), duty.cite, duty.note)


def _duty(regime: Regime, duty: Duty) -> dict[str, str]:
    return {
        "": say_every(regime, duty.every),
        "在什么之后": say_events(regime, duty.after, "，或"),
        "期限": say_limit(regime, duty.within) if duty.within is not None else "",
        **work_says(regime, duty),
        "步骤": "；".join(_say_step(regime, step) for step in duty.steps),
        "名单": regime.tables[duty.of].title if duty.of and duty.of in regime.tables else "",
        "抽取": f"{duty.share}%" if duty.share < 100 else "",
        "具备资格": roles_zh(regime, duty.trains),
    }


def _say_step(regime: Regime, step: DutyStep) -> str:
    """A step of a duty: who does what, within what time, with whose consent."""
    parts = [f"{roles_zh(regime, step.by)}{step.title}"]
    if step.when is not None:
        parts.append(f"仅当{say_when(regime, step.when)}")
    if step.within is not None:
        parts.append(f"{say_limit(regime, step.within)}内")
    parts.append(say_approval(regime, step.approval))
    return "，".join(part for part in parts if part)


def watch_cards(regime: Regime) -> Iterator[Card]:
    """Standing rules over many cases."""
    for watch in regime.watches.values():
        yield Card(f"watches.{watch.id}", "预警", watch.title, filled(_watch(regime, watch)), watch.cite)


def _watch(regime: Regime, watch: Watch) -> dict[str, str]:
    bounds = {"达到": (watch.at_least, "件"), "比上一期增长": (watch.growth, "%"), "不超过": (watch.at_most, "件")}
    told = "，".join(f"{words}{_bound(regime, value)}{unit}" for words, (value, unit) in bounds.items() if value is not None)
    return {
        "": told,
        "看哪些案件": say_when(regime, watch.of),
        "按": "、".join(_PER.get(per) or f"每个{regime.role_title(per)}" for per in watch.per),
        "期间": _PERIODS.get(watch.over) or say_span(watch.over),
        "告知": roles_zh(regime, watch.tell),
    }


def _bound(regime: Regime, value: float | str) -> str:
    if not isinstance(value, str):
        return say_number(value)
    answer = regime.answers.get(value.removeprefix("$"))
    return say_number(answer) if answer is not None else "（待单位填写）"


def commitment_cards(regime: Regime) -> Iterator[Card]:
    """Targets and public promises."""
    for each in regime.commitments.values():
        yield Card(f"commitments.{each.id}", "承诺", each.title, filled(_commitment(regime, each)), each.cite)


def _commitment(regime: Regime, each: Commitment) -> dict[str, str]:
    bound = "，".join(f"{_BOUNDS[name]}{value}" for name, value in each.bound.items())
    subject = regime.limits.get(each.of or "") or regime.flow.get(each.of or "")
    return {
        "": each.text,
        "指标": _MEASURES.get(each.measure or "", "") + bound,
        "算哪些": f"{say_condition(regime, each.count)}的" if each.count is not None else "",
        "占哪些": f"{say_condition(regime, each.among)}的" if each.among is not None else "",
        "哪一项": subject.title if subject else "",
        "哪些方式": "、".join(regime.means_title(means) for means in each.via),
        "期间": _PERIODS.get(each.over) or say_span(each.over),
        "对谁": _AUDIENCE.get(each.audience, each.audience),
        "由谁负责": regime.role_title(each.owner) if each.owner else "",
        "公布实际数": f"满{each.figure_from}件时" if each.figure_from else "",
    }


def record_cards(regime: Regime) -> Iterator[Card]:
    """Who may see what, and how long files are kept."""
    for rule in regime.confidentiality.values():
        says = {
            "仅当": say_when(regime, rule.when),
            "只有谁能看": roles_zh(regime, rule.see),
            "对谁隐藏": roles_zh(regime, rule.hidden_from),
        }
        yield Card(f"confidentiality.{rule.id}", "保密", rule.title, filled(says), rule.cite)
    for row in regime.records:
        says = {"": say_limit(regime, row.keep), "仅当": say_when(regime, row.when), "谁能调阅": roles_zh(regime, row.read_by)}
        yield Card(f"records.{row.id}", "存档", row.title, filled(says), row.cite)


def governance_cards(regime: Regime) -> Iterator[Card]:
    """What the regime says about itself, and what the public sees."""
    told = regime.governance
    says = {
        "发布单位": told.issuer,
        "文号": told.document_number,
        "依据": "、".join(told.basis),
        "修订": say_every(regime, told.revise_every),
        "由谁修订": roles_zh(regime, told.revised_by),
        "发布审批": say_approval(regime, told.approval),
        "公布给": roles_zh(regime, told.announce_to),
        "解释": told.interpretation,
        "未规定的": told.gaps,
        "代替": told.overrides,
        "在办案件": {"stay": "仍按受理时的版本办理", "move": "改用新版"}[told.open_cases],
    }
    yield Card("governance", "制度本身", regime.title, filled(says))
    for path in regime.portal.paths.values():
        yield Card(f"portal.paths.{path.id}", "其他途径", path.title, filled({"联系方式": path.contact}))
    shown = {
        "公开": "、".join(_SHOWN.get(each, each) for each in regime.portal.show),
        "进度": say_events(regime, regime.portal.progress),
        "公开答复": _say_replies(regime),
    }
    yield Card("portal", "公开", "门户", filled(shown))
    yield from _sending_card(regime)


def _say_replies(regime: Regime) -> str:
    replies = regime.portal.replies
    if replies is None:
        return ""
    act = regime.acts[replies.act]
    return f"由“{act.title}”公开" + (f"，{say_approval(regime, act.approval)}批准" if act.approval else "")


def _sending_card(regime: Regime) -> Iterator[Card]:
    told = regime.sending
    if told == Sending():
        return
    titles = {**TOLD, **{notice.id: notice.title for notice in regime.notices.values()}}
    insisted = [f"{TOLD[kind]}用{'、'.join(WAYS[way] for way in ways)}" for kind, ways in told.insist.items()]
    says = {
        "不得含个人信息的渠道": "、".join(WAYS[way] for way in told.open),
        "必须发送": "；".join(insisted),
        "不等上班就发": "、".join(titles[name] for name in told.at_once),
    }
    yield Card("sending", "通知", "发送", filled(says))


_SHOWN = {
    "channels": "渠道", "articles": "条文", "commitments": "承诺", "replies": "答复", "statistics": "统计",
    "paths": "其他途径", "consultations": "咨询",
}  # fmt: skip
