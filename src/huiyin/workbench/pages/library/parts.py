"""What each part of a regime's page shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.regime import cards as made
from huiyin.regime.drawing import HEIGHT, WIDTH, draw
from huiyin.regime.model import Regime
from huiyin.regime.saying import article_label, roles_zh, say_rows, say_rung
from huiyin.workbench.pages.library.matrix import matrix_of
from huiyin.workbench.pages.library.shelf import Shelf, card_anchor
from huiyin.workbench.pages.library.shown import all_shown, cites, groups, shown
from huiyin.workbench.words.articles import Cited, article_anchor


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule beside its article, numbered as the article's chips are."""

    number: int
    kind: str
    title: str
    main: str
    href: str
    path: str
    article: str


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article with the rules that carry it out. `chosen`: settings that make it the organisation's own choice."""

    label: str
    anchor: str
    text: str
    rules: Sequence[RuleLine]
    chosen: Sequence[tuple[str, str]]


def text_words(shelf: Shelf) -> dict[str, Any]:
    """Articles and rules side by side; each leads to the other."""
    regime = shelf.regime
    found = made.cards_by_article(regime)
    chosen: dict[str, list[tuple[str, str]]] = {}
    for setting in regime.settings.values():
        for article in setting.cite:
            chosen.setdefault(article, []).append((setting.title, shelf.card_href(f"settings.{setting.id}")))
    articles = []
    for article, text in regime.articles.items():
        anchor = article_anchor(article)
        rules = [
            RuleLine(n, card.kind, card.title, card.says.get("", ""), shelf.card_href(card.path), card.path, f"{anchor}-{n}")
            for n, card in enumerate((card for card in found[article] if card.kind != "单位自定"), start=1)
        ]
        articles.append(ArticleLine(article_label(article), anchor, text, rules, chosen.get(article, ())))
    return {"articles": articles, "text_only": sum(1 for each in articles if not each.rules)}


