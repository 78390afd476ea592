"""Limits, ladders, approvals."""

from collections.abc import Iterable, Mapping

from huiyin.regime.limits_written import LimitWritingError, parse_amount, parse_rung
from huiyin.regime.model import (
    Act,
    Approval,
    ApprovalStage,
    Extension,
    FromSetting,
    Limit,
    LimitRow,
    Promptly,
    Rung,
    Step,
)
from huiyin.regime.schema.work import ExtensionPart, LimitPart, LimitRowPart, RungPart
from huiyin.regime.source import Path
from huiyin.regime.vocabulary import ASSESSMENT_EVENTS, CATALOGUE

from .desk import Desk

_ASSESSED = frozenset(ASSESSMENT_EVENTS.values())


def limits(
    desk: Desk, steps: Mapping[str, Step], acts: Mapping[str, Act], ladders: Mapping[str, tuple[Rung, ...]]
) -> dict[str, Limit]:
    """All limits, each with its ladder (its own, or `default`)."""
    return {
        limit_id: _limit(desk, limit_id, part, ladders=ladders, steps=steps, acts=acts)
        for limit_id, part in desk.file.limits.items()
    }


def ladders_of(desk: Desk) -> dict[str, tuple[Rung, ...]]:
    """All ladders by name."""
    return {
        name: tuple(
            rung
            for number, part in enumerate(parts)
            if (rung := _rung(desk, part, ("ladders", name, number))) is not None
        )
        for name, parts in desk.file.ladders.items()
    }


def _limit(
    desk: Desk,
    limit_id: str,
    part: LimitPart,
    *,
    ladders: Mapping[str, tuple[Rung, ...]],
    steps: Mapping[str, Step],
    acts: Mapping[str, Act],
) -> Limit:
    path: Path = ("limits", limit_id)
    cite = desk.cite(part.cite, path)
    end = desk.event_list(part.end, (*path, "to"), message="limit-never-ends", limit=limit_id)
    if part.ladder:
        desk.reference(part.ladder, ladders, (*path, "ladder"), "提醒阶梯", "ladder")
    ladder = part.ladder or "default"
    by = desk.role_list(part.by, (*path, "by")) or doers(end, steps, acts)
    return Limit(
        id=limit_id,
        title=part.title or _title(limit_id, end, steps),
        start=desk.event_list(part.start, (*path, "from")),
        end=end,
        within=rows(desk, f"limits.{limit_id}", part.within, part.cite, path),
        cite=cite,
        when=desk.condition(part.when, (*path, "when"), "limit"),
        by=by,
        repeat=desk.amount(part.repeat, (*path, "repeat")),
        each=desk.event(part.each, (*path, "each")),
        extension=extension(desk, part.extension, (*path, "extension"), cite),
        ladder=ladders.get(ladder, ()),
        ladder_id=ladder if ladder in ladders else "",
        note=part.note,
    )


def rows(
    desk: Desk, key: str, parts: Iterable[LimitRowPart], cite: tuple[str, ...], path: Path
) -> tuple[LimitRow, ...]:
    """The rows of `within`; `key` names the answer that fills in a bare `promptly`."""
    found = []
    for number, each in enumerate(parts):
        row: Path = (*path, "within", number)
        text_path: Path = (*row, "within") if row in desk.source.values else (*path, "within")
        expression = desk.limit(each.within, text_path, key=key) or Promptly()
        found.append(
            LimitRow(
                within=expression,
                when=desk.condition(each.when, (*row, "when"), "limit"),
                cite=desk.cite(each.cite, row, needed=False) or cite,
            )
        )
    return tuple(found)


def _title(limit_id: str, end: tuple[str, ...], steps: Mapping[str, Step]) -> str:
    for event in end:
        step = steps.get(_owner(event))
        if step is not None:
            return step.title
        if event in CATALOGUE:
            return CATALOGUE[event]
    return limit_id


