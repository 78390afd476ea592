"""Samples: the rules that these events come from."""

from collections.abc import Iterator

from huiyin.cases import events as ev

from .known import Known, paths_by_kind


@paths_by_kind.register
def _(event: ev.SampleTaken, known: Known) -> Iterator[str]:
    known.samples[event.key] = event.kind
    yield f"samples.{event.kind}"
    yield f"{known.work(event.work)}.takes"
    if event.state:
        yield f"samples.{event.kind}.sealed"
    if event.keep_until:
        yield f"samples.{event.kind}.keep"
    yield from known.roles(event.present)


@paths_by_kind.register
def _(event: ev.SampleHandedOver, known: Known) -> Iterator[str]:
    yield f"samples.{known.samples[event.key]}"
    yield f"{known.work(event.work)}.hands_over"


@paths_by_kind.register
def _(event: ev.SampleCoded, known: Known) -> Iterator[str]:
    yield f"samples.{known.samples[event.key]}.blind"
    yield f"{known.work(event.work)}.blinds"


@paths_by_kind.register
def _(event: ev.SampleTested, known: Known) -> Iterator[str]:
    kind, path = known.samples[event.key], known.work(event.work)
    yield f"samples.{kind}"
    yield f"{path}.tests"
    yield from (f"{path}.fields.{name}" for name in event.fields)
    if event.number > 1:
        yield f"samples.{kind}.testers"
