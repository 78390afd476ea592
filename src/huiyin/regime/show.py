"""A regime to read: its articles beside the rules that carry them out, the flow, the time limits, who answers for what."""

from collections.abc import Iterator

from .cards import cards_by_article
from .cards.decisions import say_route
from .cards.phrases import say_approval, say_measure
from .model import Regime, Step, Work
from .saying import event_title, roles_zh, say_condition, say_limit, say_rows, say_rung

_NUMERALS = "一二三四五六七八九十"


def describe(regime: Regime) -> str:
    """The whole regime in Chinese, as plain text with one heading per part; for `huiyin regime show`."""
    parts = [
        ("条款与执行", _articles(regime)),
        ("受理与分派", _tables(regime)),
        ("办理流程", _flow(regime)),
        ("时限", _limits(regime)),
        ("随时可做", _acts(regime)),
        ("责任与整改", _accountability(regime)),
        ("公开与存档", _standing(regime)),
    ]
    lines = [f"{regime.title}（{regime.id} {regime.version}）", f"适用：{'、'.join(regime.kinds.values())}"]
    lines += [f"{label}：{text}" for label, text in (("目的", regime.purpose), ("范围", regime.scope)) if text]
    written = [(title, body) for title, each in parts if (body := list(each))]
    for number, (title, body) in enumerate(written):
        lines += ["", f"{_NUMERALS[number]}、{title}", *body]
    return "\n".join(lines) + "\n"


def rules_by_article(regime: Regime) -> dict[str, list[tuple[str, str]]]:
    """Article → the rules that cite it, as (path in the file, Chinese title); an empty list means text only."""
    return {
        article: [(card.path, f"{card.kind}：{card.title}") for card in found]
        for article, found in cards_by_article(regime).items()
    }


def _articles(regime: Regime) -> Iterator[str]:
    rules = rules_by_article(regime)
    for clause, text in regime.articles.items():
        yield f"  〈{clause}〉{text}"
        titles = list(dict.fromkeys(title for _path, title in rules[clause]))
        yield f"      → {'；'.join(titles)}" if titles else "      → 仅作文字展示"


def _tables(regime: Regime) -> Iterator[str]:
    for grade in regime.severity.rules:
        yield f"  定级  {_when(regime, grade)}{regime.severity.levels[grade.level]}{_cite(grade.cite)}"
    for row in regime.assessment:
        whom = f"给{'或'.join(regime.role_title(role) for role in row.to)}" if row.to else ""
        approval = f"，须{say_approval(regime, row.approval)}" if row.approval else ""
        yield f"  受理  {_when(regime, row)}{row.title}{whom}{approval}{_cite(row.cite)}"
    for route in regime.routing:
        yield f"  分派  {_when(regime, route)}{say_route(regime, route)}{_cite(route.cite)}"


def _when(regime: Regime, row: object) -> str:
    condition = getattr(row, "when", None)
    return f"{say_condition(regime, condition)}的，" if condition is not None else "其余："


def _cite(cite: tuple[str, ...]) -> str:
    return f"（{'、'.join(cite)}）" if cite else ""


def _flow(regime: Regime) -> Iterator[str]:
    for number, step in enumerate(regime.flow.values(), start=1):
        yield f"  {number}. {step.title}（{step.id}）  {roles_zh(regime, step.by)}{_cite(step.cite)}"
        yield from (f"       {line}" for line in _step_details(regime, step))


def _step_details(regime: Regime, step: Step) -> Iterator[str]:
    if step.after:
        yield "在" + "或".join(event_title(regime, event) for event in step.after) + "之后"
    if step.after_all:
        yield "在" + "和".join(event_title(regime, event) for event in step.after_all) + "都完成之后"
    if step.rounds is not None:
        yield f"最多{step.rounds}轮"
    if step.share < 100:
        yield f"抽取{step.share}%"
    yield from _work_details(regime, step)


