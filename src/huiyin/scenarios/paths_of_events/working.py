"""Steps, acts, questionnaires: the rules that these events come from."""

from collections.abc import Iterator

from huiyin.cases import events as ev

from .known import Known, paths_by_kind


@paths_by_kind.register
def _(event: ev.StepOpened, known: Known) -> Iterator[str]:
    step = known.regime.flow[event.step]
    yield f"flow.{step.id}"
    if step.per:
        yield f"flow.{step.id}.per"


@paths_by_kind.register
def _(event: ev.StepPassedOver, _known: Known) -> Iterator[str]:
    yield f"flow.{event.step}.{'when' if event.share is None else 'share'}"


@paths_by_kind.register
def _(event: ev.RoundsExhausted, _known: Known) -> Iterator[str]:
    yield f"flow.{event.step}.rounds"


@paths_by_kind.register
def _(event: ev.WorkSubmitted, known: Known) -> Iterator[str]:
    yield f"{known.work(event.work)}.approval"
    yield from _done(known.work(event.work), event)


@paths_by_kind.register
def _(event: ev.WorkDone, known: Known) -> Iterator[str]:
    path = known.work(event.work)
    yield path
    yield from _done(path, event)
    yield from known.roles(event.present)


def _done(path: str, event: ev.WorkSubmitted | ev.WorkDone) -> Iterator[str]:
    yield from (f"{path}.fields.{name}" for name in event.fields)
    if event.outcome:
        yield f"{path}.outcomes.{event.outcome}"
    if event.present:
        yield f"{path}.with"


@paths_by_kind.register
def _(event: ev.WorkAttempted, known: Known) -> Iterator[str]:
    yield f"{known.work(event.work)}.attempts"


@paths_by_kind.register
def _(event: ev.ActDone, _known: Known) -> Iterator[str]:
    yield f"acts.{event.act}"
    yield from (f"acts.{event.act}.fields.{name}" for name in event.fields)
    yield from (f"acts.{event.act}.outcomes.{name.partition(':')[2]}" for name in event.names if name.startswith(f"{event.act}:"))


@paths_by_kind.register
def _(event: ev.AnswersFilled, _known: Known) -> Iterator[str]:
    yield from (f"questionnaires.{event.questionnaire}.questions.{name}" for name in event.answers)
    if event.satisfied is not None:
        yield f"questionnaires.{event.questionnaire}.satisfied"
