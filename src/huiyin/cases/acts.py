"""The core acts: allowed at any time unless the regime narrows or forbids them."""

from typing import Any

from huiyin.regime.model import Act, RoleGroup

from . import commands as cmd
from .approvals import ask_approval
from .assignment import Target, assign
from .clock import counted_due, resumed
from .closing import cancel_open, close
from .draft import Draft
from .events import (
    ActDone,
    Assessed,
    Assigned,
    Completed,
    Corrected,
    DocumentSigned,
    EvidenceAdded,
    EvidenceSealed,
    Graded,
    Linked,
    NoticeAcknowledged,
    ObligationMet,
    OrderAnswered,
    Ordered,
    Reason,
    Recused,
    Reopened,
    Resumed,
    StepOpened,
    StepsCancelled,
    Suspended,
    Terminated,
    Withdrawn,
)
from .principles import CLOSED_STAYS_CLOSED, COMPLETE_RECORDS, IN_ORDER, LIMITS_HOLD, WHO_MAY
from .refusals import Refused
from .standing import is_concerned, may
from .tables import ask_completion
from .values import WrongValue, checked, checked_fields
from .work import refuse_act, refuse_state

STILL_ALLOWED_WHEN_CLOSED = frozenset({"note", "contact", "link", "reopen", "appeal", "sign", "answer-order", "remedy"})
STILL_ALLOWED_WHEN_WAITING = frozenset(
    {"note", "contact", "add-evidence", "seal-evidence", "complete", "resume", "terminate", "withdraw", "link",
     "press", "instruct", "flag-risk", "correct", "recuse", "tell-progress", "sign", "supervise", "answer-order"}
)  # fmt: skip


def check(draft: Draft, act_id: str, command: cmd.Command) -> Act:
    """The act, if the actor may do it now.

    Raises:
        Refused: forbidden by the regime, not this person's, or not in this state of the case.
    """
    act = draft.regime.acts[act_id]
    refuse_act(draft, act, on_behalf=command.on_behalf)
    if draft.case.state == "closed" and act_id not in STILL_ALLOWED_WHEN_CLOSED:
        refuse_state(draft, act.cite)
    if draft.case.state in ("suspended", "waiting") and act_id not in STILL_ALLOWED_WHEN_WAITING:
        refuse_state(draft, act.cite)
    return act


def _fields(draft: Draft, act: Act, given: Any) -> dict[str, Any]:
    return checked_fields(
        act.fields,
        act.required,
        given,
        scope=draft.scope(),
        section="facts",
        zone=draft.context.calendar.zone,
        cite=act.cite,
    )


def _reason(text: str, act: Act) -> str:
    """The text, which this act cannot do without."""
    if not text.strip():
        message = f"请写明“{act.title}”的理由。"
        raise Refused("missing-field", message, cite=act.cite or COMPLETE_RECORDS, fields={"text": "请写明理由"})
    return text.strip()


def record(draft: Draft, command: cmd.Record) -> None:
    """note, contact, tell-progress, press, instruct, flag-risk, remedy."""
    name = cmd.RECORD_ACTS.get(command.kind_of_act)
    if name is None:
        raise Refused("wrong-value", f"没有“{command.kind_of_act}”这一动作。", cite=IN_ORDER)
    act = check(draft, command.kind_of_act, command)
    fields = _fields(draft, act, command.fields)
    text = command.text if fields else _reason(command.text, act)
    draft.add(
        ActDone(
            **draft.stamp,
            names=(act.id, name),
            cite=act.cite,
            act=act.id,
            text=text,
            to=command.to,
            fields=fields,
            on_behalf=command.on_behalf,
        )
    )


