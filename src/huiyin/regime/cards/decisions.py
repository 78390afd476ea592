"""Articles, roles, settings, intake and the rule tables as cards."""

from collections.abc import Iterator
from typing import Any

from huiyin.regime.form_names import CASE_NAMES
from huiyin.regime.limits_written import parse_limit
from huiyin.regime.model import Regime, RoutingRow
from huiyin.regime.model.roles import RoleGroup
from huiyin.regime.saying import article_label, roles_zh, say_limit

from .card import Card, filled
from .phrases import say_approval, say_every, say_number, say_when

_GROUPS = {
    RoleGroup.UNIT: "部门", RoleGroup.POST: "岗位", RoleGroup.BODY: "会议和小组", RoleGroup.OUTSIDE: "外部单位",
    RoleGroup.NAMED: "案件中指定的人",
}  # fmt: skip
_OUTCOMES = {
    "accept": "受理", "refuse": "不予受理", "explain": "说明", "settle": "当场解决", "merge": "并案", "transfer": "移送",
    "ask-more": "要求补正",
}  # fmt: skip
_ANONYMOUS = {"taken": "可以匿名", "verified-only": "核实身份", "refused": "不收匿名"}


def article_cards(regime: Regime) -> Iterator[Card]:
    """The articles with their text."""
    for article, text in regime.articles.items():
        yield Card(f"articles.{article}", "条款", article_label(article), {"": text})


def role_cards(regime: Regime) -> Iterator[Card]:
    """Units, posts, bodies and outside parties."""
    for role in regime.roles.values():
        says = {
            "类别": _GROUPS[role.group],
            "设在": regime.role_title(role.of) if role.of else "",
            "每处一个": "是" if role.many else "",
            "轮值": "按值班表" if role.roster else "",
            "代替人": regime.role_title(role.substitute) if role.substitute else "",
            "表决": f"至少{role.quorum}成员到会" if role.quorum is not None else "",
            "职责": role.duties,
            "管什么": role.contact.remit,
            "哪些案件归它": say_when(regime, role.handles),
            "名单": regime.tables[role.listed_in].title if role.listed_in else "",
            "地址": role.contact.address,
            "电话": role.contact.phone,
            "电子邮箱": role.contact.email,
            "网址": role.contact.website,
            "办公时间": role.contact.hours,
        }
        yield Card(f"roles.{role.id}", "角色", role.title, filled(says), role.cite, role.note)


def setting_cards(regime: Regime) -> Iterator[Card]:
    """What the regime leaves to the organisation, with the organisation's answers."""
    for setting in regime.settings.values():
        says = {"": say_answer(regime, setting.id)}
        yield Card(f"settings.{setting.id}", "单位自定", setting.title, says, setting.cite, setting.note)


def say_answer(regime: Regime, setting: str) -> str:
    """What the organisation answered, in words; "还没有填写" where it has not."""
    declared, answer = regime.settings[setting], regime.answers.get(setting)
    if answer is None:
        return "还没有填写"
    return say_setting(regime, declared.type, declared.choices.get(str(answer), ""), answer)


def say_setting(regime: Regime, kind: str, choice: str, answer: Any) -> str:
    """A value of a setting in words."""
    if isinstance(answer, bool):
        return "是" if answer else "否"
    if choice:
        return choice
    if kind == "role":
        return regime.role_title(str(answer))
    if kind == "limit":
        return say_limit(regime, parse_limit(str(answer)))
    if kind == "every":
        return say_every(regime, str(answer))
    if kind == "share":
        return f"{say_number(answer)}%"
    return f"{say_number(answer)}元" if kind == "money" else say_number(answer)


