"""What somebody can do on a case now: the buttons of the case page and the `possible` list of the API.

The same checks that `decide` makes are asked beforehand, so a button that is offered works, and one that does not says
why not, with its article.
"""


from collections.abc import Iterable

from huiyin.regime.model import (
    AssessmentRow,
    Outcome,
    Regime,
    RoleGroup,
    RoutingRow,
    Step,
    Work,
)

from .approvals import stands_still
from .bodies_outside import body_choices, led_to
from .closing import refuse_early_closing
from .context import Context
from .draft import Draft
from .extending import asked_for, refuse_extension
from .hearing import refuse_unheard
from .measures_in_force import refuse_barred
from .possible import Possible, approvers, open_outcomes, sure_approval, to_choose_from
from .possible_acts import acts_possible, ratings_possible
from .principles import COMPLETE_RECORDS, PERSON_DECIDES, TIME_STANDS_STILL
from .refusals import Refused
from .renewing import refuse_renewal
from .reversing import refuse_reversal
from .samples.asking import NOTHING, Asked, asked
from .standing import is_concerned, may
from .state import Case, PendingApproval
from .steps import refuse_step
from .tables import deciders, open_assessment_rows, open_rows
from .voting import decidable, fellow_voters, refusal_of_own
from .work import papers_to_read


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
        *acts_possible(draft),
        *ratings_possible(draft),
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
        if pending.kind == "sanction" and pending.payload["against"]:
            refuse_barred(draft, pending, pending.payload["against"])
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
        rows += open_assessment_rows(draft) if table == "assessment" else open_rows(regime.routing, scope)
        found.append(
            Possible(
                "decide",
                table,
                title,
                (PERSON_DECIDES.id,),
                expected=True,
                outcomes={row.id: Outcome(row.id, row.title or row.id) for row in rows},
                decides=(table,),
                bodies=_bodies(draft, (table,)),
                units=_routing_units(draft) if table == "routing" else {},
            )
        )
    return found


def _steps(draft: Draft) -> list[Possible]:
    found = []
    for run in draft.case.open_runs():
        step = draft.regime.flow[run.step]
        sampled = NOTHING
        try:
            mine = refuse_step(draft, step, run.member)
            sampled = asked(draft, step, mine)
            if "closed" in step.marks:
                refuse_early_closing(draft, mine.key, step.cite)
            _refuse_without_outcome(draft, step)
        except Refused as refused:
            if refused.code not in ("not-yours", "conflict-of-interest"):
                found.append(_step(draft, step, run.member, refused))
            continue
        found.append(_step(draft, step, run.member, None, sampled))
    return found


def _refuse_without_outcome(draft: Draft, step: Step) -> None:
    """Raise where the step cannot end in any of its ways yet."""
    if step.outcomes and not open_outcomes(draft, step):
        message = f"“{step.title}”的各种结果现在都还不具备条件。"
        raise Refused("unmet-requirement", message, cite=step.cite, rule=f"flow.{step.id}.outcomes")


def _step(draft: Draft, step: Step, member: str, blocked: Refused | None, sampled: Asked = NOTHING) -> Possible:
    asks = draft.regime.questionnaires.get(step.asks) if step.asks else None
    return Possible(
        command="perform",
        work=step.id,
        title=step.title,
        cite=step.cite,
        member=member,
        expected=blocked is None,
        fields={**sampled.fields, **step.fields},
        required=step.required,
        outcomes=to_choose_from(draft, step),
        questionnaire=asks,
        present=tuple(dict.fromkeys((*step.together_with, *sampled.present))),
        samples=tuple(sample.key for sample in sampled.samples),
        decides=step.decides,
        units=_units(draft, step),
        bodies=_bodies(draft, step.decides),
        approvers=approvers(draft, step.approval),
        sure_approval=sure_approval(draft, step.approval),
        produces=step.produces,
        reads=tuple(document.key for document in papers_to_read(draft.case, step)),
        via=step.via,
        gives=draft.regime.orders.get(step.orders or ""),
        blocked=blocked,
    )


def _bodies(draft: Draft, decides: Iterable[str]) -> dict[str, str]:
    """For whoever decides assessment: the bodies outside that may be chosen, where there is a choice."""
    found = body_choices(draft.regime, led_to(draft.regime), draft.context.tables) if "assessment" in decides else {}
    return found if len(found) > 1 or any(key.endswith("/") for key in found) else {}


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
    found: dict[str, Possible] = {}
    for item in draft.case.running():
        limit = draft.regime.limit_of(item.limit)
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
        offered = Possible(
            "extend",
            limit.id,
            f"申请延长：{limit.title}",
            extension.cite or limit.cite,
            fields=fields,
            required=tuple(required),
            outcomes=to_choose_from(draft, act),
            questionnaire=draft.regime.questionnaires.get(act.asks or ""),
            present=act.together_with,
            approvers=tuple(dict.fromkeys((*approvers(draft, act.approval), *approvers(draft, extension.approval)))),
            sure_approval=sure_approval(draft, act.approval) or sure_approval(draft, extension.approval),
            produces=act.produces,
            via=act.via,
            gives=draft.regime.orders.get(act.orders or ""),
            blocked=blocked,
        )
        if limit.id not in found or blocked is None:
            found[limit.id] = offered
    return list(found.values())


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
