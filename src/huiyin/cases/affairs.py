"""Affairs among the cases: opened, told of, missed. Only the system does these; everything else in them is as in any case."""

from dataclasses import replace

from huiyin.regime.affairs import CORRECTIVE, WATCH, declared
from huiyin.regime.affairs.corrective import OWNER_UNKNOWN
from huiyin.regime.affairs.frame import CLOSE
from huiyin.regime.affairs.keeping import keeping_duty
from huiyin.regime.model import Commitment, Regime, Watch
from huiyin.regime.vocabulary import KEPT, REVISION

from . import commands as cmd
from .assignment import Target, assign
from .closing import close
from .draft import Draft
from .events import Filed, Heard, NoticeQueued, Reason
from .people import Complainant
from .principles import IN_ORDER, WHO_MAY
from .refusals import Refused
from .state import Occasion


def open_affair(draft: Draft, command: cmd.OpenAffair) -> None:
    """Enter an affair in its register and make those responsible who owe it.

    Raises:
        Refused: somebody else than the system asks for it, or the regime is that of no affair.
    """
    _refuse_persons(draft)
    regime, context = draft.regime, draft.context
    if not regime.is_affair:
        raise Refused("wrong-value", "这不是事务的制度。")
    occasion = _named(draft, command)
    kind = next(iter(regime.kinds))
    cite = next(iter(regime.flow.values())).cite
    known = bool(command.unit or command.handler_role or command.handler)
    draft.add(
        Filed(
            **draft.stamp,
            names=_names(draft, command, known=known),
            cite=cite,
            why=Reason(declared_at(regime)),
            case=context.case_id,
            organisation=context.organisation,
            regime=regime.id,
            regime_version=regime.version,
            number=context.number,
            kind=kind,
            channel="",
            passed_on_by="",
            category=command.category,
            received_at=occasion.start if occasion.start and kind != WATCH else context.now,
            late_reason="",
            off_hours=False,
            matter={},
            points=(),
            complainant=Complainant(),
            respondent=command.respondent,
            evidence=(),
            severity="",
            origin=command.origin,
            occasion=occasion,
        )
    )
    if known:
        target = Target(command.role, command.unit, command.handler_role, command.handler, ())
        assign(draft, "", target, cite, Reason(declared_at(regime)), "")
    _tell(draft, occasion, cite)


def _named(draft: Draft, command: cmd.OpenAffair) -> Occasion:
    """The occasion with the number of the case, where a watch that looks at each case by itself has found one."""
    occasion = command.occasion
    if not occasion.group or occasion.group != command.origin:
        return occasion
    found = draft.context.history.cases((command.origin,))
    return replace(occasion, about=found[0].number) if found else occasion


def _names(draft: Draft, command: cmd.OpenAffair, *, known: bool) -> tuple[str, ...]:
    """An affair is received like a case; an alarm happens by its name; an owner who is not known has to be named."""
    kind = next(iter(draft.regime.kinds))
    if kind == WATCH:
        return ("received", command.occasion.event)
    return ("received", OWNER_UNKNOWN) if kind == CORRECTIVE and not known else ("received",)


def declared_at(regime: Regime) -> str:
    """Where the rule stands from which an affair came, such as `duties.open-boxes`."""
    if regime.affair == REVISION:
        return "governance.revise_every"
    for section in ("duties", "corrective", "watches", "commitments"):
        if regime.affair in getattr(regime, section):
            return f"{section}.{regime.affair}"
    if keeping_duty(regime, regime.affair) is not None:
        return f"samples.{regime.affair.removesuffix(KEPT)}.keep"
    if regime.affair in regime.accountability.measures:
        return f"accountability.measures.{regime.affair}.duty"
    raise AssertionError(regime.id)


def _tell(draft: Draft, occasion: Occasion, cite: tuple[str, ...]) -> None:
    """An alarm is told to whom the watch names, a missed commitment to its owner."""
    found = declared(draft.regime, draft.regime.affair)
    to: tuple[str, ...] = ()
    if isinstance(found, Watch):
        to = found.tell
    elif isinstance(found, Commitment) and found.owner:
        to = (found.owner,)
    if to:
        title = draft.regime.title
        notice = NoticeQueued(
            **draft.stamp,
            cite=cite,
            notice="core.alarm",
            notice_title=title,
            to=to,
            text=f"{title}：{occasion.about}，请查看并处置。" if occasion.about else f"{title}，请查看并处置。",
            about=draft.regime.affair,
        )
        draft.add(notice)


def hear(draft: Draft, command: cmd.Hear) -> None:
    """Keep what happened elsewhere; steps and limits of this case may have waited for it."""
    _refuse_persons(draft)
    draft.add(
        Heard(
            **draft.stamp,
            names=command.names,
            cite=(),
            source=command.source,
            number=command.number,
            text=command.text,
        )
    )


def miss(draft: Draft, _command: cmd.Miss) -> None:
    """Close what was not done in its period. That it is late has been recorded, with all that follows from it.

    What was handed in and waits for its approval is not missed, nor what was done and gave orders that are open still; it
    stays open beside the next one.

    Raises:
        Refused: not in an affair, or it is closed.
    """
    _refuse_persons(draft)
    if not draft.regime.is_affair or draft.case.state == "closed":
        raise Refused("not-open-now", "只有没有办完的事务才会作为“未办”结束。", cite=IN_ORDER)
    if any(run.status == "submitted" for run in draft.case.open_runs()) or _is_done(draft):
        return
    close(draft, "missed", by_step=False)


def _is_done(draft: Draft) -> bool:
    """Whether the work of the affair was done, so that only what it charged somebody with is left."""
    left = {run.step for run in draft.case.open_runs()} - {CLOSE}
    return not left and any(order.is_open for order in draft.case.orders.values())


def call_off(draft: Draft, _command: cmd.CallOff) -> None:
    """Close an affair whose cause is gone; nothing where it is over already.

    Raises:
        Refused: not in an affair.
    """
    _refuse_persons(draft)
    if not draft.regime.is_affair:
        raise Refused("not-open-now", "只有事务才会这样结束。", cite=IN_ORDER)
    if draft.case.state != "closed":
        close(draft, "sanction-withdrawn", by_step=False)


def _refuse_persons(draft: Draft) -> None:
    if draft.actor.kind != "system":
        raise Refused("not-yours", "由系统办理。", cite=WHO_MAY)