def _work_details(regime: Regime, work: Work) -> Iterator[str]:
    if work.when is not None:
        yield f"仅当{say_condition(regime, work.when)}"
    if work.together_with:
        yield f"会同{roles_zh(regime, work.together_with)}"
    if work.fields:
        names = [field.title + ("*" if field.required is True else "") for field in work.fields.values()]
        yield f"填写：{'、'.join(names)}"
    if work.outcomes:
        yield f"结果：{'、'.join(outcome.title for outcome in work.outcomes.values())}"
    if work.approval:
        yield f"须{say_approval(regime, work.approval)}"
    if work.asks:
        yield f"征询：{regime.questionnaires[work.asks].title}"
    if work.produces:
        yield f"形成：{'、'.join(regime.forms[form].title for form in work.produces)}"
    for each in work.requires:
        yield f"须{say_condition(regime, each.that)}，否则：{each.otherwise}"


def _limits(regime: Regime) -> Iterator[str]:
    for limit in regime.limits.values():
        start = "或".join(event_title(regime, event) for event in limit.start)
        end = "或".join(event_title(regime, event) for event in limit.end)
        when = f"；仅当{say_condition(regime, limit.when)}" if limit.when is not None else ""
        within = say_rows(regime, limit.within)
        yield f"  {limit.title}  自{start}至{end}：{within}{when}（{roles_zh(regime, limit.by)}）{_cite(limit.cite)}"
        if limit.extension:
            span = limit.extension.add_up_to or limit.extension.total_up_to
            kind = "可再延长" if limit.extension.add_up_to else "延长后总计不超过"
            amount = say_limit(regime, span) if span else ""
            yield f"       {kind}{amount}，须{say_approval(regime, limit.extension.approval)}{_cite(limit.extension.cite)}"
        if limit.ladder:
            yield f"       {'；'.join(say_rung(regime, rung) for rung in limit.ladder)}"


def _acts(regime: Regime) -> Iterator[str]:
    forbidden = [act for act in regime.acts.values() if not act.allowed]
    for act in regime.acts.values():
        if act.allowed and (not act.core or act.cite):
            yield f"  {act.title}（{act.id}）  {roles_zh(regime, act.by)}{_cite(act.cite)}"
            yield from (f"       {line}" for line in _work_details(regime, act))
    for act in forbidden:
        yield f"  不允许{act.title}{_cite(act.cite)}"


def _accountability(regime: Regime) -> Iterator[str]:
    for rule in regime.accountability.rules.values():
        events = "或".join(event_title(regime, event) for event in rule.after)
        when = f"，{say_condition(regime, rule.when)}" if rule.when is not None else ""
        measures = "、".join(
            say_measure(regime.accountability, measure, amount) for measure, amount in rule.propose.items()
        )
        against = roles_zh(regime, rule.against)
        approval = say_approval(regime, rule.approval)
        yield f"  {rule.title}  {events}之后{when}：对{against}建议{measures}，须{approval}{_cite(rule.cite)}"
    for action in regime.corrective.values():
        events = "或".join(event_title(regime, event) for event in action.after)
        yield f"  {action.title}  {events}之后，由{roles_zh(regime, action.owner)}整改{_cite(action.cite)}"


def _standing(regime: Regime) -> Iterator[str]:
    for rule in regime.confidentiality.values():
        see = f"只有{roles_zh(regime, rule.see)}可看" if rule.see else "保密"
        when = f"{say_condition(regime, rule.when)}的，" if rule.when is not None else ""
        yield f"  {rule.title}  {when}{see}{_cite(rule.cite)}"
    for row in regime.records:
        yield f"  {row.title}  {_when(regime, row)}保存{say_limit(regime, row.keep)}{_cite(row.cite)}"
    for duty in regime.duties.values():
        yield f"  定期职责：{duty.title}  {roles_zh(regime, duty.by)}{_cite(duty.cite)}"
    for commitment in regime.commitments.values():
        yield f"  承诺：{commitment.title}  {commitment.text}{_cite(commitment.cite)}"