def flow_words(shelf: Shelf) -> dict[str, Any]:
    """The flow drawn, and a card for each step, act, row of a table and approval."""
    regime = shelf.regime
    tables = all_shown(shelf, made.table_cards(regime))
    return {
        "drawing": draw(regime),
        "box": {"width": WIDTH, "height": HEIGHT},
        "anchors": {f"flow.{step}": card_anchor(f"flow.{step}") for step in regime.flow},
        "groups": groups(
            ("steps", _("环节"), all_shown(shelf, made.step_cards(regime))),
            ("tables", _("定级、受理审查、分派"), [card for card in tables if card.kind != "等级"]),
            ("approvals", _("审批"), all_shown(shelf, made.approval_cards(regime))),
            ("acts", _("随时动作"), all_shown(shelf, made.act_cards(regime))),
            ("orders", _("交办事项"), all_shown(shelf, made.order_cards(regime))),
            ("flags", _("人员提示"), all_shown(shelf, made.flag_cards(regime))),
        ),
    }


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A row of the table of limits."""

    anchor: str
    title: str
    begins: str
    ends: str
    within: str
    only: str
    extension: str
    overdue: str
    by: str
    cites: Sequence[Cited]


def limits_words(shelf: Shelf) -> dict[str, Any]:
    """The table of limits."""
    regime = shelf.regime
    lines = []
    for limit, card in zip(regime.limits.values(), made.limit_cards(regime), strict=True):
        lines.append(
            LimitLine(
                anchor=card_anchor(card.path),
                title=limit.title,
                begins=card.says.get("从", ""),
                ends=card.says.get("到", ""),
                within=say_rows(regime, limit.within),
                only=card.says.get("仅当", ""),
                extension=made.say_extension(regime, limit) or _("不能延长"),
                overdue="；".join(say_rung(regime, rung) for rung in limit.ladder),
                by=roles_zh(regime, limit.by),
                cites=cites(shelf, limit.cite),
            )
        )
    return {"limits": lines}


def people_words(shelf: Shelf) -> dict[str, Any]:
    """Who may do what, the roles, and how matters come in."""
    regime = shelf.regime
    return {
        "matrix": matrix_of(regime),
        "groups": groups(
            ("roles", _("角色"), all_shown(shelf, made.role_cards(regime))),
            ("intake", _("收件"), all_shown(shelf, made.intake_cards(regime))),
        ),
    }


def settings_words(shelf: Shelf) -> dict[str, Any]:
    """What the regime leaves to the organisation, its answers, and the lists it keeps."""
    regime = shelf.regime
    answered = all_shown(shelf, made.setting_cards(regime))
    own = dict.fromkeys(article for each in regime.settings.values() if each.note for article in each.cite)
    return {
        "settings": answered,
        "open": [(setting.title, f"#{card_anchor(f'settings.{setting.id}')}") for setting in regime.to_fill_in],
        "own_articles": [
            (article_label(article), regime.articles[article], shelf.href("", article_anchor(article))) for article in own
        ],
        "tables": [(table.title, table.key, "、".join(each.title for each in table.columns.values())) for table in regime.tables.values()],
    }


def papers_words(shelf: Shelf) -> dict[str, Any]:
    """Forms with a preview, notices, guidance, questionnaires."""
    regime = shelf.regime
    preview = {
        f"forms.{form.id}": reverse("desk-regime-form", args=[regime.id, form.id]) + (f"?version={regime.version}" if shelf.asked else "")
        for form in regime.forms.values()
        if form.of == "case"
    }
    return {
        "forms": [(shown(shelf, card), preview.get(card.path, "")) for card in made.form_cards(regime)],
        "groups": groups(
            ("notices", _("告知"), all_shown(shelf, made.notice_cards(regime))),
            ("questionnaires", _("问卷"), all_shown(shelf, made.questionnaire_cards(regime))),
            ("guidance", _("办理提示"), all_shown(shelf, made.guidance_cards(regime))),
        ),
    }


@dataclass(frozen=True, slots=True)
class SanctionLine:
    """A row of the table of accountability."""

    anchor: str
    title: str
    after: str
    against: str
    measures: str
    conduct: str
    approval: str
    cites: Sequence[Cited]


def standing_words(shelf: Shelf) -> dict[str, Any]:
    """Accountability as a table; duties, watches, commitments, corrective action, files, the regime itself."""
    regime = shelf.regime
    rules = list(made.accountability_cards(regime))
    lines = [
        SanctionLine(
            anchor=card_anchor(card.path),
            title=card.title,
            after=card.says.get("在什么之后", "") + (f"，{card.says['仅当']}" if "仅当" in card.says else ""),
            against=card.says.get("对谁", ""),
            measures=card.says.get("", ""),
            conduct=card.says.get("列举的行为", ""),
            approval=card.says.get("确认", ""),
            cites=cites(shelf, card.cite),
        )
        for card in rules
        if card.kind == "责任"
    ]
    return {
        "sanctions": lines,
        "groups": groups(
            ("ledgers", _("台账"), all_shown(shelf, (card for card in rules if card.kind == "台账"))),
            ("corrective", _("整改"), all_shown(shelf, made.corrective_cards(regime))),
            ("duties", _("定期职责"), all_shown(shelf, made.duty_cards(regime))),
            ("watches", _("预警"), all_shown(shelf, made.watch_cards(regime))),
            ("commitments", _("目标和承诺"), all_shown(shelf, made.commitment_cards(regime))),
            ("records", _("保密和存档"), all_shown(shelf, made.record_cards(regime))),
            ("governance", _("公开和制度本身"), all_shown(shelf, made.governance_cards(regime))),
        ),
    }


WORDS: dict[str, Callable[[Shelf], dict[str, Any]]] = {
    "": text_words,
    "flow": flow_words,
    "limits": limits_words,
    "people": people_words,
    "settings": settings_words,
    "papers": papers_words,
    "standing": standing_words,
}
"""Part → what it shows; stories and versions need more than the regime and have views of their own."""


def carried_out(regime: Regime) -> int:
    """How many articles some rule carries out."""
    return sum(1 for found in made.cards_by_article(regime).values() if found)