def doers(end: tuple[str, ...], steps: Mapping[str, Step], acts: Mapping[str, Act]) -> tuple[str, ...]:
    """Who owes the end of a limit: the doers of the step or act that brings it about, else the handler."""
    found: list[str] = []
    for event in end:
        owner = _owner(event)
        if owner in steps:
            found += steps[owner].by
        elif owner in acts and not acts[owner].core:
            found += acts[owner].by
        else:
            for step in steps.values():
                decided = event in _ASSESSED and "assessment" in step.decides
                assigned = event == "assigned" and "routing" in step.decides
                if event in step.marks or decided or assigned:
                    found += step.by
    if not found and set(end) & {"registered", "acknowledged"}:
        found = ["first-receiver"]
    return tuple(dict.fromkeys(found)) or ("handler",)


def _owner(event: str) -> str:
    return event.partition(":")[0].partition(".")[0]


def extension(desk: Desk, part: ExtensionPart | None, path: Path, cite: tuple[str, ...]) -> Extension | None:
    """How a limit, or the time of a report, may be extended; None where it may not."""
    if part is None:
        return None
    act = desk.file.acts.get("extend")
    if part.approval is None and (act is None or act.approval is None):
        desk.found.add("extension-unapproved", path)
    if (part.add_up_to is None) == (part.total_up_to is None):
        desk.found.add("extension-amount", path)
    return Extension(
        approval=desk.approval(part.approval, (*path, "approval")) or "",
        add_up_to=desk.amount(part.add_up_to, (*path, "add_up_to")),
        total_up_to=desk.amount(part.total_up_to, (*path, "total_up_to")),
        times=desk.whole(part.times, (*path, "times")),
        ask=part.ask,
        fields=desk.fields(part.fields, part.required, (*path, "fields")),
        required=desk.required(part.required, part.fields, (*path, "required")),
        cite=desk.cite(part.cite, path, needed=False) or cite,
    )


def _rung(desk: Desk, part: RungPart, path: Path) -> Rung | None:
    try:
        rung = parse_rung(part.at)
    except LimitWritingError as error:
        desk.found.add("bad-limit", (*path, "at"), text=part.at, hint=error.hint)
        return None
    span = rung.span
    if isinstance(span, FromSetting):
        answer = desk.setting(span.name, (*path, "at"))
        try:
            span = parse_amount(answer) if isinstance(answer, str) else span
        except LimitWritingError as error:
            desk.found.add("bad-limit", (*path, "at"), text=str(answer), hint=error.hint)
    return Rung(
        span=span,
        side=rung.side,
        share=rung.share,
        remind=desk.role_list(part.remind, (*path, "remind")),
        tell=desk.role_list(part.tell, (*path, "tell")),
        order_by=desk.optional_role(part.order_by, (*path, "order_by")),
    )


def approvals(desk: Desk) -> dict[str, Approval]:
    """The approvals of the file; those that are roles join them as they are used."""
    result = {}
    for approval_id, part in desk.file.approvals.items():
        path: Path = ("approvals", approval_id)
        stages = []
        for number, stage in enumerate(part.stages):
            here: Path = (*path, "stages", number)
            if not stage.by and not stage.all_of:
                desk.found.add("missing-key", here, key="by")
            stages.append(
                ApprovalStage(
                    by=desk.role_list(stage.by, (*here, "by")),
                    all_of=desk.role_list(stage.all_of, (*here, "all")),
                    when=desk.condition(stage.when, (*here, "when")),
                    within=desk.limit(stage.within, (*here, "within"), key=f"approvals.{approval_id}"),
                    otherwise=desk.optional_role(stage.otherwise, (*here, "else")),
                )
            )
        result[approval_id] = Approval(
            id=approval_id,
            title=part.title or "审批",
            stages=tuple(stages),
            rejected=part.rejected,
            cite=desk.cite(part.cite, path, needed=False),
        )
    return result