def add_evidence(draft: Draft, command: cmd.AddEvidence) -> None:
    """Add evidence; complainants may as long as the case is open."""
    act = draft.regime.acts["add-evidence"]
    if draft.actor.kind != "complainant":
        check(draft, "add-evidence", command)
    elif draft.case.state == "closed":
        refuse_state(draft, act.cite)
    if not command.evidence:
        raise Refused("missing-field", "请选择要补充的材料。", cite=COMPLETE_RECORDS, fields={"evidence": "请选择材料"})
    kinds = draft.regime.intake.evidence
    for item in command.evidence:
        if item.kind and item.kind not in kinds:
            raise Refused("wrong-value", f"没有“{item.kind}”这类材料。", cite=COMPLETE_RECORDS)
    draft.add(EvidenceAdded(**draft.stamp, names=("evidence-added",), cite=act.cite, evidence=command.evidence))


def seal_evidence(draft: Draft, command: cmd.SealEvidence) -> None:
    """Seal a piece of evidence."""
    act = check(draft, "seal-evidence", command)
    if command.evidence not in {item.key for item in draft.case.evidence}:
        raise Refused("wrong-value", "没有这件材料。", cite=act.cite or COMPLETE_RECORDS)
    draft.add(
        EvidenceSealed(
            **draft.stamp,
            names=("sealed",),
            cite=act.cite,
            evidence=command.evidence,
            present=command.present,
            text=command.text,
        )
    )


def ask_more(draft: Draft, command: cmd.AskMore) -> None:
    """Ask the complainant to complete the filing."""
    act = check(draft, "ask-more", command)
    due = draft.context.calendar.due(draft.context.now, command.within).at if command.within else None
    ask_completion(draft, _reason(command.text, act), due, act.cite or (COMPLETE_RECORDS.id,))


def complete(draft: Draft, command: cmd.Complete) -> None:
    """The filing is completed: limits go on, and assessment is looked at anew by whoever decides it."""
    act = check(draft, "complete", command)
    if draft.case.state != "waiting":
        raise Refused("not-open-now", "现在没有要求补正。", cite=act.cite or IN_ORDER)
    zone, problems, matter = draft.context.calendar.zone, {}, {}
    for name, raw in command.matter.items():
        field = draft.regime.intake.fields.get(name)
        if field is None:
            problems[name] = "没有这一项"
            continue
        try:
            matter[name] = checked(field, raw, zone)
        except WrongValue as trouble:
            problems[name] = str(trouble)
    if problems:
        raise Refused("wrong-value", "；".join(problems.values()) + "。", cite=COMPLETE_RECORDS, fields=problems)
    draft.add(Completed(**draft.stamp, cite=act.cite, matter=matter, text=command.text))
    for item in draft.case.running():
        if item.limit == "completion":
            draft.add(ObligationMet(**draft.stamp, cite=item.cite, key=item.key, late=False, ended_by="completed"))
    draft.add(Resumed(**draft.stamp, names=("completed",), cite=act.cite, text="补正完成", obligations=resumed(draft)))


def transfer(draft: Draft, command: cmd.Transfer) -> None:
    """Hand over: to an outside body the case leaves us, to one of our own roles it is reassigned."""
    act = check(draft, "transfer", command)
    role = draft.regime.roles.get(command.to)
    if role is not None and role.group is RoleGroup.OUTSIDE:
        draft.add(
            Assessed(
                **draft.stamp,
                names=("transferred",),
                cite=act.cite or (WHO_MAY.id,),
                row="",
                outcome="transfer",
                to=command.to,
                text=_reason(command.text, act),
            )
        )
        return
    _reassign(
        draft, act, command.to, unit=command.unit, handler="", text=command.text, names=("transfer", "reassigned")
    )


