"""What the reader can do on a case now, as buttons: one primary, others, a menu, and what is blocked with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.application.act_titles import in_language
from huiyin.application.loading import Opened
from huiyin.cases.advice import advice_for
from huiyin.cases.available import available
from huiyin.cases.context import Context
from huiyin.cases.order import Order
from huiyin.cases.possible import Possible
from huiyin.regime.model import AccountabilityRule, Guidance
from huiyin.regime.saying import roles_zh
from huiyin.store.history import CaseHistory
from huiyin.workbench.forms.act_form import act_name
from huiyin.workbench.words.articles import Cited, first_cited

ICONS = {
    "approve": "stamp",
    "decide": "help",
    "acknowledge": "check",
    "sign": "pen",
    "extend": "clock",
    "add-evidence": "clip",
    "reissue": "file",
    "recall": "file",
    "seal-evidence": "lock",
    "open-evidence": "lock",
    "weigh-evidence": "shield",
    "note": "pen",
    "contact": "phone",
    "tell-progress": "chat",
    "press": "flag",
    "supervise": "flag",
    "answer-order": "flag",
    "accept-report": "check",
    "transfer": "arrow",
    "send-transfer": "send",
    "confirm-transfer": "check",
    "return-transfer": "left",
    "suspend": "pause",
    "merge": "merge",
    "link": "link",
    "reverse-booking": "ledger",
    "renew-code": "lock",
}
IN_FRONT = frozenset({"contact", "note", "add-evidence", "extend", "press", "answer-order", "send-transfer",
                      "confirm-transfer", "return-transfer"})
"""Acts with a button of their own when nothing more pressing is there; the others stand in the menu."""
ENDS = {
    "terminate": gettext_lazy("终止以后案件就此结束，时限不再计算"),
    "withdraw": gettext_lazy("撤回以后案件就此结束，不再办理"),
    "merge": gettext_lazy("并案以后这一件就此结束，由并入的那一件继续"),
}
"""What ends a case for good, said before it is done."""
MOST_BUTTONS = 6


@dataclass(frozen=True, slots=True)
class Button:
    """One act: where it leads, whether it is the one expected, or why it cannot be done now and by which article."""

    name: str
    title: str
    icon: str
    href: str
    primary: bool = False
    reason: str = ""
    cite: Cited | None = None


@dataclass(frozen=True, slots=True)
class Buttons:
    """The act bar: buttons in a row, the menu, and blocked ones."""

    row: Sequence[Button]
    menu: Sequence[Button]
    blocked: Sequence[Button]


def context_of(opened: Opened) -> Context:
    """What the core may look at to say what the reader can do."""
    world = opened.world
    history = CaseHistory(world.organisation.pk, opened.regime, world.now, world.calendar.zone)
    return world.context(opened.actor, opened.regime, history, case_id=opened.case.id)


def possibilities(opened: Opened) -> tuple[Possible, ...]:
    """Everything the reader can do, or sees blocked."""
    return in_language(available(opened.regime, opened.case, context_of(opened)))


def find_possible(opened: Opened, name: str) -> Possible | None:
    """The possible act an address names; None when it is not, or no longer, the reader's to do."""
    return next((each for each in possibilities(opened) if act_name(each) == name), None)


def buttons(opened: Opened, possible: Sequence[Possible]) -> Buttons:
    """Sorted into the bar: expected acts first, the first of them primary."""
    free = [each for each in possible if each.blocked is None]
    expected = [each for each in free if each.expected]
    front = [each for each in free if not each.expected and (each.work in IN_FRONT or each.command in IN_FRONT)]
    row = [*expected, *front][: max(MOST_BUTTONS, len(expected))]
    menu = [each for each in free if each not in row]
    return Buttons(
        row=[_button(opened, each, primary=number == 0 and each.expected) for number, each in enumerate(row)],
        menu=[_button(opened, each) for each in menu],
        blocked=[_button(opened, each) for each in possible if each.blocked is not None],
    )


def _button(opened: Opened, possible: Possible, *, primary: bool = False) -> Button:
    name = act_name(possible)
    title = possible.title + (_member_words(opened, possible.member) if possible.member else "")
    order = opened.case.orders.get(possible.member)
    if order is not None and order.kind:
        title = f"{possible.title}{_('：')}{shortened(order.text)}"
    refused = possible.blocked
    return Button(
        name=name,
        title=title,
        icon=ICONS.get(possible.command, ICONS.get(possible.work, "check" if primary else "")),
        href=reverse("desk-act", args=[opened.case.number, name]),
        primary=primary,
        reason=refused.message if refused else "",
        cite=first_cited(opened.regime, refused.cite if refused else possible.cite),
    )


def _member_words(opened: Opened, member: str) -> str:
    """Which copy: the number of the point, or the unit; an order is named by what it says."""
    if member in opened.case.orders:
        return ""
    if member.isdecimal():
        return f"（{member}）"
    return f"（{opened.world.people.unit_title(member)}）"


def point_of(opened: Opened, possible: Possible) -> str:
    """The words of the point a copy of a step is about."""
    if possible.member.isdecimal() and 0 < int(possible.member) <= len(opened.case.points):
        return opened.case.points[int(possible.member) - 1]
    return ""


def order_of(opened: Opened, possible: Possible) -> Order | None:
    """The order the act is about."""
    return opened.case.orders.get(possible.member)


MOST_SHOWN = 14
"""Characters of an order that a button has room for."""


def shortened(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def guidance_for(opened: Opened, possible: Possible) -> list[Guidance]:
    """Advice the regime gives for this work, in this category and channel."""
    return advice_for(opened.regime, opened.case, possible.work)


def consequences(opened: Opened, possible: Possible) -> list[str]:
    """What will come of the act, said before the button is pressed: who has to agree, which papers it produces."""
    regime, found = opened.regime, []
    who = _("、").join(regime.role_title(role) for role in possible.approvers)
    if who and possible.sure_approval:
        found.append(_("由%(who)s批准后生效") % {"who": who})
    elif who:
        found.append(_("达到制度规定的条件时，由%(who)s批准后生效") % {"who": who})
    if possible.gives is not None:
        found.append(_("交办后，受办的人会收到通知，在“我的一天”里看到期限"))
        if possible.gives.accepted_by:
            found.append(_("报告交来后，由%(who)s认可或者退回") % {"who": roles_zh(regime, possible.gives.accepted_by)})
    if possible.command in ENDS:
        found.append(str(ENDS[possible.command]))
    titles = _("、").join(f"《{regime.forms[form].title}》" for form in possible.produces if form in regime.forms)
    if titles:
        found.append(_("办理后出具%(papers)s") % {"papers": titles})
    return found


def proposal_rule(opened: Opened, possible: Possible) -> AccountabilityRule | None:
    """The rule behind a sanction proposal."""
    pending = possible.approval
    if pending is None or pending.kind != "sanction":
        return None
    return opened.regime.accountability.rules.get(pending.subject)
