"""Orders as rows: of one case, and of the list of all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.application.order_lists import left_open
from huiyin.application.world import World
from huiyin.cases.people import Assignee
from huiyin.cases.standing import addressed
from huiyin.regime.affairs import split_affair_id
from huiyin.regime.model import Regime
from huiyin.site.components import Who
from huiyin.store.models import OrderRow
from huiyin.store.projections.order_rows import state_of_order
from huiyin.workbench.words.moments import due_words, late_by, moment_words
from huiyin.workbench.words.people import assignee_chip, person_name


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order: what, whose, until when, how far, what was reported."""

    title: str
    text: str
    who: Who
    given: str
    pill: str
    state: str
    due_state: str
    due_text: str
    due_at: datetime | None
    late: str
    report: str
    number: str = ""
    href: str = ""
    case_title: str = ""


def orders_of_case(opened: Opened) -> list[OrderLine]:
    """The orders of a case, the latest first."""
    case, regime, world = opened.case, opened.regime, opened.world
    directory = world.directory(regime.id)
    found = []
    for order in reversed(case.orders.values()):
        owed = case.obligations.get(order.obligation)
        meant = addressed(regime, case, order, directory) or [Assignee(order.to, order.unit, order.person)]
        giver = regime.role_title(order.role) if order.role else person_name(order.by, world)
        found.append(
            _line(
                world,
                state_of_order(case, order),
                title=order.name,
                text=order.text,
                who=assignee_chip(meant[0], regime, world, opened.actor.person),
                given=_("%(who)s，%(when)s") % {"who": giver, "when": moment_words(order.ordered_at, world)},
                due=owed.due if owed else None,
                paused=bool(owed and owed.paused_at),
                reported=order.answered_at,
                returned=order.returned,
                report=order.report,
            )
        )
    return found


def orders_carried(opened: Opened) -> list[OrderLine]:
    """What earlier meetings of the same duty resolved and is not done yet."""
    occasion, world = opened.case.occasion, opened.world
    if occasion is None or not occasion.carried:
        return []
    return order_lines(left_open(world, opened.actor, occasion.carried), world, opened.actor.person)


def order_lines(rows: Iterable[OrderRow], world: World, person: str) -> list[OrderLine]:
    """Rows of the list in words."""
    return [_of_row(row, world, person) for row in rows]


def _of_row(row: OrderRow, world: World, person: str) -> OrderLine:
    regime = _regime(row, world)
    giver = regime.role_title(row.given_as) if row.given_as else person_name(row.given_by, world)
    return _line(
        world,
        row.state,
        title=row.title,
        text=row.text,
        who=assignee_chip(Assignee(row.role, row.unit, row.person), regime, world, person),
        given=_("%(who)s，%(when)s") % {"who": giver, "when": moment_words(row.given_at, world)},
        due=row.due,
        paused=row.paused,
        reported=row.reported_at,
        returned=row.returned,
        report=row.report,
        number=row.number,
        href=reverse("desk-case", args=[row.number]),
        case_title=row.case_title,
    )


def _regime(row: OrderRow, world: World) -> Regime:
    return world.in_force(split_affair_id(row.regime)[0])


def _line(
    world: World,
    state: str,
    *,
    due: datetime | None,
    paused: bool,
    reported: datetime | None,
    returned: int,
    title: str,
    text: str,
    who: Who,
    given: str,
    report: str,
    number: str = "",
    href: str = "",
    case_title: str = "",
) -> OrderLine:
    pill, word = _state(state, returned)
    due_state, due_text = due_words(due, world, paused=paused) if state == "waiting" else ("", "")
    late = ""
    if state in ("reported", "done") and due and reported and reported > due:
        late = _("超期报告")
    elif state == "waiting" and due and due < world.now and not paused:
        late = late_by(due, world)
    return OrderLine(
        title, text, who, given, pill, word, due_state, due_text, due, late, report, number, href, case_title
    )


def _state(state: str, returned: int) -> tuple[str, str]:
    words = {
        "waiting": ("investigate", _("退回重报") if returned else _("待报告")),
        "reported": ("approve", _("待认可")),
        "done": ("closed", _("已办完")),
        "recalled": ("stopped", _("已收回")),
        "ended": ("stopped", _("随案件结束")),
    }
    return words[state]