def give_back(draft: Draft, command: cmd.Return) -> None:
    """Return the case to where it came from."""
    act = check(draft, "return", command)
    fields = _fields(draft, act, command.fields)
    to = command.to or (act.to[0] if act.to else "")
    if act.to and to not in act.to:
        who = "、".join(draft.regime.role_title(role) for role in act.to)
        raise Refused("forbidden-here", f"只能退回{who}。", cite=act.cite or IN_ORDER)
    draft.add(ActDone(**draft.stamp, cite=act.cite, act="return", text=command.text, to=to, fields=fields))
    runs = tuple(run.key for run in draft.case.open_runs())
    if runs:
        draft.add(StepsCancelled(**draft.stamp, runs=runs, cause="returned"))
    role = to if to in draft.regime.roles else ""
    units = draft.context.directory.units_of(role) if role else ()
    draft.add(
        Assigned(
            **draft.stamp,
            names=("return", "returned"),
            cite=act.cite or (IN_ORDER.id,),
            row="",
            role=role,
            unit=units[0] if len(units) == 1 else "",
            handler_role="",
            handler="",
            also=(),
            text=command.text,
        )
    )


def reassign(draft: Draft, command: cmd.Reassign) -> None:
    """Make somebody else responsible."""
    act = check(draft, "reassign", command)
    _reassign(
        draft,
        act,
        command.to,
        unit=command.unit,
        handler=command.handler,
        text=command.text,
        names=("reassign", "reassigned"),
    )


def _reassign(draft: Draft, act: Act, role: str, unit: str, handler: str, text: str, names: tuple[str, ...]) -> None:
    case, directory = draft.case, draft.context.directory
    if is_concerned(case, handler):
        raise Refused("conflict-of-interest", "不能交给被投诉人本人或已回避的人。", cite=act.cite or WHO_MAY)
    role = role or case.handling_role
    if role not in draft.regime.roles:
        raise Refused("wrong-value", "请选择交给谁。", cite=act.cite or WHO_MAY, fields={"to": "请选择"})
    units = directory.units_of(role)
    unit = unit or (units[0] if len(units) == 1 else "")
    if unit and units and unit not in units:
        raise Refused("wrong-value", "请选择列出的部门。", cite=act.cite or WHO_MAY, fields={"unit": "请选择"})
    if units and not unit:
        raise Refused("missing-field", "请选择部门。", cite=act.cite or WHO_MAY, fields={"unit": "请选择部门"})
    draft.add(
        Assigned(
            **draft.stamp,
            names=names,
            cite=act.cite or (WHO_MAY.id,),
            row="",
            role=role,
            unit=unit,
            handler_role="" if handler else role,
            handler=handler,
            also=case.also,
            text=_reason(text, act),
        )
    )


def add_unit(draft: Draft, command: cmd.AddUnit) -> None:
    """Add a co-handling unit."""
    act = check(draft, "add-unit", command)
    case = draft.case
    if not command.unit or command.unit in case.units:
        raise Refused("wrong-value", "请选择尚未参加办理的部门。", cite=act.cite or WHO_MAY, fields={"unit": "请选择"})
    target = Target(case.handling_role, case.handling_unit, case.handler_role, case.handler, (*case.also, command.unit))
    before = draft.case.decided.get("routing", "")
    assign(draft, before, target, act.cite, Reason("acts.add-unit"), command.text)


