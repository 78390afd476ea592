"""What somebody can do on a case now: the buttons of the case page and the `possible` list of the API.

The same checks that `decide` makes are asked beforehand, so a button that is offered works, and one that does not says
why not, with its article.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyin.regime.model import Act, Extension, Field, Outcome, Questionnaire, Regime, RoleGroup, Step, Work

from .acts import STILL_ALLOWED_WHEN_CLOSED, STILL_ALLOWED_WHEN_WAITING, is_under_way
from .clock import counted_due
from .closing import refuse_early_closing
from .commands import COMMANDS, RECORD_ACTS
from .context import Context
from .draft import Draft
from .principles import LIMITS_HOLD, PERSON_DECIDES
from .refusals import Refused
from .standing import is_concerned, may
from .state import Case, Obligation, PendingApproval
from .voting import decidable
from .work import refuse_act, refuse_state, refuse_step


@dataclass(frozen=True, slots=True)
class Possible:
    """One thing that can be done now, or is blocked and says why.

    `command` names the command (see `commands.COMMANDS`), `work` the step, act, limit or approval it is about.
    `fields` with `required`, `outcomes`, `questionnaire`, `present` (roles whose part must be confirmed) and `units`
    (role → units to choose from) describe the form. `expected`: this is what the regime waits for now.
    """

    command: str
    work: str
    title: str
    cite: tuple[str, ...]
    member: str = ""
    expected: bool = False
    fields: Mapping[str, Field] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    questionnaire: Questionnaire | None = None
    present: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    approval: PendingApproval | None = None
    blocked: Refused | None = None


def available(regime: Regime, case: Case, context: Context) -> tuple[Possible, ...]:
    """Everything the actor of `context` can do now, the expected first, then acts; blocked ones carry the reason."""
    draft = Draft(regime, case, context)
    if is_concerned(case, context.actor.person):
        return ()
    return (
        *_votes(draft),
        *_decisions(draft),
        *_steps(draft),
        *_confirmations(draft),
        *_extensions(draft),
        *_acts(draft),
    )


def _votes(draft: Draft) -> list[Possible]:
    found = []
    for pending in decidable(draft):
        about_me = pending.kind == "sanction" and pending.payload["against"] == draft.actor.person
        if pending.asked_by != draft.actor.person and not about_me:
            found.append(
                Possible(
                    "approve", pending.key, f"审批：{pending.title}", pending.cite, expected=True, approval=pending
                )
            )
    return found


def _decisions(draft: Draft) -> list[Possible]:
    """Tables the rules left undecided, for those whose step decides them (as `decide` checks)."""
    case, regime, found = draft.case, draft.regime, []
    if case.state != "open":
        return []
    for table, title in (("assessment", "人工判断：受理审查"), ("routing", "人工判断：分派")):
        deciders = [role for step in regime.flow.values() if table in step.decides for role in step.by]
        roles = deciders or ["first-receiver", "handler"]
        if table in case.undecided and may(regime, case, draft.actor, roles, draft.context.directory):
            found.append(Possible("decide", table, title, (PERSON_DECIDES.id,), expected=True, decides=(table,)))
    return found


def _steps(draft: Draft) -> list[Possible]:
    found = []
    for run in draft.case.open_runs():
        step = draft.regime.flow[run.step]
        try:
            mine = refuse_step(draft, step, run.member)
            if "closed" in step.marks:
                refuse_early_closing(draft, mine.key, step.cite)
        except Refused as refused:
            if refused.code not in ("not-yours", "conflict-of-interest"):
                found.append(_step(draft, step, run.member, refused))
            continue
        found.append(_step(draft, step, run.member, None))
    return found


def _step(draft: Draft, step: Step, member: str, blocked: Refused | None) -> Possible:
    asks = draft.regime.questionnaires.get(step.asks) if step.asks else None
    return Possible(
        command="perform",
        work=step.id,
        title=step.title,
        cite=step.cite,
        member=member,
        expected=blocked is None,
        fields=step.fields,
        required=step.required,
        outcomes=step.outcomes,
        questionnaire=asks,
        present=step.together_with,
        decides=step.decides,
        units=_units(draft, step),
        blocked=blocked,
    )


def _units(draft: Draft, step: Work) -> dict[str, tuple[str, ...]]:
    """For a step that decides routing: the units that may be chosen, by role."""
    if not isinstance(step, Step) or "routing" not in step.decides:
        return {}
    roles = dict.fromkeys(role for row in draft.regime.routing for role in (*row.to, *row.also))
    return {
        role: draft.context.directory.units_of(role)
        for role in roles
        if role in draft.regime.roles and draft.regime.roles[role].group is RoleGroup.UNIT
    }


def _confirmations(draft: Draft) -> list[Possible]:
    case, directory, found = draft.case, draft.context.directory, []
    for notice, roles in case.acknowledgements.items():
        if any(may(draft.regime, case, draft.actor, (role,), directory) for role in roles):
            declared = draft.regime.notices.get(notice)
            title = f"确认收到：{declared.title if declared else notice}"
            found.append(Possible("acknowledge", notice, title, declared.cite if declared else (), expected=True))
    for document in case.documents.values():
        mine = [role for role in document.missing() if may(draft.regime, case, draft.actor, (role,), directory)]
        if mine and all((role, draft.actor.person) not in document.signatures for role in mine):
            found.append(Possible("sign", document.key, f"签名：《{document.title}》", (), expected=True))
    return found


def _extensions(draft: Draft) -> list[Possible]:
    found = []
    for item in draft.case.running():
        limit = draft.regime.limits.get(item.limit)
        if limit is None or limit.extension is None or item.due is None or draft.case.state != "open":
            continue
        extension = limit.extension
        possible = Possible(
            "extend",
            limit.id,
            f"申请延长：{limit.title}",
            extension.cite or limit.cite,
            fields=extension.fields,
            required=extension.required,
            blocked=_too_late(draft, item, extension, limit.cite),
        )
        if _owes(draft, item.owner):
            found.append(possible)
    return found


def _too_late(draft: Draft, item: Obligation, extension: Extension, cite: tuple[str, ...]) -> Refused | None:
    """Why more time can no longer be asked for, or None."""
    if extension.ask == "before-due" and draft.context.now > counted_due(item):
        return Refused("asked-after-due", cite=extension.cite or cite or LIMITS_HOLD)
    if item.extended >= extension.times:
        return Refused("too-long", f"只能延长{extension.times}次。", cite=extension.cite or cite or LIMITS_HOLD)
    return None


def _owes(draft: Draft, owner: tuple[str, ...]) -> bool:
    roles = (*owner, *draft.regime.acts["extend"].by)
    return may(draft.regime, draft.case, draft.actor, roles, draft.context.directory)


NOT_BUTTONS = frozenset({"extend", "sign", "complete"})
"""Acts offered in a place of their own."""


def _acts(draft: Draft) -> list[Possible]:
    found = []
    for act in draft.regime.acts.values():
        if act.id in NOT_BUTTONS or not act.allowed or not _makes_sense(draft, act):
            continue
        try:
            refuse_act(draft, act)
            _refuse_in_state(draft, act)
        except Refused:
            continue
        found.append(
            Possible(
                command=_command_of(act),
                work=act.id,
                title=act.title,
                cite=act.cite,
                fields=act.fields,
                required=act.required,
                outcomes=act.outcomes,
                present=act.together_with,
            )
        )
    return found


def _refuse_in_state(draft: Draft, act: Act) -> None:
    state = draft.case.state
    if state == "closed" and act.id not in STILL_ALLOWED_WHEN_CLOSED:
        refuse_state(draft)
    if state in ("suspended", "waiting") and act.id not in STILL_ALLOWED_WHEN_WAITING:
        refuse_state(draft)


def _command_of(act: Act) -> str:
    if act.id in RECORD_ACTS:
        return "record"
    return act.id if act.core and act.id in COMMANDS else "perform"


def _makes_sense(draft: Draft, act: Act) -> bool:
    """Whether the state of the case gives the act something to work on."""
    case = draft.case
    match act.id:
        case "resume":
            return case.state == "suspended"
        case "suspend" | "terminate" | "ask-more":
            return case.state == "open"
        case "reopen":
            return case.state == "closed"
        case "appeal":
            return case.answered and not is_under_way(draft, ("appeal", "appealed"))
        case "answer-order":
            return any(order.answered_at is None for order in case.orders.values())
        case "seal-evidence":
            return any(not item.sealed for item in case.evidence)
        case "return" | "reassign" | "add-unit":
            return bool(case.handling_role or case.handling_unit)
        case _:
            return True
