"""Flags: what is put up, until when, what is told with it."""

from huiyin.regime.model import FlagKind
from huiyin.regime.source import Path

from .desk import Desk
from .names import fields_of_work
from .resolving import item


def flags(desk: Desk) -> dict[str, FlagKind]:
    """The kinds of flags in the order of the file."""
    result = {}
    known = {name for name, *_rest in fields_of_work(desk.file)}
    for flag_id, part in desk.file.flags.items():
        path: Path = ("flags", flag_id)
        for number, name in enumerate(part.shows):
            desk.reference(name, known, item((*path, "shows"), number, desk.source), "内容", "field")
        result[flag_id] = FlagKind(
            id=flag_id,
            title=part.title or flag_id,
            after=desk.event_list(part.after, (*path, "after")),
            ends=desk.event_list(part.ends, (*path, "ends")),
            lasts=desk.amount(part.lasts, (*path, "lasts")),
            shows=part.shows,
            cite=desk.cite(part.cite, path),
            note=part.note,
        )
    return result
