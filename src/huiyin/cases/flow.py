"""Opening steps: rounds, joins, passing over, copies (regime-language 1 and 2.4)."""

import zlib
from collections.abc import Sequence

from huiyin.regime.model import Step

from .closing import cancel_runs
from .draft import Draft
from .events import RoundsExhausted, StepOpened, StepPassedOver
from .refusals import Refused
from .state import StepRun

FINISHED = ("done", "passed")


def open_step(draft: Draft, step: Step, passing: frozenset[str] = frozenset()) -> None:
    """Open a step that an event calls for; pass it over when it is not needed; end when its rounds are used up.

    `passing`: steps whose passing over led here, so that steps passed over in a circle come to an end.
    """
    if draft.case.open_runs(step.id):
        return
    if not _drawn(draft, step):
        _pass_over(draft, step, passing, share=step.share)
        return
    if not draft.holds(step.when, f"flow.{step.id}", undecided=True):
        _pass_over(draft, step, passing)
        return
    most = rounds_of(draft, step)
    if most is not None and rounds_done(draft, step.id) >= most:
        draft.add(RoundsExhausted(**draft.stamp, names=(f"{step.id}.exhausted",), cite=step.cite, step=step.id))
        return
    _open(draft, step, step.cite)


def _open(draft: Draft, step: Step, cite: tuple[str, ...]) -> None:
    following = _following(draft, step)
    _cancel(draft, following)
    draft.add(
        StepOpened(
            **draft.stamp,
            names=(f"{step.id}.opened",),
            cite=cite,
            step=step.id,
            members=members_of(draft, step.per),
            round=rounds_done(draft, step.id) + 1,
            resets=_resets(following),
        )
    )


def next_round(draft: Draft, step: Step, cite: tuple[str, ...]) -> None:
    """Open a step once more because somebody took the case up again, whatever its `when` says.

    Raises:
        Refused: no-more-rounds, when it has been done as often as the regime allows.
    """
    most = rounds_of(draft, step)
    if most is not None and rounds_done(draft, step.id) >= most:
        message = f"“{step.title}”只能进行{most}轮。"
        raise Refused("no-more-rounds", message, cite=step.cite, rule=f"flow.{step.id}.rounds")
    if not draft.case.open_runs(step.id):
        _open(draft, step, cite)


def decide_again(draft: Draft, table: str) -> None:
    """Open the step that decided a table (assessment, routing) again; this is no round of its own.

    Where several steps may decide it, the one that was open last. Nothing happens when no step decides the table.
    """
    deciding = [step for step in draft.regime.flow.values() if table in step.decides]
    if not deciding or any(draft.case.open_runs(step.id) for step in deciding):
        return
    opened = {run.step: run.opened_at for run in draft.case.steps.values() if run.status != "passed"}
    step = max(deciding, key=lambda each: (each.id in opened, opened.get(each.id, draft.case.filed_at)))
    draft.add(
        StepOpened(
            **draft.stamp,
            names=(f"{step.id}.opened",),
            cite=step.cite,
            step=step.id,
            members=("",),
            round=max(rounds_done(draft, step.id), 1),
        )
    )


def rounds_done(draft: Draft, step: str) -> int:
    """How many rounds of a step count. One that was cancelled before it was done does not: nothing was done in it."""
    runs = [run for run in draft.case.steps.values() if run.step == step]
    latest = max((run.round for run in runs), default=0)
    undone = any(run.status == "cancelled" for run in runs if run.round == latest)
    return latest - 1 if undone else latest


def rounds_of(draft: Draft, step: Step) -> int | None:
    """How many times the step may be done, or None."""
    return number_of(draft, step.rounds)


def attempts_of(draft: Draft, step: Step) -> int:
    """How many attempts before giving up counts; 1 where the regime says nothing."""
    return number_of(draft, step.attempts) or 1


def number_of(draft: Draft, value: int | str | None) -> int | None:
    """A number as the regime writes it, or the organisation's answer to the setting it names; None without either."""
    if isinstance(value, str):
        answer = draft.regime.answers.get(value.removeprefix("$"))
        return int(answer) if answer is not None else None
    return value


def _drawn(draft: Draft, step: Step) -> bool:
    """Whether the case is in the sample; the draw depends on case and step alone, so that it can be checked."""
    if step.share >= 100:
        return True
    return zlib.crc32(f"{draft.case.id}/{step.id}".encode()) % 100 < step.share


def _resets(following: Sequence[StepRun]) -> tuple[str, ...]:
    """Steps that count as not done again: those that follow from this one and were opened after it last was.

    Only where a round begins. A step that the beginning of this round has reset already goes on with the round.
    """
    return tuple(sorted({run.step for run in following if run.status in FINISHED}))


def _cancel(draft: Draft, following: Sequence[StepRun]) -> None:
    """What follows from the step and is still open waits for this round's work, so it is taken back until then."""
    cancel_runs(draft, [run.key for run in following if run.status in ("open", "submitted")], "new-round")


def _following(draft: Draft, step: Step) -> list[StepRun]:
    """Runs of steps that follow from this one, opened after it last was; none where no new round begins."""
    found: list[StepRun] = []
    for run in reversed(draft.case.steps.values()):  # in the order in which they were opened
        if run.step == step.id:
            return found[::-1] if run.status != "void" else []
        if run.step in step.followers:
            found.append(run)
    return []


def members_of(draft: Draft, per: str | None) -> tuple[str, ...]:
    """The members of work that is done in copies: one empty name where there are none, or the work is done once."""
    case = draft.case
    if per is None:
        return ("",)
    if per == "point":
        return tuple(str(number) for number in range(1, len(case.points) + 1)) or ("",)
    if per == "handling-unit":
        return case.units or ("",)
    if per == "respondent":
        return (case.respondent.person or case.respondent.unit or "",)
    role = draft.regime.roles.get(per)
    playing = set(draft.context.directory.units_of(role.of if role and role.of else per))
    involved = [unit for unit in (*case.units, case.respondent.unit) if unit in playing]
    return tuple(dict.fromkeys(involved)) or ("",)


def _pass_over(draft: Draft, step: Step, passing: frozenset[str], share: int | None = None) -> None:
    """The step is not needed: steps after it go on as if it were done, but limits, notices and forms do not fire."""
    if step.id in passing:
        return
    follows = _following(draft, step)
    _cancel(draft, follows)
    draft.add(StepPassedOver(**draft.stamp, cite=step.cite, step=step.id, resets=_resets(follows), share=share))
    reactions = draft.regime.on(step.id)
    for following in reactions.opens:
        open_step(draft, following, passing | {step.id})
    for following in reactions.joins:
        join(draft, following, passing | {step.id})


def join(draft: Draft, step: Step, passing: frozenset[str] = frozenset()) -> None:
    """Open a step that waits for several, when all of them are done."""
    if all(_is_done(draft, name) for name in step.after_all):
        open_step(draft, step, passing)


def _is_done(draft: Draft, name: str) -> bool:
    work, _, outcome = name.partition(":")
    if work in draft.regime.flow:
        runs = [run for run in draft.case.steps.values() if run.step == work]
        finished = bool(runs) and all(run.status in FINISHED for run in runs)
        return finished and (not outcome or any(run.outcome == outcome for run in runs))
    return draft.case.happened(name)
