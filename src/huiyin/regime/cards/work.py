"""Steps, acts and approvals as cards."""

from collections.abc import Iterator

from huiyin.regime.model import Act, Regime, Step, Work
from huiyin.regime.saying import event_title, roles_zh, say_limit

from .card import Card, filled
from .phrases import say_approval, say_count, say_events, say_fields, say_number, say_when
from .samples import say_work_on_samples

_DECIDES = {"assessment": "受理审查", "routing": "分派", "severity": "定级"}
_PER = {"point": "每个诉求", "handling-unit": "每个承办部门", "respondent": "每个被投诉人", "location": "每个地点"}


def step_cards(regime: Regime) -> Iterator[Card]:
    """The steps of the flow, in order."""
    for step in regime.flow.values():
        yield Card(f"flow.{step.id}", "环节", step.title, filled(_step(regime, step)), step.cite, step.note)


def act_cards(regime: Regime) -> Iterator[Card]:
    """The acts that the regime brings, narrows or forbids."""
    for act in regime.acts.values():
        if act.allowed and act.core and not act.cite:
            continue
        if not act.allowed:
            yield Card(f"acts.{act.id}", "不允许", act.title, {}, act.cite, act.note)
        else:
            yield Card(f"acts.{act.id}", "动作", act.title, filled(_act(regime, act)), act.cite, act.note)


def approval_cards(regime: Regime) -> Iterator[Card]:
    """The approvals that the regime names, not those that are a role's plain yes."""
    for approval in regime.approvals.values():
        if approval.id not in regime.roles:
            ends = {"back": "不同意的，退回修改", "end": "不同意的，到此为止"}[approval.rejected]
            says = {"": say_approval(regime, approval.id), "不同意时": ends}
            yield Card(f"approvals.{approval.id}", "审批", approval.title, says, approval.cite)


def work_says(regime: Regime, work: Work) -> dict[str, str]:
    """What steps, acts and duties say alike."""
    return {
        "由谁办": roles_zh(regime, work.by),
        "会同": roles_zh(regime, work.together_with),
        "仅当": say_when(regime, work.when),
        "分份": _PER.get(work.per or "", f"每个{regime.role_title(work.per)}" if work.per else ""),
        "填写": say_fields(work.fields, work.required),
        "结果": "、".join(
            each.title + (f"（仅当{say_when(regime, each.when)}）" if each.when is not None else "")
            for each in work.outcomes.values()
        ),
        "须满足": "；".join(f"{say_when(regime, each.that)}，否则“{each.otherwise}”" for each in work.requires),
        "审批": say_approval(regime, work.approval),
        "形成": "、".join(regime.forms[form].title for form in work.produces),
        "先看": "、".join(regime.forms[form].title for form in work.reads),
        "征询": regime.questionnaires[work.asks].title if work.asks else "",
        "样品": say_work_on_samples(regime, work),
        "方式": "、".join(regime.means_title(each) for each in work.via),
        "交办": regime.orders[work.orders].title if work.orders else "",
        "记入": "、".join(regime.accountability.ledgers[ledger].title for ledger in work.books),
    }


def _step(regime: Regime, step: Step) -> dict[str, str]:
    general = work_says(regime, step)
    after = [say_events(regime, step.after, "，或"), say_events(regime, step.after_all, "，和")]
    return {
        "由谁办": general.pop("由谁办"),
        "在什么之后": "；".join(each for each in after if each),
        **general,
        "作出": "、".join(f"{_DECIDES[table]}决定" for table in step.decides),
        "到达节点": say_events(regime, step.marks),
        "抽查": f"{step.share}%" if step.share < 100 else "",
        "最多几次联系": say_count(regime, step.attempts),
        "最多几轮": say_count(regime, step.rounds),
        "不能由谁办": "、".join(
            [*(f"办过“{regime.flow[each].title}”的人" for each in step.other_than), *map(regime.role_title, step.not_by)]
        ),
    }


def _act(regime: Regime, act: Act) -> dict[str, str]:
    window = ""
    if act.open_for is not None and act.open_after:
        window = f"{event_title(regime, act.open_after)}之后{say_limit(regime, act.open_for)}内"
    return {
        **work_says(regime, act),
        "只能给": roles_zh(regime, act.to),
        "何时可做": window,
        "最多几次": say_number(act.at_most) if act.at_most is not None else "",
    }
