"""The story of a case: its events as sentences, newest first."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from huiyin.application.loading import Opened
from huiyin.application.story_words import Words
from huiyin.cases import events as ev
from huiyin.cases.outsiders import as_known
from huiyin.store.availability import clear_failures
from huiyin.store.log import events_of, read_event

from . import charging, deciding, following, matter, papering, receiving, timing, working
from .entry import Entry


def story(opened: Opened) -> list[Entry]:
    """All that happened, newest first, without what the viewer may not see. One query."""
    with clear_failures():
        rows = events_of(opened.row.id)
    words = Words(opened.regime, opened.case, opened.world, opened.sight.hidden, opened.open_to())
    entries = [_entry(row.sequence, event, words) for row in rows if (event := _known(opened, read_event(row))) is not None]
    return [entry for entry in reversed(entries) if entry is not None]


def _known(opened: Opened, event: ev.Event) -> ev.Event | None:
    """A party outside is told what concerns it, everybody else who sees the case all of it."""
    if opened.actor.kind != "outside":
        return event
    directory = opened.world.directory(opened.regime.id)
    return as_known(opened.regime, opened.case, event, opened.actor, directory)


def _entry(sequence: int, event: ev.Event, words: Words) -> Entry | None:
    tell = TELL.get(type(event))
    if tell is None:
        return None
    told: Entry | None = tell(event, words)
    if told is None:
        return None
    return replace(
        told,
        sentence_zh=_for_the_complainant(told.sentence_zh) if event.on_behalf else told.sentence_zh,
        sequence=sequence,
        at=event.at,
        who=event.by,
        who_name=words.person(event.by),
        cite=event.cite,
        kind=type(event).__name__,
        member=getattr(event, "member", ""),
        rule=event.why.rule if event.why else "",
        values=event.why.values if event.why else None,
    )


def _for_the_complainant(sentence: str) -> str:
    """Whose act it was, where staff entered it: 投诉人撤回 becomes 代投诉人撤回."""
    return f"代投诉人{sentence.removeprefix('投诉人')}"


TELL: Mapping[type[ev.Event], Callable[[Any, Words], Entry | None]] = {
    **charging.TELL,
    **deciding.TELL,
    **following.TELL,
    **matter.TELL,
    **papering.TELL,
    **receiving.TELL,
    **timing.TELL,
    **working.TELL,
}
"""How each kind of event is told. A test keeps this table complete."""

__all__ = ["TELL", "Entry", "story"]
