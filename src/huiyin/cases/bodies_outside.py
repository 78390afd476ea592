"""Bodies outside: which one a case belongs to, how it is reached, whether it may go there."""

from collections.abc import Iterable

from huiyin.regime.expressions import Undecided
from huiyin.regime.model import CONTACT_PARTS, AssessmentRow, Regime, Role, RoleGroup

from .context import Tables
from .draft import Draft
from .people import OutsideBody
from .refusals import Refused


def suggested(draft: Draft, candidates: Iterable[str]) -> str:
    """The first of these roles that handles such cases; where none says so for certain, the last of them."""
    names, scope = list(candidates), draft.scope()
    for name in names:
        role = draft.regime.roles.get(name)
        if role is not None and role.handles is not None and scope.holds(role.handles, undecided=False):
            return name
    return names[-1] if names else ""


def chosen_body(
    draft: Draft, row: AssessmentRow, wanted: str, *, by_person: bool = False
) -> tuple[str, OutsideBody | None]:
    """The role a row leads to, and the body outside behind it; `wanted` is what a person chose (`role` or `role/name`).

    A person who turns somebody away has to say to which of many bodies; a transfer may wait for that until it is sent.

    Raises:
        Refused: the row does not lead there, there is nobody of that name, or no name where one is needed.
    """
    candidates = row.to if row.outcome == "transfer" else row.turn_to
    role, _, name = wanted.partition("/")
    if wanted and role not in candidates:
        titles = "、".join(draft.regime.role_title(each) for each in candidates) or "（没有）"
        raise Refused("wrong-value", f"这一情形可以选择的单位：{titles}。", cite=row.cite, fields={"body": "请选择单位"})
    role = role or suggested(draft, candidates)
    if role not in draft.regime.roles or draft.regime.roles[role].group is not RoleGroup.OUTSIDE:
        return role, None
    body = outside_body(draft, role, name)
    if by_person and row.outcome != "transfer" and is_unnamed(draft.regime, body):
        raise Refused("missing-field", f"请写明是哪一个{body.name}。", cite=row.cite, fields={"body": "请选择单位"})
    return role, body


def is_unnamed(regime: Regime, body: OutsideBody) -> bool:
    """Whether it is only known of what kind the body is, of many."""
    role = regime.roles.get(body.role)
    return role is not None and role.many and body.name == role.title


def outside_body(draft: Draft, role_id: str, name: str = "") -> OutsideBody:
    """A body outside with what is known of it now. `name`: which of many; without it the one its rule picks, if any.

    Raises:
        Refused: the organisation has no body of that name in its table.
    """
    role = draft.regime.roles[role_id]
    listed = names_of(draft, role_id)
    name = name or _picked(draft, role)
    if not name or not listed:
        said = {part: getattr(role.contact, part) for part in CONTACT_PARTS}
        return OutsideBody(role_id, name or role.title, **said)
    if name not in listed:
        message = f"名单里没有“{name}”。"
        raise Refused("wrong-value", message, cite=role.cite, fields={"body": message.rstrip("。")})
    row = draft.context.tables[role.listed_in or ""][name]
    known = {part: str(row.get(part) or getattr(role.contact, part)) for part in CONTACT_PARTS}
    return OutsideBody(role_id, name, **known)


def names_of(draft: Draft, role_id: str) -> tuple[str, ...]:
    """The names of the bodies in a role with many, as the organisation lists them."""
    role = draft.regime.roles.get(role_id)
    return _listed(role, draft.context.tables) if role is not None else ()


def _listed(role: Role, tables: Tables) -> tuple[str, ...]:
    return tuple(tables.get(role.listed_in, {})) if role.listed_in else ()


def body_choices(regime: Regime, roles: Iterable[str], tables: Tables) -> dict[str, str]:
    """What a person may choose from → its name: `role`, or `role/name` for each of many that the organisation lists.

    `role/` where it lists none of many: a name has to be written behind it. `tables` as in `Context`.
    """
    found: dict[str, str] = {}
    for role_id in dict.fromkeys(roles):
        role = regime.roles.get(role_id)
        if role is None or role.group is not RoleGroup.OUTSIDE:
            continue
        names = _listed(role, tables)
        found |= {f"{role_id}/{name}": name for name in names} or {f"{role_id}/" if role.many else role_id: role.title}
    return found


def led_to(regime: Regime) -> tuple[str, ...]:
    """The roles that rows of assessment transfer to, or tell the complainant of."""
    rows = regime.assessment
    return tuple(dict.fromkeys(role for row in rows for role in (*(row.to if row.outcome == "transfer" else ()), *row.turn_to)))


def _picked(draft: Draft, role: Role) -> str:
    """The name that the role's own rule picks, where the organisation lists it."""
    if role.pick is None:
        return ""
    try:
        name = str(role.pick.evaluate(draft.scope()))
    except Undecided:
        return ""
    return name if name in names_of(draft, role.id) else ""


def may_transfer(draft: Draft) -> bool:
    """Whether the case may go to another body: not once more where the regime forbids that."""
    rules, transfer = draft.regime.transfers, draft.case.transfer
    return rules is None or transfer is None or rules.again


def refuse_second_transfer(draft: Draft) -> None:
    """Raise where the case was transferred before and the regime forbids another time.

    Raises:
        Refused: no-more-rounds, citing the rules of transfers.
    """
    rules = draft.regime.transfers
    if rules is not None and not may_transfer(draft):
        message = "这件案件已经移送过一次，退回后不得再次移送。"
        raise Refused("no-more-rounds", message, cite=rules.cite, rule="transfers.again")


def contact_words(body: OutsideBody) -> str:
    """Where and when to reach a body, in one line; empty where nothing is known."""
    known = [
        ("地址", body.address), ("电话", body.phone), ("电子邮箱", body.email), ("网址", body.website), ("办公时间", body.hours)
    ]  # fmt: skip
    return "，".join(f"{label}：{value}" for label, value in known if value)
