"""Giving orders (交办): work charges somebody with something, who reports back in time (regime-language 3.8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huiyin.records import replace
from huiyin.regime.model import FieldType, OrderKind, Work

from .clock import obligation_of
from .commands import Charge
from .draft import Draft
from .due_times import plan_rungs
from .events import ObligationStarted, Ordered
from .people import known_person
from .principles import NOT_ONES_OWN_CASE
from .refusals import Refused
from .standing import addressed, is_concerned
from .state import Obligation
from .wellformed import LONGEST_DAYS

BY_GIVER = "by giver"
"""Stands in an obligation for a time that no rule gave: whoever gave the order set the day."""


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders that may be given: of which kind, and whom they charge with what."""

    kind: OrderKind
    charges: tuple[Charge, ...]


def orders_of(
    draft: Draft, work: Work, given: tuple[Charge, ...], text: str, fields: Mapping[str, Any]
) -> Orders | None:
    """The orders a piece of work gives, complete and checked; None where the regime has it give none.

    What to do is in the words of the charge, else those of the command, else in what was filled in for the work.

    Raises:
        Refused: orders where there are none to give; nobody, nothing or no day is named; the day is too late or past; the
            addressee is not one of those who may be charged, or is concerned.
    """
    if work.orders is None:
        if given:
            raise Refused("wrong-value", f"“{work.title}”不能交办事项。", cite=work.cite)
        return None
    kind = draft.regime.orders[work.orders]
    if len(given) > 1 and not kind.several:
        raise Refused("wrong-value", f"“{kind.title}”一次只能交办一件。", cite=kind.cite, rule=f"orders.{kind.id}.list")
    words = text.strip() or _in_words(work, fields)
    if not given and not kind.several:
        given = (Charge(),)
    return Orders(kind, tuple(_checked(draft, kind, replace(each, text=each.text.strip() or words)) for each in given))


def _in_words(work: Work, fields: Mapping[str, Any]) -> str:
    """What was filled in for the work, where the command has no words."""
    texts = (name for name, field in work.fields.items() if field.type in (FieldType.TEXT, FieldType.LONG_TEXT))
    return next((str(fields[name]) for name in texts if fields.get(name)), "")


def _checked(draft: Draft, kind: OrderKind, charge: Charge) -> Charge:
    rule = f"orders.{kind.id}"
    if not charge.text:
        raise Refused("missing-field", "请写明交办什么。", cite=kind.cite, fields={"text": "请写明要求"})
    to = charge.to or (kind.to[0] if len(kind.to) == 1 or not kind.several else "")
    if to not in kind.to:
        titles = "、".join(draft.regime.role_title(each) for each in kind.to)
        message = f"“{kind.title}”可以交给：{titles}。"
        raise Refused("missing-field" if not to else "wrong-value", message, cite=kind.cite,
                      fields={"to": "请选择交给谁"}, rule=f"{rule}.to")  # fmt: skip
    charge = replace(charge, to=to)
    _refuse_addressee(draft, kind, charge)
    _refuse_day(draft, kind, charge)
    return charge


def _refuse_addressee(draft: Draft, kind: OrderKind, charge: Charge) -> None:
    """Raise unless somebody is meant who may be charged, and it is none of those the case is about."""
    regime, directory = draft.regime, draft.context.directory
    role = regime.roles.get(charge.to)
    unit_role = (role.id if role.group.value == "units" else role.of) if role else None
    if charge.unit and (unit_role is None or charge.unit not in directory.units_of(unit_role)):
        raise Refused("wrong-value", "没有这个可以交办的部门。", cite=kind.cite, fields={"unit": "请选择部门"})
    if charge.person:
        holders = directory.holders_of(charge.to, charge.unit or None) if role else ()
        if not known_person(regime, directory, charge.person) or (role is not None and charge.person not in holders):
            raise Refused("wrong-value", "这个人不在可以交办的人之列。", cite=kind.cite, fields={"person": "请选择人员"})
    elif charge.to == "all-staff":
        raise Refused("missing-field", "请写明交给哪一位。", cite=kind.cite, fields={"person": "请选择人员"})
    if is_concerned(draft.case, charge.person) or not addressed(regime, draft.case, charge, directory):
        message = "受办人是本案的被投诉人、已经回避，或者没有人担任。"
        field = "person" if charge.person else "to"
        raise Refused("wrong-value", message, cite=NOT_ONES_OWN_CASE, fields={field: "请改交别人"})


