"""A compiled regime in Chinese words: its events, time limits, conditions and work."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from huiyin.calendars import Span

from .expressions import Condition as CheckedCondition
from .expressions import FieldType, Names, say
from .model import (
    PEOPLE_OF_A_CASE,
    AtField,
    AtOnce,
    BeforeField,
    Condition,
    Field,
    FromSetting,
    LimitExpression,
    LimitRow,
    NextWorkdayStart,
    OnField,
    PeriodEnd,
    Permanent,
    Promptly,
    Question,
    Regime,
    Rung,
    SameDay,
    SameWorkday,
)
from .vocabulary import CATALOGUE, KEPT, ORDER_STAGES

_SUFFIXES = {
    "opened": "开始", "submitted": "送审", "approved": "获批准", "rejected": "被退回", "exhausted": "达到规定次数",
    "overdue": "超期", "met": "按期完成", "low": "有低分", "missed": "未达标", "done": "完成", "effective": "有效",
    "ineffective": "无效", "reopened": "重新整改", "again": "没有做到",
    "given": "交办", "reported": "报告", "withdrawn": "撤回报告", "returned": "退回", "recalled": "收回", "settled": "全部办完",
}  # fmt: skip
_PERIODS = {
    "day": "当日",
    "week": "本周",
    "month": "当月月底",
    "quarter": "本季度末",
    "half-year": "本半年末",
    "year": "当年年底",
}


_PLAIN_WORDS: Mapping[type, str] = {
    AtOnce: "立即",
    SameDay: "当日内",
    SameWorkday: "当个工作日内",
    NextWorkdayStart: "下一工作日上班时",
    Permanent: "长期",
}


def article_label(article: str) -> str:
    """第八条 for a bare number in Chinese, the article's own name otherwise (收费四, 四·3)."""
    numeral = set("一二三四五六七八九十百零〇")
    head = article.split("(", 1)[0].split("（", 1)[0]
    if head and set(head) <= numeral:
        return f"第{head}条{article[len(head):]}"
    return article


def event_title(regime: Regime, event: str) -> str:
    """The Chinese name of an event: "登记", "核实：属实", "办结超期"."""
    if event in CATALOGUE:
        return CATALOGUE[event]
    owner, _, outcome = event.partition(":")
    if outcome:
        work = regime.flow.get(owner) or regime.acts.get(owner) or regime.duties.get(owner)
        if work and outcome in work.outcomes:
            return f"{work.title}：{work.outcomes[outcome].title}"
    owner, _, suffix = event.partition(".")
    if suffix in {"overdue", "met"} and owner in regime.limits:
        return f"{regime.limits[owner].title}{_SUFFIXES[suffix]}"
    sections = (regime.flow, regime.acts, regime.duties, regime.watches, regime.corrective, regime.commitments, regime.orders)
    for section in (*sections, regime.accountability.measures):
        if owner in section:
            return f"{section[owner].title}{_SUFFIXES.get(suffix, suffix)}"
    if owner.endswith(KEPT) and owner.removesuffix(KEPT) in regime.samples:
        return f"处置留样：{regime.samples[owner.removesuffix(KEPT)].title}{_SUFFIXES.get(suffix, suffix)}"
    return event if regime.parent is None else event_title(regime.parent, event)


def say_condition(regime: Regime, condition: Condition) -> str:
    """A condition as a Chinese phrase: "造成人身损害，或投诉人数≥10"."""
    assert isinstance(condition, CheckedCondition)
    return say(condition, names_of(regime))


def say_limit(regime: Regime, expression: LimitExpression) -> str:
    """A limit expression in Chinese: "15个工作日", "约定上门时间", "及时（待单位填写）"."""
    if type(expression) in _PLAIN_WORDS:
        return _PLAIN_WORDS[type(expression)]
    match expression:
        case Span():
            return expression.title_zh
        case Promptly(setting=setting):
            return "及时（待单位填写）" if setting else "及时"
        case PeriodEnd(period=period):
            return f"{_PERIODS[period]}前"
        case AtField(path=path):
            return _path_title(regime, path)
        case OnField(path=path):
            return f"{_path_title(regime, path)}当日"
        case BeforeField(span=span, path=path):
            return f"{_path_title(regime, path)}前{span.title_zh}"
        case FromSetting(name=name):
            return f"由单位规定（{regime.settings[name].title}）"
    raise TypeError(f"no such limit expression: {expression!r}")


