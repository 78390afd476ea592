"""What somebody can do on a case now: the buttons of the case page and the `possible` list of the API.

The same checks that `decide` makes are asked beforehand, so a button that is offered works, and one that does not says
why not, with its article.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyin.regime.model import (
    Act,
    AssessmentRow,
    Field,
    Outcome,
    Questionnaire,
    Regime,
    RoleGroup,
    RoutingRow,
    Step,
    Work,
)

from .approvals import stands_still
from .closing import refuse_early_closing
from .commands import COMMANDS, RECORD_ACTS
from .context import Context
from .draft import Draft
from .extending import asked_for, refuse_extension
from .flow import members_of
from .hearing import refuse_unheard
from .own_acts import ALWAYS_THE_COMPLAINANTS, refuse_act, welcome_besides
from .principles import COMPLETE_RECORDS, PERSON_DECIDES, TIME_STANDS_STILL
from .questionnaires import asked_now
from .refusals import Refused
from .renewing import refuse_renewal
from .reversing import refuse_reversal
from .standing import is_concerned, may
from .standing_still import lapsed_completion
from .state import Case, PendingApproval
from .steps import refuse_step
from .tables import deciders, open_rows
from .taking_up import APPEALED, is_under_way
from .voting import decidable, fellow_voters, refusal_of_own


@dataclass(frozen=True, slots=True)
class Possible:
    """One thing that can be done now, or is blocked and says why.

    `command` names the command (see `commands.COMMANDS`), `work` the step, act, limit or approval it is about.
    `fields` with `required`, `outcomes`, `questionnaire`, `present` (roles whose part must be confirmed), `units` (role →
    units to choose from) and `members` (others of a body who may vote together with the actor in a meeting) describe the
    form. `expected`: this is what the regime waits for now.
    `on_behalf`: staff would do it for the complainant, who came in, called or wrote.
    `approvers` are the roles that have to agree before it takes effect; `sure_approval` tells whether they are asked in
    any case or only where a condition holds. `produces` are the forms that come of it.
    """

    command: str
    work: str
    title: str
    cite: tuple[str, ...]
    member: str = ""
    expected: bool = False
    on_behalf: bool = False
    fields: Mapping[str, Field] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    questionnaire: Questionnaire | None = None
    present: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    approval: PendingApproval | None = None
    approvers: tuple[str, ...] = ()
    sure_approval: bool = False
    produces: tuple[str, ...] = ()
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
        *_ratings(draft),
        *_reversals(draft),
        *_renewal(draft),
    )


def _votes(draft: Draft) -> list[Possible]:
    found = []
    for pending in decidable(draft):
        if refusal_of_own(pending, draft.actor.person) is not None:
            continue
        blocked = _why_not_yet(draft, pending)
        found.append(
            Possible(
                "approve",
                pending.key,
                f"审批：{pending.title}",
                pending.cite,
                expected=blocked is None,
                members=fellow_voters(draft, pending),
                approval=pending,
                blocked=blocked,
            )
        )
    return found


def _why_not_yet(draft: Draft, pending: PendingApproval) -> Refused | None:
    """Why a proposal cannot be decided now, or None."""
    if stands_still(draft.case, pending):
        return Refused("not-open-now", "案件中止或等待补正期间不能审批。", cite=TIME_STANDS_STILL)
    try:
        refuse_unheard(draft, pending)
    except Refused as refused:
        return refused
    return None


def _decisions(draft: Draft) -> list[Possible]:
    """Tables the rules left undecided, for those who decide them; `outcomes` are the rows that may be chosen."""
    regime, case, found = draft.regime, draft.case, []
    for table, title in (("assessment", "人工判断：受理审查"), ("routing", "人工判断：分派")):
        waits = any(item.kind == table for item in case.approvals.values())
        if table not in case.undecided or waits or case.state != "open":
            continue
        if not may(regime, case, draft.actor, deciders(regime, case, table), draft.context.directory):
            continue
        scope = draft.scope()
        rows: list[AssessmentRow | RoutingRow] = []
        rows += open_rows(regime.assessment, scope) if table == "assessment" else open_rows(regime.routing, scope)
        found.append(
            Possible(
                "decide",
                table,
                title,
                (PERSON_DECIDES.id,),
                expected=True,
                outcomes={row.id: Outcome(row.id, row.title or row.id) for row in rows},
                decides=(table,),
                units=_routing_units(draft) if table == "routing" else {},
            )
        )
    return found


def _steps(draft: Draft) -> list[Possible]:
    found = []
    for run in draft.case.open_runs():
        step = draft.regime.flow[run.step]
        try:
            mine = refuse_step(draft, step, run.member)
            if "closed" in step.marks:
                refuse_early_closing(draft, mine.key, step.cite)
            _refuse_without_outcome(draft, step)
        except Refused as refused:
            if refused.code not in ("not-yours", "conflict-of-interest"):
                found.append(_step(draft, step, run.member, refused))
            continue
        found.append(_step(draft, step, run.member, None))
    return found


def _refuse_without_outcome(draft: Draft, step: Step) -> None:
    """Raise where the step cannot end in any of its ways yet."""
    if step.outcomes and not _open_outcomes(draft, step):
        message = f"“{step.title}”的各种结果现在都还不具备条件。"
        raise Refused("unmet-requirement", message, cite=step.cite, rule=f"flow.{step.id}.outcomes")


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
        outcomes=_open_outcomes(draft, step),
        questionnaire=asks,
        present=step.together_with,
        decides=step.decides,
        units=_units(draft, step),
        approvers=_approvers(draft, step.approval),
        sure_approval=_sure_approval(draft, step.approval),
        produces=step.produces,
        blocked=blocked,
    )


def _approvers(draft: Draft, approval: str | None) -> tuple[str, ...]:
    """The roles of all stages, in order."""
    stages = draft.regime.approvals[approval].stages if approval else ()
    return tuple(dict.fromkeys(role for stage in stages for role in (*stage.by, *stage.all_of)))


def _sure_approval(draft: Draft, approval: str | None) -> bool:
    """Whether some stage of the approval hangs on no condition."""
    return bool(approval) and any(stage.when is None for stage in draft.regime.approvals[approval or ""].stages)


def _units(draft: Draft, step: Work) -> dict[str, tuple[str, ...]]:
    """For a step that decides routing: the units that may be chosen, by role."""
    return _routing_units(draft) if isinstance(step, Step) and "routing" in step.decides else {}


def _routing_units(draft: Draft) -> dict[str, tuple[str, ...]]:
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
        mine = [role for role in document.next_to_sign() if may(draft.regime, case, draft.actor, (role,), directory)]
        if mine and all((role, draft.actor.person) not in document.signatures for role in mine):
            found.append(Possible("sign", document.key, f"签名：《{document.title}》", (), expected=True))
    return found


def _extensions(draft: Draft) -> list[Possible]:
    found = []
    for item in draft.case.running():
        limit = draft.regime.limits.get(item.limit)
        if limit is None or limit.extension is None or item.due is None or draft.case.state != "open":
            continue
        blocked = None
        try:
            refuse_extension(draft, item, limit)
        except Refused as refused:
            if refused.code not in ("asked-after-due", "too-long"):
                continue
            blocked = refused
        extension, act = limit.extension, draft.regime.acts["extend"]
        fields, required = asked_for(act, extension)
        found.append(
            Possible(
                "extend",
                limit.id,
                f"申请延长：{limit.title}",
                extension.cite or limit.cite,
                fields=fields,
                required=tuple(required),
                present=act.together_with,
                approvers=_approvers(draft, extension.approval),
                sure_approval=_sure_approval(draft, extension.approval),
                blocked=blocked,
            )
        )
    return found


def _reversals(draft: Draft) -> list[Possible]:
    """Entries of ledgers that may be taken back; those that may not are no news to anybody."""
    found = []
    for booking in draft.case.bookings.values():
        ledger = draft.regime.accountability.ledgers.get(booking.ledger)
        try:
            cite = refuse_reversal(draft, booking)
        except Refused:
            continue
        title, unit = (ledger.title, ledger.unit) if ledger else (booking.ledger, "")
        words = f"冲销：{title} {booking.amount:+g}{unit}"
        found.append(Possible("reverse-booking", str(booking.number), words, cite))
    return found


def _renewal(draft: Draft) -> list[Possible]:
    try:
        refuse_renewal(draft)
    except Refused:
        return []
    return [Possible("renew-code", "renew-code", "重新发放查询码", (COMPLETE_RECORDS.id,))]


NOT_BUTTONS = frozenset({"extend", "sign"})
"""Acts offered in a place of their own."""


def _acts(draft: Draft) -> list[Possible]:
    found = []
    for act in draft.regime.acts.values():
        if act.id in NOT_BUTTONS or not act.allowed or not _makes_sense(draft, act):
            continue
        behalf = _in_whose_name(draft, act)
        outcomes = _open_outcomes(draft, act)
        if behalf is None or (act.outcomes and not outcomes):
            continue
        found += [
            Possible(
                command=_command_of(act),
                work=act.id,
                title=f"代投诉人{act.title}" if behalf else act.title,
                cite=act.cite,
                member=member,
                on_behalf=behalf,
                fields=act.fields,
                required=act.required,
                outcomes=outcomes,
                questionnaire=draft.regime.questionnaires.get(act.asks) if act.asks and not act.core else None,
                present=act.together_with,
                approvers=_approvers(draft, act.approval),
                sure_approval=_sure_approval(draft, act.approval),
                produces=act.produces,
            )
            for member in (("",) if act.core else members_of(draft, act.per))
        ]
    return found


def _in_whose_name(draft: Draft, act: Act) -> bool | None:
    """True: the actor may do the act for the complainant; False: as somebody whose own it is; None: not at all."""
    staff = draft.actor.kind == "staff"
    besides = welcome_besides(draft.regime, act)
    for behalf in (False, True) if staff else (False,):
        try:
            refuse_act(draft, act, on_behalf=behalf, also_by=besides)
        except Refused:
            continue
        return behalf or (staff and act.id in ALWAYS_THE_COMPLAINANTS)
    return None


def _open_outcomes(draft: Draft, work: Work) -> dict[str, Outcome]:
    """The ways the work may end: without those of which it is known already that their condition does not hold.

    What the form itself fills in, or what may be sent along with it, is not known yet.
    """
    scope, filled = draft.scope(), {f"facts.{name}" for name in work.fields}

    def may_be(outcome: Outcome) -> bool:
        when = outcome.when
        if when is None or "has_evidence" in when.calls or when.reads & filled:
            return True
        asked = bool(work.asks) and any(path.startswith("answers.") for path in when.reads)
        return asked or scope.holds(when, undecided=True)

    return {outcome.id: outcome for outcome in work.outcomes.values() if may_be(outcome)}


def _ratings(draft: Draft) -> list[Possible]:
    """Questionnaires of the complainant that staff may fill in for a complainant who answers by phone."""
    case, regime = draft.case, draft.regime
    if draft.actor.kind != "staff":
        return []
    waits = [name for name in asked_now(draft) if not _asks_it_oneself(draft, name)]
    later = [name for name in _unasked(draft) if case.answered and not case.answers]
    return [
        Possible(
            "fill",
            name,
            f"代投诉人填写：{regime.questionnaires[name].title}",
            (),
            on_behalf=True,
            questionnaire=regime.questionnaires[name],
        )
        for name in (*waits, *later)
    ]


def _asks_it_oneself(draft: Draft, questionnaire: str) -> bool:
    """Whether the actor may do an open step that asks it, and so needs no other way."""
    steps = (draft.regime.flow[run.step] for run in draft.case.open_runs())
    asking = [step for step in steps if step.asks == questionnaire]
    return any(may(draft.regime, draft.case, draft.actor, step.by, draft.context.directory) for step in asking)


def _unasked(draft: Draft) -> list[str]:
    """Questionnaires no step or act of the regime asks: they are the complainant's to answer after the reply."""
    works = (*draft.regime.flow.values(), *draft.regime.acts.values())
    asked = {work.asks for work in works}
    return [name for name in draft.regime.questionnaires if name not in asked]


def _command_of(act: Act) -> str:
    if act.id in RECORD_ACTS:
        return "record"
    return act.id if act.core and act.id in COMMANDS else "perform"


def _makes_sense(draft: Draft, act: Act) -> bool:
    """Whether the state of the case gives the act something to work on."""
    case = draft.case
    match act.id:
        case "resume":
            return case.state == "suspended" or lapsed_completion(case) is not None
        case "suspend" | "terminate" | "ask-more":
            return case.state == "open"
        case "complete":
            return case.state == "waiting" and draft.actor.kind == "staff"  # the complainant has a page for it
        case "reopen":
            return case.state == "closed"
        case "appeal":
            return case.answered and not is_under_way(draft, APPEALED)
        case "answer-order":
            return any(order.answered_at is None for order in case.orders.values())
        case "invite":
            return any(role.group is RoleGroup.OUTSIDE for role in draft.regime.roles.values())
        case "uninvite":
            return any(item.ended_at is None for item in case.invitations.values())
        case "reissue":
            return any(not document.replaced_by for document in case.documents.values())
        case "seal-evidence":
            return any(not item.sealed for item in case.evidence)
        case "return" | "reassign" | "add-unit":
            return bool(case.handling_role or case.handling_unit)
        case _:
            return True