def extend(draft: Draft, command: cmd.Extend) -> None:
    """Ask for more time; granted by whoever the regime names.

    Raises:
        Refused: no extension here, asked after the due day, too long, already extended, a field is missing.
    """
    case, now, calendar = draft.case, draft.context.now, draft.context.calendar
    act = draft.regime.acts["extend"]
    items = [item for item in case.running() if item.limit == command.limit]
    limit = draft.regime.limits.get(command.limit)
    if limit is None or not items:
        raise Refused("not-open-now", "没有这项正在计算的时限。", cite=act.cite or LIMITS_HOLD)
    item = items[0]
    extension = limit.extension
    if extension is None:
        raise Refused("forbidden-here", f"“{limit.title}”不能延长。", cite=limit.cite or LIMITS_HOLD)
    cite = extension.cite or limit.cite
    owes = may(draft.regime, case, draft.actor, item.owner, draft.context.directory)
    if not owes or is_concerned(case, draft.actor.person) or case.state != "open":
        check(draft, "extend", command)
    if item.due is None:
        raise Refused("forbidden-here", f"“{limit.title}”没有确定的到期日，不用延长。", cite=cite)
    if extension.ask == "before-due" and now > counted_due(item):
        day = item.due.astimezone(calendar.zone)
        raise Refused("asked-after-due", f"已过{day.month}月{day.day}日到期日，不能再申请延长。", cite=cite)
    if item.extended >= extension.times:
        raise Refused("too-long", f"“{limit.title}”只能延长{extension.times}次。", cite=cite)
    if any(waiting.kind == "extension" and waiting.subject == item.key for waiting in case.approvals.values()):
        raise Refused("not-open-now", "已有延长申请等待审批。", cite=cite)
    due = calendar.due(item.due, command.by)
    most = extension.add_up_to or extension.total_up_to
    if most is not None:
        latest = calendar.due(item.due if extension.add_up_to else item.started_at, most)
        if due.at > latest.at:
            kind = "最多再延长" if extension.add_up_to else "总共不超过"
            raise Refused("too-long", f"“{limit.title}”{kind}{most.title_zh}。", cite=cite)
    fields = checked_fields(
        extension.fields,
        extension.required,
        command.fields,
        scope=draft.scope(),
        section="facts",
        zone=calendar.zone,
        cite=cite,
    )
    payload = {
        "limit": limit.id,
        "by": str(command.by),
        "due": due.at.isoformat(),
        "provisional": due.provisional,
        "fields": fields,
        "text": command.text,
    }
    title = f"{limit.title}延长{command.by.title_zh}"
    names = ("extension-asked",)
    ask_approval(draft, "extension", item.key, extension.approval, title=title, payload=payload, cite=cite, names=names)


def suspend(draft: Draft, command: cmd.Suspend) -> None:
    """Let the case stand still."""
    act = check(draft, "suspend", command)
    fields = _fields(draft, act, command.fields)
    text = command.text if fields else _reason(command.text, act)
    draft.add(Suspended(**draft.stamp, names=("suspend", "suspended"), cite=act.cite, text=text, fields=fields))


def resume(draft: Draft, command: cmd.Resume) -> None:
    """Go on after a suspension; due times move by the time that stood still."""
    act = check(draft, "resume", command)
    if draft.case.state != "suspended":
        raise Refused("not-open-now", "案件没有中止。", cite=act.cite or IN_ORDER)
    draft.add(
        Resumed(
            **draft.stamp,
            names=("resume", "resumed"),
            cite=act.cite,
            text=command.text,
            obligations=resumed(draft),
        )
    )


def terminate(draft: Draft, command: cmd.Terminate) -> None:
    """End the case; the complainant is told why."""
    act = check(draft, "terminate", command)
    fields = _fields(draft, act, command.fields)
    text = command.text if fields else _reason(command.text, act)
    draft.add(Terminated(**draft.stamp, names=("terminate", "terminated"), cite=act.cite, text=text, fields=fields))
    _end(draft, "terminated", act)


def withdraw(draft: Draft, command: cmd.Withdraw) -> None:
    """The complainant takes the complaint back."""
    act = check(draft, "withdraw", command)
    draft.add(Withdrawn(**draft.stamp, names=("withdraw", "withdrawn"), cite=act.cite, text=command.text))
    _end(draft, "withdrawn", act)


def _end(draft: Draft, name: str, act: Act) -> None:
    """End what is open; the regime may have a step for what comes then, otherwise the case closes."""
    cancel_open(draft, name)
    if not draft.regime.on(name).opens and not draft.regime.on(act.id).opens:
        close(draft, name, by_step=False, cite=act.cite)


def merge(draft: Draft, command: cmd.Merge) -> None:
    """Join this case to another."""
    act = check(draft, "merge", command)
    if not command.into or command.into == draft.case.id:
        raise Refused("wrong-value", "请选择并入哪一件。", cite=act.cite or COMPLETE_RECORDS, fields={"into": "请选择"})
    draft.add(
        Assessed(
            **draft.stamp,
            names=("merge", "merged"),
            cite=act.cite or (IN_ORDER.id,),
            row="",
            outcome="merge",
            into=command.into,
            text=command.text,
        )
    )
    cancel_open(draft, "merged")