def say_rows(regime: Regime, rows: tuple[LimitRow, ...]) -> str:
    """The rows of `within`: "……的，5个工作日；其余15个工作日"."""
    parts = []
    for row in rows:
        amount = say_limit(regime, row.within)
        if row.when is not None:
            parts.append(f"{say_condition(regime, row.when)}的，{amount}")
        else:
            parts.append(f"其余{amount}" if len(rows) > 1 else amount)
    return "；".join(parts)


def say_rung(regime: Regime, rung: Rung) -> str:
    """One rung: "到期前1个工作日提醒承办人"."""
    where = {"before": "到期前", "at": "到期时", "after": "到期后", "share": f"时限过了{rung.share}%时"}[rung.side]
    span = "" if rung.span is None else say_limit(regime, rung.span)
    doings = []
    if rung.remind:
        doings.append("提醒" + roles_zh(regime, rung.remind))
    if rung.tell:
        doings.append("报告" + roles_zh(regime, rung.tell))
    if rung.order_by:
        doings.append(f"由{regime.role_title(rung.order_by)}督办")
    return f"{where}{span}" + "，".join(doings)


def roles_zh(regime: Regime, roles: tuple[str, ...]) -> str:
    """Several roles, joined as Chinese lists are."""
    return "、".join(regime.role_title(role) for role in roles)


def _path_title(regime: Regime, path: str) -> str:
    name = names_of(regime).by_path.get(path)
    return name.title if name else path


@lru_cache(maxsize=16)
def names_of(regime: Regime) -> Names:
    """What the conditions of a compiled regime speak of, with Chinese titles; for saying them, not for checking."""
    events = {event: event_title(regime, event) for event in {*CATALOGUE, *regime.reactions, *_events_of_work(regime)}}
    return Names(
        matter=_types(regime.intake.fields),
        facts=_types(dict(_work_fields(regime))),
        answers=_question_types(regime),
        settings={
            name: FieldType(setting.type, setting.choices or None, setting.title)
            for name, setting in regime.settings.items()
        },
        events=events,
        severities=regime.severity.levels,
        categories={category.id: category.title for category in regime.categories.values()},
        kinds=regime.kinds,
        channels={channel.id: channel.title for channel in regime.intake.channels.values()},
        evidence={kind.id: kind.title for kind in regime.intake.evidence.values()},
        samples={kind.id: kind.title for kind in regime.samples.values()},
        forms={form.id: form.title for form in regime.forms.values()},
        rules={rule.id: rule.title for rule in regime.accountability.rules.values()},
        ledgers={ledger.id: ledger.title for ledger in regime.accountability.ledgers.values()},
        roles={role: regime.role_title(role) for role in {*regime.roles, *PEOPLE_OF_A_CASE}},
        tables={
            table.id: {column.id: column.title for column in table.columns.values()} for table in regime.tables.values()
        },
        context="flow",
    )


def _types(fields: Mapping[str, Field]) -> dict[str, FieldType]:
    return {name: FieldType(field.type.value, field.choices or None, field.title) for name, field in fields.items()}


def _question_types(regime: Regime) -> dict[str, FieldType]:
    questions: dict[str, Question] = {}
    for questionnaire in regime.questionnaires.values():
        questions |= questionnaire.questions
    return {
        name: FieldType(each.type.value if each.type else "scale", each.choices or None, each.title)
        for name, each in questions.items()
    }


def _work_fields(regime: Regime) -> Iterator[tuple[str, Field]]:
    for section in (regime.flow, regime.acts, regime.duties, regime.corrective, regime.orders):
        for work in section.values():
            yield from work.fields.items()
    for limit in (*regime.limits.values(), *(kind.limit for kind in regime.orders.values())):
        if limit.extension:
            yield from limit.extension.fields.items()


def _events_of_work(regime: Regime) -> Iterator[str]:
    for section in (regime.flow, regime.acts, regime.duties):
        for work in section.values():
            yield work.id
            yield f"{work.id}.opened"
            yield from (f"{work.id}:{outcome}" for outcome in work.outcomes)
            yield from (f"{work.id}.{end}" for end in ("submitted", "approved", "rejected", "exhausted"))
    for kind in regime.orders:
        yield from (f"{kind}.{stage}" for stage in (*ORDER_STAGES, "overdue", "met"))
    for limit in regime.limits:
        yield from (f"{limit}.overdue", f"{limit}.met")
