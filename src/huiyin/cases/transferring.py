"""A transfer to a body outside after it was decided: sent with its enclosures, received, or given back.

Until the body has confirmed, the case stays open. What the regime does not say of transfers (`transfers`) ends with the
decision, as a refusal does.
"""

from collections.abc import Mapping
from typing import Any

from huiyin.records import replace
from huiyin.regime.model import EVIDENCE, STATEMENT, Act, Regime

from . import commands as cmd
from .bodies_outside import body_choices, is_unnamed, outside_body
from .closing import cancel_runs
from .draft import Draft
from .due_times import due_time, plan_rungs
from .events import (
    ApprovalCancelled,
    InvitationEnded,
    LeftUndecided,
    ObligationCancelled,
    OutsideInvited,
    TransferReceived,
    TransferReturned,
    TransferSent,
)
from .flow import decide_again
from .inviting import came_by_link, is_invited, link_until
from .moving import resumed
from .people import OutsideBody
from .principles import PERSON_DECIDES
from .recording import reason_of
from .refusals import Refused
from .state import Case, Document, Obligation, TransferOut

TRANSFER_ACTS = ("send-transfer", "confirm-transfer", "return-transfer")
_OF_A_TRANSFER = frozenset({"transferred", "transfer", "transfer-sent", "send-transfer"})
"""A limit that begins with one of these measures the transfer itself."""


def send(draft: Draft, act: Act, command: cmd.SendTransfer, _fields: Mapping[str, Any]) -> None:
    """Send the case to the body, with the evidence chosen; our own limits stand still where the regime says so.

    Raises:
        Refused: nothing is to be sent, there is no such body or piece of evidence, or it is not said which of many.
    """
    rules, transfer = draft.regime.transfers, draft.case.transfer
    if rules is None or transfer is None or transfer.stage != "decided":
        raise Refused("not-open-now", "现在没有等待发出的移送。", cite=act.cite)
    body = _body(draft, transfer, command.body, act)
    known = tuple(item.key for item in draft.case.evidence)
    if set(command.without) - set(known):
        raise Refused("wrong-value", "没有这件材料。", cite=act.cite, fields={"without": "请选择列出的材料"})
    stops = rules.receipt and rules.clock != "runs"
    paused = [item.key for item in draft.case.running() if item.paused_at is None and not _measures(draft.regime, item)]
    invitation = _open_link(draft, act, body) if rules.receipt else ""
    draft.add(
        TransferSent(
            **draft.stamp,
            names=("send-transfer", "transfer-sent"),
            cite=act.cite or rules.cite,
            body=body,
            enclosures=tuple(key for key in known if key not in command.without) if EVIDENCE in rules.package else (),
            paused=tuple(paused) if stops else (),
            invitation=invitation,
            text=command.text,
        )
    )


def papers_in_package(case: Case, regime: Regime) -> tuple[Document, ...]:
    """The papers that go along: the letter first, then the forms of the package in their order, the latest of each."""
    rules, current = regime.transfers, [each for each in case.documents.values() if not each.replaced_by]
    letters = [each for each in current if each.work == "send-transfer"]
    latest = {each.form: each for each in current}
    wanted = [latest[form] for form in (rules.package if rules else ()) if form in latest]
    return tuple({each.key: each for each in (*letters, *wanted)}.values())


def parts_of_package(case: Case, regime: Regime) -> tuple[str, ...]:
    """What a transfer that was sent carries: forms by name, `statement`, and `evidence` where there is any."""
    rules, transfer = regime.transfers, case.transfer
    if rules is None or transfer is None or transfer.sent_at is None:
        return ()
    papers = dict.fromkeys(each.form for each in papers_in_package(case, regime))
    said = (STATEMENT,) if STATEMENT in rules.package else ()
    return (*papers, *said, *((EVIDENCE,) if transfer.enclosures else ()))