def intake_cards(regime: Regime) -> Iterator[Card]:
    """How matters come in: channels, fields, evidence, categories."""
    intake = regime.intake
    for kind, title in regime.kinds.items():
        yield Card(f"kinds.{kind}", "受理种类", title)
    yield Card("intake.anonymous", "收件", "匿名", {"": _ANONYMOUS[intake.anonymous]})
    for channel in intake.channels.values():
        says = {
            "办公时间": channel.hours,
            "联系方式": channel.contact,
            "地点": "、".join(channel.locations),
            "转来": regime.role_title(channel.passed_on_by) if channel.passed_on_by else "",
            "自己的页面": "转来的单位自己提交" if channel.own_page else "",
            "对方的编号": intake.fields[channel.reference].title if channel.reference else "",
            "对外": "" if channel.public else "不公开",
        }
        yield Card(f"intake.channels.{channel.id}", "渠道", channel.title, filled(says))
    for field in intake.fields.values():
        must = "" if field.required is False else "必填" if field.required is True else say_when(regime, field.required)
        says = {"选项": "、".join(field.choices.values()), "必填": must, "个人信息": "加密存放" if field.private else ""}
        yield Card(f"intake.fields.{field.id}", "填写项", field.title, filled(says), (), field.note)
    for proof in intake.evidence.values():
        needed = "" if proof.required is False else "必须" if proof.required is True else say_when(regime, proof.required)
        says = {
            "何时必须": needed,
            "何时有效": say_when(regime, proof.admissible),
            "出具人": proof.issuer,
            "证明": proof.shows,
            "可以代替": proof.instead,
            "写明": "、".join(field.title for field in proof.fields.values()),
            "实物": "写明保管处" if proof.physical else "",
            "收件时封存": f"只由{roles_zh(regime, proof.sealed_for)}拆阅" if proof.sealed_for else "",
        }
        yield Card(f"intake.evidence.{proof.id}", "证据", proof.title, filled(says), proof.cite)
        for rule in proof.force:
            says = {"什么情况": say_when(regime, rule.when) or "其余", "证明力": regime.intake.force[rule.level].title}
            yield Card(f"intake.evidence.{proof.id}.force.{rule.id}", "证明力", rule.title, filled(says), rule.cite)
    for category in regime.categories.values():
        above = regime.categories[category.parent].title if category.parent else ""
        yield Card(f"categories.{category.id}", "类别", category.title, filled({"上级": above, "建议": category.strategy}))


def table_cards(regime: Regime) -> Iterator[Card]:
    """Severity, assessment and routing: the first row that fits counts."""
    for level, title in regime.severity.levels.items():
        yield Card(f"severity.levels.{level}", "等级", title)
    for grade in regime.severity.rules:
        says = {"": regime.severity.levels[grade.level], "仅当": say_when(regime, grade.when)}
        yield Card(f"severity.rules.{grade.id}", "定级", grade.title, filled(says), grade.cite)
    for row in regime.assessment:
        says = {
            "": _OUTCOMES[row.outcome] + (f"给{_one_of(regime, row.to)}" if row.to else ""),
            "仅当": say_when(regime, row.when),
            "应向谁反映": _one_of(regime, row.turn_to),
            "转到制度": row.to_regime or "",
            "补正期限": say_limit(regime, row.within) if row.within is not None else "",
            "审批": say_approval(regime, row.approval),
        }
        yield Card(f"assessment.{row.id}", "受理审查", row.title, filled(says), row.cite)
    for route in regime.routing:
        says = {"": say_route(regime, route), "仅当": say_when(regime, route.when), "审批": say_approval(regime, route.approval)}
        yield Card(f"routing.{route.id}", "分派", route.title, filled(says), route.cite)


def transfer_cards(regime: Regime) -> Iterator[Card]:
    """The rules of transfers to bodies outside."""
    rules = regime.transfers
    if rules is None:
        return
    names = {"statement": "投诉人陈述", "evidence": "所选证据"}
    says = {
        "签收": "对方签收后才算移送完毕" if rules.receipt else "发出即移送完毕",
        "时限": {"stops": "停走，退回后接着走", "runs": "照走", "anew": "停走，退回之日起重新计算"}[rules.clock],
        "再次移送": "" if rules.again else "退回后不得再次移送",
        "案卷": "、".join(names.get(each) or f"《{regime.forms[each].title}》" for each in rules.package),
        "随卷的个人信息": "、".join(personal_title(regime, each) for each in rules.reveal) or "不随卷",
    }
    yield Card("transfers", "移送", "移送外单位", filled(says), rules.cite, rules.note)


def personal_title(regime: Regime, path: str) -> str:
    """What a piece of personal data is called."""
    section, _, name = path.partition(".")
    if section == "complainant":
        return CASE_NAMES[path]
    works = (*regime.flow.values(), *regime.acts.values())
    known = regime.intake.fields if section == "matter" else {k: v for work in works for k, v in work.fields.items()}
    return known[name].title


def _one_of(regime: Regime, roles: tuple[str, ...]) -> str:
    return "或".join(regime.role_title(role) for role in roles)


def say_route(regime: Regime, row: RoutingRow) -> str:
    """Who handles, with whom, and who picks."""
    text = "交" + "或".join(regime.role_title(role) for role in row.to)
    if row.handler:
        text += f"，承办人为{regime.role_title(row.handler)}"
    if row.also:
        text += f"，会同{roles_zh(regime, row.also)}"
    if row.choose:
        text += f"，由{regime.role_title(row.choose)}选定"
    return text