def link(draft: Draft, command: cmd.Link) -> None:
    """Link another case."""
    act = check(draft, "link", command)
    draft.add(Linked(**draft.stamp, names=("link",), cite=act.cite, other=command.other, text=command.text))


def supervise(draft: Draft, command: cmd.Supervise) -> None:
    """Issue a supervise order, which must be answered."""
    act = check(draft, "supervise", command)
    draft.add(
        Ordered(
            **draft.stamp,
            names=("supervise", "ordered"),
            cite=act.cite or (WHO_MAY.id,),
            key=f"order-{len(draft.case.orders) + 1}",
            limit=command.limit,
            text=_reason(command.text, act),
        )
    )


def answer_order(draft: Draft, command: cmd.AnswerOrder) -> None:
    """Answer a supervise order."""
    act = check(draft, "answer-order", command)
    waiting = [order for order in draft.case.orders.values() if order.answered_at is None]
    if command.order:
        waiting = [order for order in waiting if order.key == command.order]
    if not waiting:
        raise Refused("not-open-now", "没有等待回复的督办单。", cite=act.cite or IN_ORDER)
    draft.add(
        OrderAnswered(
            **draft.stamp,
            names=("order-answered",),
            cite=act.cite,
            key=waiting[0].key,
            text=_reason(command.text, act),
        )
    )


def regrade(draft: Draft, command: cmd.Regrade) -> None:
    """Set severity or category by hand; rules do not touch the severity any more."""
    act = check(draft, "regrade", command)
    severity = command.severity or draft.case.severity
    category = command.category or draft.case.category
    if severity and severity not in draft.regime.severity.levels:
        raise Refused(
            "wrong-value", "请选择严重程度。", cite=act.cite or COMPLETE_RECORDS, fields={"severity": "请选择"}
        )
    if category and category not in draft.regime.categories:
        raise Refused("wrong-value", "请选择类别。", cite=act.cite or COMPLETE_RECORDS, fields={"category": "请选择"})
    draft.add(
        Graded(
            **draft.stamp,
            names=("regrade", "graded"),
            cite=act.cite,
            severity=severity,
            category=category,
            by_hand=bool(command.severity),
        )
    )


def correct(draft: Draft, command: cmd.Correct) -> None:
    """Put a value right; the old one is kept, and no limit restarts."""
    act = check(draft, "correct", command)
    section, _, name = command.path.partition(".")
    fields = _known_fields(draft, section)
    if name not in fields and command.path not in ("respondent.unit", "respondent.person", "respondent.name"):
        raise Refused("wrong-value", f"没有“{command.path}”这一项。", cite=act.cite or COMPLETE_RECORDS)
    try:
        new = checked(fields[name], command.value, draft.context.calendar.zone) if name in fields else command.value
    except WrongValue as trouble:
        problems = {name: str(trouble)}
        raise Refused("wrong-value", f"{trouble}。", cite=act.cite or COMPLETE_RECORDS, fields=problems) from None
    old = getattr(draft.case, section).get(name) if name in fields else getattr(draft.case.respondent, name)
    draft.add(
        Corrected(
            **draft.stamp,
            names=("correct",),
            cite=act.cite,
            path=command.path,
            old=old,
            new=new,
            text=_reason(command.text, act),
        )
    )


def _known_fields(draft: Draft, section: str) -> dict[str, Any]:
    if section == "matter":
        return dict(draft.regime.intake.fields)
    if section == "facts":
        works = (*draft.regime.flow.values(), *draft.regime.acts.values())
        return {name: field for work in works for name, field in work.fields.items()}
    return {}


def recuse(draft: Draft, command: cmd.Recuse) -> None:
    """Step back, or keep somebody else from the case."""
    act = check(draft, "recuse", command)
    person = command.person or draft.actor.person
    draft.add(Recused(**draft.stamp, names=("recused",), cite=act.cite, person=person, text=_reason(command.text, act)))