def _body(draft: Draft, transfer: TransferOut, wanted: str, act: Act) -> OutsideBody:
    """Whom it goes to: whom it was decided for, or another the same ground leads to."""
    choices = bodies_to_send_to(draft)
    role, _, name = (wanted or decided_for(draft.regime, transfer)).partition("/")
    if {f"{role}/{name}" if name else role, f"{role}/" if name else ""} & set(choices):
        return outside_body(draft, role, name)
    message = f"请选择移送给哪个单位：{'、'.join(choices.values())}。"
    raise Refused("missing-field", message, cite=act.cite, fields={"body": "请选择单位"})


def decided_for(regime: Regime, transfer: TransferOut) -> str:
    """Whom a transfer was decided for, as `body_choices` names it; of many of which none was named, the role alone."""
    role = regime.roles.get(transfer.body.role)
    many = role is not None and role.many and not is_unnamed(regime, transfer.body)
    return f"{transfer.body.role}/{transfer.body.name}" if many else transfer.body.role


def bodies_to_send_to(draft: Draft) -> dict[str, str]:
    """The bodies a decided transfer may go to, as `body_choices` gives them: the one decided for first."""
    transfer = draft.case.transfer
    if transfer is None:
        return {}
    row = next((row for row in draft.regime.assessment if row.id == draft.case.decided.get("assessment")), None)
    others = row.to if row else draft.regime.acts["transfer"].to
    return body_choices(draft.regime, (transfer.body.role, *others), draft.context.tables)


def _open_link(draft: Draft, act: Act, body: OutsideBody) -> str:
    """A body that is reached by a link gets one with the transfer, so that it can confirm or give back; its key."""
    if draft.regime.roles[body.role].reached_by != "link":
        return ""
    key = str(len(draft.case.invitations) + 1)
    draft.add(
        OutsideInvited(
            **draft.stamp, names=("invite",), cite=act.cite, key=key, role=body.role, unit="", name=body.name, text="移送案件",
            until=link_until(draft, body.role),
        )
    )
    return key


def confirm(draft: Draft, act: Act, command: cmd.ConfirmTransfer, _fields: Mapping[str, Any]) -> None:
    """The body has the case: recorded by our staff from its receipt, or by the body itself through its link.

    Raises:
        Refused: no receipt is awaited, it is not this body's, nobody is named, or the day cannot be.
    """
    transfer = _awaited(draft, act)
    name = command.received_by.strip()
    if not name:
        raise Refused("missing-field", "请写明签收人。", cite=act.cite, fields={"received_by": "请写明签收人"})
    zone = draft.context.calendar.zone
    today = draft.context.now.astimezone(zone).date()
    sent = (transfer.sent_at or transfer.decided_at).astimezone(zone).date()
    day = command.received_on or today
    if not sent <= day <= today:
        message = f"签收日期应在{sent:%Y-%m-%d}（发出）至今天之间。"
        raise Refused("wrong-value", message, cite=act.cite, fields={"received_on": message.rstrip("。")})
    draft.add(
        TransferReceived(
            **draft.stamp,
            names=("confirm-transfer", "transfer-received"),
            cite=act.cite or _cite(draft),
            received_by=name,
            received_on=day,
            their_number=command.their_number.strip(),
            text=command.text,
        )
    )


def give_back(draft: Draft, act: Act, command: cmd.ReturnTransfer, fields: Mapping[str, Any]) -> None:
    """The body gives the case back: it is ours again, is assessed anew, and our limits go on as the regime says.

    Raises:
        Refused: no receipt is awaited, it is not this body's, or no reason was given.
    """
    transfer = _awaited(draft, act)
    text = command.text if fields else reason_of(command.text, act)
    for item in draft.case.running():
        limit = draft.regime.limits.get(item.limit)
        if limit is not None and _measures(draft.regime, item) and not {"transfer-returned", "return-transfer"} & set(limit.end):
            draft.add(ObligationCancelled(**draft.stamp, key=item.key, cause="transfer-returned", cite=item.cite))
    if transfer.invitation and draft.case.invitations[transfer.invitation].ended_at is None:
        draft.add(InvitationEnded(**draft.stamp, names=("uninvite",), cite=act.cite, key=transfer.invitation, text="移送退回"))
    draft.add(
        TransferReturned(
            **draft.stamp,
            names=("return-transfer", "transfer-returned"),
            cite=act.cite or _cite(draft),
            text=text,
            obligations=_our_limits(draft),
        )
    )


