"""Filing: the first command of every case."""

from collections.abc import Mapping
from datetime import datetime

from huiyin.regime.model import Regime

from .commands import File
from .draft import Draft
from .events import Filed, Marked
from .evidence import checked_pieces
from .measures_in_force import refuse_people_barred
from .principles import COMPLETE_RECORDS, NO_FUTURE_RECEIPT
from .refusals import Refused
from .scope import CaseScope
from .sources import let_in, problems_of_source
from .state import Case
from .tables import grade
from .values import checked_fields, is_empty

MOST_POINTS = 50  # demands listed one by one; more than this is a mass filing, which comes as several cases


def file_case(draft: Draft, command: File) -> None:
    """Enter a matter in the register.

    Raises:
        Refused: kind, channel, fields, evidence or times do not fit the regime, or a measure bars somebody who is filled in.
    """
    regime, context = draft.regime, draft.context
    blank = _blank_case(regime, draft, command)
    scope = CaseScope(regime, blank, context)
    _refuse_unfit(draft, command)
    blank.matter = checked_fields(
        regime.intake.fields,
        (),
        command.matter,
        scope=scope,
        section="matter",
        zone=context.calendar.zone,
        cite=(),
    )
    refuse_people_barred(scope, regime.intake.fields, blank.matter, context.calendar)
    blank.received_at = _received_at(command, context.now)
    blank.evidence = ()
    blank.evidence = checked_pieces(regime, blank, context, command.evidence, ())
    _refuse_missing_evidence(regime, blank, draft, command)
    draft.add(_filed(draft, command, blank))
    if command.source:
        let_in(draft, command)
    grade(draft)
    milestones = [name for name in ("registered", "acknowledged") if not _marked_by_step(regime, name)]
    for milestone in milestones:
        draft.add(Marked(at=context.now, by="system", names=(milestone,), milestone=milestone))


def _filed(draft: Draft, command: File, blank: Case) -> Filed:
    """The first event, once everything in `blank` has been checked."""
    regime, context = draft.regime, draft.context
    return Filed(
        **draft.stamp,
        names=("received",),
        case=context.case_id,
        organisation=context.organisation,
        regime=regime.id,
        regime_version=regime.version,
        number=context.number,
        kind=command.kind,
        channel=command.channel,
        passed_on_by=_passed_on_by(regime, command),
        category=command.category or category_from(regime, blank.matter),
        received_at=blank.received_at,
        late_reason=command.late_reason,
        off_hours=not context.calendar.works_at(blank.received_at),
        matter=blank.matter,
        points=_points(command),
        complainant=command.complainant,
        respondent=command.respondent,
        evidence=blank.evidence,
        severity=next(iter(regime.severity.levels), ""),
        origin=command.origin,
        source=command.source,
    )


def _blank_case(regime: Regime, draft: Draft, command: File) -> Case:
    """What conditions see before the case exists."""
    now = draft.context.now
    return Case(
        id=draft.context.case_id,
        organisation=draft.context.organisation,
        regime=regime.id,
        regime_version=regime.version,
        number=draft.context.number,
        kind=command.kind,
        channel=command.channel,
        passed_on_by=_passed_on_by(regime, command),
        source=command.source,
        received_at=command.received_at or now,
        filed_at=now,
        category=command.category,
        complainant=command.complainant,
        respondent=command.respondent,
        points=command.points,
        evidence=command.evidence,
    )


def _passed_on_by(regime: Regime, command: File) -> str:
    """Who passed the matter on: as said, or the role that this channel is for."""
    channel = regime.intake.channels.get(command.channel)
    return command.passed_on_by or (channel.passed_on_by if channel and channel.passed_on_by else "")


def _refuse_unfit(draft: Draft, command: File) -> None:
    regime, actor = draft.regime, draft.context.actor
    problems = dict(problems_of_source(draft, command))
    if command.kind not in regime.kinds:
        problems["kind"] = "请选择：" + "、".join(regime.kinds.values())
    channel = regime.intake.channels.get(command.channel)
    if channel is None:
        problems["channel"] = "请选择来源：" + "、".join(each.title for each in regime.intake.channels.values())
    if command.category and command.category not in regime.categories:
        problems["category"] = "请选择类别：" + "、".join(each.title for each in regime.categories.values())
    if command.complainant.anonymous and regime.intake.anonymous == "refused":
        problems["anonymous"] = "本制度不接受匿名，请留下姓名和联系方式（可以要求保密）"
    if command.complainant.anonymous and regime.intake.anonymous == "verified-only" and actor.kind != "staff":
        problems["anonymous"] = "本制度要核实身份，请留下姓名和联系方式；工作人员核实后可以替您隐去姓名"
    if not 1 <= command.complainant.people <= 1_000_000:
        problems["people"] = "人数应为1至1000000"
    if any(item.kind and item.kind not in regime.intake.evidence for item in command.evidence):
        problems["evidence"] = "请选择材料种类：" + "、".join(each.title for each in regime.intake.evidence.values())
    if len(command.points) > MOST_POINTS:
        problems["points"] = f"最多{MOST_POINTS}条诉求"
    if problems:
        message = "；".join(problems.values()) + "。"
        raise Refused("wrong-value", message, cite=COMPLETE_RECORDS, fields=problems)


def _received_at(command: File, now: datetime) -> datetime:
    """When it was received: never in the future, and earlier than now only with a reason."""
    if command.received_at is None:
        return now
    if command.received_at > now:
        raise Refused("future-receipt", cite=NO_FUTURE_RECEIPT, fields={"received_at": "收到时间不能晚于现在"})
    if command.received_at < now and not command.late_reason.strip():
        message = "收到时间早于登记时间，请写明补登原因。"
        raise Refused("missing-field", message, cite=NO_FUTURE_RECEIPT, fields={"late_reason": "请写明补登原因"})
    return command.received_at


def _refuse_missing_evidence(regime: Regime, case: Case, draft: Draft, command: File) -> None:
    scope = CaseScope(regime, case, draft.context)
    given = {item.kind for item in command.evidence}
    problems: dict[str, str] = {}
    cite: tuple[str, ...] = ()
    for kind in regime.intake.evidence.values():
        needed = kind.required if isinstance(kind.required, bool) else scope.holds(kind.required)
        if needed and kind.id not in given:
            instead = f"；没有的，可用{kind.instead}代替" if kind.instead else ""
            problems[f"evidence.{kind.id}"] = f"请提供{kind.title}{instead}"
            cite = cite + kind.cite
    if problems:
        message = "；".join(problems.values()) + "。"
        raise Refused("missing-field", message, cite=cite or COMPLETE_RECORDS, fields=problems)


def _points(command: File) -> tuple[str, ...]:
    return tuple(point.strip() for point in command.points if point.strip())


def category_from(regime: Regime, matter: Mapping[str, object]) -> str:
    """The category that a choice field names whose options are categories; empty when there is none."""
    for name, field in regime.intake.fields.items():
        value = matter.get(name)
        is_tree = bool(field.choices) and all(choice in regime.categories for choice in field.choices)
        if is_tree and not is_empty(value):
            return str(value)
    return ""


def _marked_by_step(regime: Regime, milestone: str) -> bool:
    return any(milestone in step.marks for step in regime.flow.values())
