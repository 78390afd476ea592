"""Opening steps: rounds, joins, passing over, copies (regime-language 1 and 2.4)."""

import zlib

from huiyin.regime.model import Step

from .draft import Draft
from .events import RoundsExhausted, StepOpened, StepPassedOver, WorkDone

FINISHED = ("done", "passed")


def open_step(draft: Draft, step: Step) -> None:
    """Open a step that an event calls for; pass it over when it is not needed; end when its rounds are used up."""
    case = draft.case
    if case.open_runs(step.id):
        return
    runs = [run for run in case.steps.values() if run.step == step.id]
    done_before = max((run.round for run in runs), default=0)
    if not _drawn(draft, step) or not draft.holds(step.when, f"flow.{step.id}", undecided=True):
        pass_over(draft, step)
        return
    most = rounds_of(draft, step)
    if most is not None and done_before >= most:
        draft.add(RoundsExhausted(**draft.stamp, names=(f"{step.id}.exhausted",), cite=step.cite, step=step.id))
        return
    resets = _resets(draft, step) if runs else ()
    draft.add(
        StepOpened(
            **draft.stamp,
            names=(f"{step.id}.opened",),
            cite=step.cite,
            step=step.id,
            members=_members(draft, step),
            round=done_before + 1,
            resets=resets,
        )
    )
    if step.by == ("system",) and not step.fields:
        draft.add(
            WorkDone(
                at=draft.context.now,
                by="system",
                names=(step.id, *step.marks),
                cite=step.cite,
                work=step.id,
                member="",
                outcome="",
                fields={},
                is_step=True,
                complete=True,
            )
        )


def rounds_of(draft: Draft, step: Step) -> int | None:
    """How many times the step may be done, or None."""
    return _number(draft, step.rounds)


def attempts_of(draft: Draft, step: Step) -> int:
    """How many attempts before giving up counts; 1 where the regime says nothing."""
    return _number(draft, step.attempts) or 1


def _number(draft: Draft, value: int | str | None) -> int | None:
    if isinstance(value, str):
        answer = draft.regime.answers.get(value.removeprefix("$"))
        return int(answer) if answer is not None else None
    return value


def _drawn(draft: Draft, step: Step) -> bool:
    """Whether the case is in the sample; the draw depends on case and step alone, so that it can be checked."""
    if step.share >= 100:
        return True
    return zlib.crc32(f"{draft.case.id}/{step.id}".encode()) % 100 < step.share


def _resets(draft: Draft, step: Step) -> tuple[str, ...]:
    """Steps that follow from this one and count as not done again."""
    return tuple(
        sorted({run.step for run in draft.case.steps.values() if run.step in step.followers and run.status in FINISHED})
    )


def _members(draft: Draft, step: Step) -> tuple[str, ...]:
    case = draft.case
    if step.per is None:
        return ("",)
    if step.per == "point":
        return tuple(str(number) for number in range(1, len(case.points) + 1)) or ("",)
    if step.per == "handling-unit":
        return case.units or ("",)
    if step.per == "respondent":
        return (case.respondent.person or case.respondent.unit or "",)
    playing = set(draft.context.directory.units_of(step.per))
    involved = [unit for unit in (*case.units, case.respondent.unit) if unit in playing]
    return tuple(dict.fromkeys(involved)) or ("",)


def pass_over(draft: Draft, step: Step) -> None:
    """The step is not needed: steps after it go on as if it were done, but limits, notices and forms do not fire."""
    before = draft.case.steps.get(step.id)
    if before is not None and before.status == "passed":
        return
    draft.add(StepPassedOver(**draft.stamp, cite=step.cite, step=step.id))
    reactions = draft.regime.on(step.id)
    for following in reactions.opens:
        open_step(draft, following)
    for following in reactions.joins:
        join(draft, following)


def join(draft: Draft, step: Step) -> None:
    """Open a step that waits for several, when all of them are done."""
    if all(_is_done(draft, name) for name in step.after_all):
        open_step(draft, step)


def _is_done(draft: Draft, name: str) -> bool:
    work, _, outcome = name.partition(":")
    if work in draft.regime.flow:
        runs = [run for run in draft.case.steps.values() if run.step == work]
        finished = bool(runs) and all(run.status in FINISHED for run in runs)
        return finished and (not outcome or any(run.outcome == outcome for run in runs))
    return draft.case.happened(name)