def take_back(draft: Draft) -> None:
    """After a return: whoever decides assessment does so anew, where no step of the regime begins with the return."""
    if any(draft.regime.on(name).opens for name in ("return-transfer", "transfer-returned")):
        return
    if draft.regime.decided_by_step("assessment"):
        decide_again(draft, "assessment")
    else:
        draft.add(LeftUndecided(**draft.stamp, table="assessment", row="", missing=(), cite=(PERSON_DECIDES.id,)))


def set_aside(draft: Draft) -> None:
    """The case is to leave us: open steps and proposals end; limits are left for the time after a return."""
    cancel_runs(draft, [run.key for run in draft.case.open_runs()], "transferred")
    for pending in list(draft.case.approvals.values()):
        if pending.kind != "sanction":
            draft.add(ApprovalCancelled(**draft.stamp, key=pending.key, cause="transferred", cite=pending.cite))


def makes_sense_now(draft: Draft, act: Act) -> bool:
    """Whether a transfer has come so far that this act of it can be done by the actor; true of all other acts."""
    if act.id not in TRANSFER_ACTS:
        return True
    if act.id == "send-transfer":
        transfer = draft.case.transfer
        return draft.regime.transfers is not None and transfer is not None and transfer.stage == "decided"
    try:
        _awaited(draft, draft.regime.acts["confirm-transfer"])
    except Refused:
        return False
    return True


def _awaited(draft: Draft, act: Act) -> TransferOut:
    """The transfer that is on its way; of a party that came by a link, its own."""
    rules, transfer, actor = draft.regime.transfers, draft.case.transfer, draft.actor
    if rules is None or not rules.receipt or transfer is None or transfer.stage != "sent":
        raise Refused("not-open-now", "现在没有等待签收的移送。", cite=act.cite)
    own = came_by_link(actor) and is_invited(draft.case, actor) and actor.person.endswith(f":{transfer.invitation}")
    if actor.kind == "outside" and not own:
        raise Refused("not-yours", "这次移送不是交给您的。", cite=act.cite)
    return transfer


def _our_limits(draft: Draft) -> tuple[Obligation, ...]:
    """Our limits after a return: moved by the time away, or beginning anew."""
    moved = resumed(draft)
    rules = draft.regime.transfers
    if rules is None or rules.clock != "anew":
        return moved
    return tuple(_anew(draft, item) for item in moved)


def _anew(draft: Draft, item: Obligation) -> Obligation:
    limit, now = draft.regime.limits.get(item.limit), draft.context.now
    if limit is None:
        return item
    due = due_time(limit.within[item.row].within, now, draft.scope(), draft)
    at = due.at if due else None
    return replace(
        item, started_at=now, due=at, first_due=at, provisional=bool(due and due.provisional), pauses=(), added=(), extended=0,
        rungs=plan_rungs(draft, limit, at, now, item.row), fired=0, status="running", breached_at=None,
    )  # fmt: skip


def _measures(regime: Regime, item: Obligation) -> bool:
    """Whether an obligation measures the transfer itself."""
    limit = regime.limits.get(item.limit)
    return limit is not None and bool(_OF_A_TRANSFER & set(limit.start))


def _cite(draft: Draft) -> tuple[str, ...]:
    return draft.regime.transfers.cite if draft.regime.transfers else ()
