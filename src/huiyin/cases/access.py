"""Who may see a case and what of it: the one policy. Deny by default (design.md section 6)."""

from dataclasses import dataclass
from functools import lru_cache

from huiyin.regime.model import Regime, RoleGroup

from .inviting import came_by_link, is_invited
from .outsiders import seen_by, withheld
from .people import Actor, Directory
from .samples.knowing import has_tested, origins_hidden
from .secrecy import rules_of_confidentiality
from .standing import is_concerned, may
from .state import Case


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody sees. `reason` says why, or why not; `hidden` are paths never shown to this person.

    `secret` are those among them that a rule of confidentiality hides, on papers too; the others are not shown on pages
    to a party outside, but a paper made out to it may tell of them. `personal`: whether this person's role needs names
    and numbers of the parties; they stay masked until looked at.
    """

    sees: bool
    reason: str
    hidden: frozenset[str] = frozenset()
    personal: bool = False
    secret: frozenset[str] = frozenset()


NOTHING = Sight(False, "您与本案无关，或制度规定不得查看。")
ACCUSED = Sight(False, "被投诉人不得查看针对本人的案件。")
RECUSED = Sight(False, "您已回避本案，不再查看。")


def sight(regime: Regime, case: Case, actor: Actor, directory: Directory) -> Sight:
    """What the actor may see of the case."""
    if actor.kind == "system":
        return Sight(True, "系统", personal=True)
    if actor.kind == "complainant":
        return Sight(True, "投诉人本人")
    if is_concerned(case, actor.person):
        return ACCUSED if actor.person == case.respondent.person else RECUSED
    if actor.kind == "outside" and not _lets_in(regime, case, actor, directory):
        return NOTHING
    involved = _relation(regime, case, actor, directory)
    if involved is None:
        return NOTHING
    hidden: set[str] = set()
    for rule in rules_of_confidentiality(regime, case):
        if rule.see and not may(regime, case, actor, (*rule.see, "first-receiver"), directory):
            if not (rule.hide and not rule.hidden_from):
                return NOTHING
            hidden.update(rule.hide)
        if rule.hide and rule.hidden_from and may(regime, case, actor, rule.hidden_from, directory):
            hidden.update(rule.hide)
    hidden |= origins_hidden(regime, case, actor, directory)
    if "matter" in hidden:
        hidden.update(f"matter.{name}" for name in regime.intake.fields)
    needs, secret = involved in ("承办", "首接", "审批", "管理", "指定"), frozenset(hidden)
    if actor.kind == "outside":
        seen = seen_by(regime, actor)
        needs = "complainant" in seen
        hidden |= withheld(regime, seen)
    return Sight(True, involved, frozenset(hidden), personal=needs and "complainant" not in hidden, secret=secret)


def _relation(regime: Regime, case: Case, actor: Actor, directory: Directory) -> str | None:
    """How the actor is tied to the case, or None."""
    if is_invited(case, actor):
        return "外单位"
    if actor.person == case.first_receiver:
        return "首接"
    if may(regime, case, actor, ("handler", "handling-unit", "handling-head"), directory):
        return "承办"
    if actor.person == case.supervisor:
        return "督办"
    if _votes_on(regime, case, actor, directory):
        return "审批"
    if may(regime, case, actor, managing_roles(regime), directory):
        return "管理"
    if may(regime, case, actor, named_roles(regime), directory):
        return "指定"
    if _works_on(regime, case, actor, directory):
        return "参与"
    if case.respondent.unit and may(regime, case, actor, ("respondent-head",), directory):
        return "部门负责人"
    return None


def _lets_in(regime: Regime, case: Case, actor: Actor, directory: Directory) -> bool:
    """A party outside sees a case while it works on it; one that came through a link, only until the link is ended."""
    return is_invited(case, actor) if came_by_link(actor) else _works_on(regime, case, actor, directory)


def _works_on(regime: Regime, case: Case, actor: Actor, directory: Directory) -> bool:
    roles = [role for run in case.open_runs() for role in regime.flow[run.step].by]
    did = any(run.done_by == actor.person for run in case.steps.values()) or has_tested(case, actor.person)
    notified = [role for roles_ in case.acknowledgements.values() for role in roles_]
    signers = [role for document in case.documents.values() for role in document.missing()]
    charged = [f"addressee:{order.key}" for order in case.orders.values() if order.is_open]
    judging = [role for order in case.orders.values() if order.to_accept for role in order.accepted_by if role != "giver"]
    did = did or any(actor.person in (order.by, order.answered_by) for order in case.orders.values())
    static = [role for role in (*roles, *notified, *signers, *charged, *judging) if role not in ("all-staff", "public")]
    return did or may(regime, case, actor, static, directory)


def _votes_on(regime: Regime, case: Case, actor: Actor, directory: Directory) -> bool:
    roles = [
        role
        for pending in case.approvals.values()
        for role in (pending.stages[pending.stage].all_of or pending.stages[pending.stage].by)
    ]
    return may(regime, case, actor, roles, directory)


@lru_cache(maxsize=256)
def named_roles(regime: Regime) -> tuple[str, ...]:
    """Roles that a case names somebody to; who is named works on it with its parties, whatever else they may do."""
    return tuple(role.id for role in regime.roles.values() if role.group is RoleGroup.NAMED)


@lru_cache(maxsize=256)
def managing_roles(regime: Regime) -> tuple[str, ...]:
    """Roles that look after all cases of a regime: those who decide its tables, choose, close, supervise, approve.

    Its affairs are looked after by the same roles.
    """
    if regime.parent is not None:
        return managing_roles(regime.parent)
    roles: list[str] = []
    for step in regime.flow.values():
        if step.decides or "closed" in step.marks or "followed-up" in step.marks:
            roles.extend(step.by)
    roles.extend(regime.acts["supervise"].by)
    roles.extend(row.choose for row in regime.routing if row.choose)
    for approval in regime.approvals.values():
        for stage in approval.stages:
            roles.extend((*stage.by, *stage.all_of))
    return tuple(dict.fromkeys(role for role in roles if role in regime.roles and not regime.roles[role].many))
