"""A regime to read: articles with the rules that carry them out, limits, flow, settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from huiyin.regime.limits_written import parse_limit
from huiyin.regime.model import Limit, Regime
from huiyin.regime.saying import article_label, event_title, roles_zh, say_limit, say_rows, say_rung
from huiyin.regime.show import rules_by_article
from huiyin.workbench.words.articles import Cited, all_cited, article_anchor


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule beside its article: what kind, what it says, where it stands in the file."""

    kind: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article with the rules that carry it out."""

    label: str
    anchor: str
    text: str
    rules: Sequence[RuleLine]


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A row of the table of limits."""

    title: str
    begins: str
    within: str
    extension: str
    overdue: str
    cites: Sequence[Cited]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the flow: who does it after what."""

    title: str
    by: str
    after: str
    approval: str
    cites: Sequence[Cited]


def regime_words(regime: Regime) -> dict[str, Any]:
    """What the page of a regime shows."""
    rules = rules_by_article(regime)
    articles = [
        ArticleLine(article_label(article), article_anchor(article), text, [_rule(regime, each) for each in rules.get(article, [])])
        for article, text in regime.articles.items()
    ]
    return {
        "regime": regime,
        "articles": articles,
        "text_only": sum(1 for article in articles if not article.rules),
        "limits": [_limit(regime, limit) for limit in regime.limits.values()],
        "steps": [_step(regime, step.id) for step in regime.flow.values()],
        "settings": [(each.title, _answer(regime, each.id), all_cited(regime, each.cite)) for each in regime.settings.values()],
        "kinds": "、".join(regime.kinds.values()),
    }


def _rule(regime: Regime, rule: tuple[str, str]) -> RuleLine:
    path, title = rule
    kind, _colon, words = title.partition("：")
    advice = regime.guidance.get(path.removeprefix("guidance.")) if path.startswith("guidance.") else None
    if advice is not None:
        words = _("；").join(advice.say)
    return RuleLine(kind, words or kind, path)


def _limit(regime: Regime, limit: Limit) -> LimitLine:
    extension = limit.extension
    most = (extension.add_up_to or extension.total_up_to) if extension else None
    more = ""
    if extension and most:
        kind = _("可再延长%(most)s") if extension.add_up_to else _("延长后共%(most)s")
        more = kind % {"most": say_limit(regime, most)}
    return LimitLine(
        title=limit.title,
        begins="、".join(event_title(regime, event) for event in limit.start),
        within=say_rows(regime, limit.within),
        extension=more or _("不能延长"),
        overdue="；".join(say_rung(regime, rung) for rung in limit.ladder),
        cites=all_cited(regime, limit.cite),
    )


def _step(regime: Regime, step_id: str) -> StepLine:
    step = regime.flow[step_id]
    approval = regime.approvals.get(step.approval or "")
    return StepLine(
        title=step.title,
        by=roles_zh(regime, step.by),
        after="、".join(event_title(regime, event) for event in (*step.after, *step.after_all)),
        approval=approval.title if approval else "",
        cites=all_cited(regime, step.cite),
    )


def _answer(regime: Regime, setting: str) -> str:
    declared, answer = regime.settings[setting], regime.answers.get(setting)
    if answer is None:
        return _("尚未填写")
    if isinstance(answer, bool):
        return _("是") if answer else _("否")
    if declared.choices and str(answer) in declared.choices:
        return declared.choices[str(answer)]
    if declared.type == "role":
        return regime.role_title(str(answer))
    if declared.type == "limit":
        return say_limit(regime, parse_limit(str(answer)))
    return f"{answer:g}" if isinstance(answer, float) else str(answer)
