"""Flags on the person who complains: put up, renewed and taken down as the regime says (regime-language 3.16)."""

from huiyin.regime.model import FlagKind

from .draft import Draft
from .events import Event, FlagEnded, Flagged


def put_up(draft: Draft, kind: FlagKind, event: Event) -> None:
    """Put a flag up, or renew it: what is told with it is what the case knows by now."""
    calendar, facts = draft.context.calendar, draft.case.facts
    draft.add(
        Flagged(
            at=event.at,
            by=event.by,
            cite=kind.cite,
            flag=kind.id,
            flag_title=kind.title,
            party=draft.case.complainant.party,
            until=calendar.due(event.at, kind.lasts).at if kind.lasts else None,
            text=str(getattr(event, "text", "")),
            shown={name: facts[name] for name in kind.shows if facts.get(name) not in (None, "")},
        )
    )


def take_down(draft: Draft, kind: FlagKind, event: Event) -> None:
    """Take a flag down, where it is up."""
    if kind.id in draft.case.flags:
        draft.add(FlagEnded(at=event.at, by=event.by, cite=kind.cite, flag=kind.id, flag_title=kind.title))