def sign(draft: Draft, command: cmd.Sign) -> None:
    """Put one's signature on a document that lacks it."""
    case = draft.case
    act = draft.regime.acts["sign"]
    wanted = [
        each
        for each in case.documents.values()
        if each.missing() and command.document in ("", each.key) and command.form in ("", each.form)
    ]
    for document in wanted:
        for role in document.missing():
            if (role, draft.actor.person) in document.signatures:
                continue
            on_behalf = role == "complainant" and command.on_behalf and draft.actor.kind == "staff"
            if on_behalf or may(draft.regime, case, draft.actor, (role,), draft.context.directory):
                draft.add(
                    DocumentSigned(
                        **draft.stamp,
                        names=("sign",),
                        cite=act.cite,
                        key=document.key,
                        role=role,
                        signer="complainant" if on_behalf else draft.actor.person,
                    )
                )
                return
    raise Refused("not-yours", "没有等待您签名的文书。", cite=act.cite or WHO_MAY)


def acknowledge(draft: Draft, command: cmd.Acknowledge) -> None:
    """Confirm having read notices."""
    confirmed = False
    for notice, roles in list(draft.case.acknowledgements.items()):
        if command.notice not in ("", notice):
            continue
        mine = [r for r in roles if may(draft.regime, draft.case, draft.actor, (r,), draft.context.directory)]
        for role in mine:
            left = draft.case.acknowledgements.get(notice, ())
            draft.add(
                NoticeAcknowledged(
                    **draft.stamp,
                    names=("informed",),
                    notice=notice,
                    role=role,
                    all_done=len(left) == 1,
                )
            )
            confirmed = True
    if not confirmed:
        raise Refused("not-open-now", "没有等待您确认的通知。", cite=IN_ORDER)


def reopen(draft: Draft, command: cmd.Reopen) -> None:
    """Take the case up again: the regime's own step for it opens, otherwise the one that concludes."""
    act = check(draft, "reopen", command)
    _live_again(draft, act, _reason(command.text, act), ("reopen", "reopened"), appeal=False)


def appeal(draft: Draft, command: cmd.Appeal) -> None:
    """The complainant does not accept the result."""
    act = check(draft, "appeal", command)
    if not draft.case.answered:
        raise Refused("not-open-now", "还没有答复，暂不能申诉；可以催办或补充材料。", cite=act.cite or IN_ORDER)
    fields = _fields(draft, act, command.fields)
    draft.add(ActDone(**draft.stamp, cite=act.cite, act="appeal", text=command.text, fields=fields))
    _live_again(draft, act, _reason(command.text, act), ("appeal", "appealed"), appeal=True)


def is_under_way(draft: Draft, names: tuple[str, ...]) -> bool:
    """Whether the case is being worked on and no step of its own hangs on taking it up again."""
    opens = any(draft.regime.on(name).opens for name in names)
    return not opens and draft.case.state != "closed" and bool(draft.case.open_runs())


def _live_again(draft: Draft, act: Act, text: str, names: tuple[str, ...], *, appeal: bool) -> None:
    cite = act.cite or (CLOSED_STAYS_CLOSED.id,)
    opens = any(draft.regime.on(name).opens for name in names)
    if is_under_way(draft, names):
        raise Refused("not-open-now", "案件正在办理。", cite=cite)
    draft.add(Reopened(**draft.stamp, names=names, cite=cite, text=text, appeal=appeal))
    if opens:
        return
    for milestone in ("concluded", "replied"):
        for step in draft.regime.flow.values():
            if milestone in step.marks:
                runs = [run.round for run in draft.case.steps.values() if run.step == step.id]
                draft.add(
                    StepOpened(
                        **draft.stamp,
                        names=(f"{step.id}.opened",),
                        cite=cite,
                        step=step.id,
                        members=("",),
                        round=max(runs, default=0) + 1,
                        resets=tuple(sorted(step.followers)),
                    )
                )
                return