def _refuse_day(draft: Draft, kind: OrderKind, charge: Charge) -> None:
    """Raise where the day the giver set is past or too far off, or where none was set and the regime has none either."""
    calendar, rule = draft.context.calendar, f"orders.{kind.id}"
    if charge.due is None:
        if not kind.limit.within:
            message = "请写明哪一天以前报告。"
            raise Refused("missing-field", message, cite=kind.cite, fields={"due": "请写明日期"}, rule=f"{rule}.latest")
        return
    if not 0 <= (charge.due - _day(draft, draft.context.now)).days <= LONGEST_DAYS:
        raise Refused("wrong-value", "报告的日期已经过去，或者太远。", cite=kind.cite, fields={"due": "日期已经过去，或者太远"})
    end = calendar.end_of_day(charge.due)
    if kind.latest is not None and end > calendar.end_of_day(_day(draft, calendar.due(draft.context.now, kind.latest).at)):
        message = f"“{kind.title}”最长{kind.latest.title_zh}。"
        raise Refused("too-long", message, cite=kind.cite, fields={"due": message.rstrip("。")}, rule=f"{rule}.latest")


def _day(draft: Draft, at: datetime) -> date:
    return at.astimezone(draft.context.calendar.zone).date()


def give(
    draft: Draft, orders: Orders | None, work: str, *, names: tuple[str, ...] = (), limit: str = "", role: str = ""
) -> None:
    """Give the orders: each addressee owes a report from now on.

    `names`: what happens besides, `limit` the limit the order is about, `role` in whose name it comes of itself.
    """
    for charge in orders.charges if orders else ():
        assert orders is not None
        kind = orders.kind
        owed = report_owed(draft, kind, charge)
        draft.add(
            Ordered(
                **draft.stamp,
                names=(*names, f"{kind.id}.given"),
                cite=kind.cite,
                key=f"order-{len(draft.case.orders) + 1}",
                limit=limit,
                text=charge.text,
                role=role,
                kind=kind.id,
                order_title=kind.title,
                work=work,
                to=charge.to,
                unit=charge.unit,
                person=charge.person,
                obligation=owed.key,
                accepted_by=kind.accepted_by,
            )
        )
        draft.add(ObligationStarted(**draft.stamp, cite=owed.cite, obligation=owed))


def report_owed(draft: Draft, kind: OrderKind, charge: Charge) -> Obligation:
    """The limit for a report that begins now: as the regime has it, or until the day its giver set."""
    case, now = draft.case, draft.context.now
    number = sum(1 for item in case.obligations.values() if item.limit == kind.id) + 1
    key = kind.id if number == 1 else f"{kind.id}#{number}"
    built = obligation_of(draft, kind.limit, key, now) if charge.due is None else None
    if built is None:
        due = draft.context.calendar.end_of_day(charge.due) if charge.due else None
        built = Obligation(
            key=key,
            limit=kind.id,
            title=kind.title,
            owner=kind.limit.by,
            started_at=now,
            due=due,
            provisional=False,
            status="running",
            cite=kind.cite,
            row=-1,
            written=BY_GIVER,
            first_due=due,
            rungs=plan_rungs(draft, kind.limit, due, now, -1),
        )
    return replace(built, paused_at=now) if case.state in ("suspended", "waiting") else built


def settled(draft: Draft, kind: str, *, without: Iterable[str]) -> tuple[str, ...]:
    """What happens once an order of a kind is over: that none of its kind is left open, where that is so."""
    left = [order for order in draft.case.orders.values() if order.kind == kind and order.is_open]
    return () if not kind or any(order.key not in without for order in left) else (f"{kind}.settled",)
