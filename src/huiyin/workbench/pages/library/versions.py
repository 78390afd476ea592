"""The versions of a regime: when each took effect and why, what differs between any two, drafts of the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from huiyin.organisations.drafts import stages_of_publishing
from huiyin.organisations.models import CaseMove, RegimeDraft, RegimeVersion
from huiyin.regime.diff import compare
from huiyin.workbench.desk import Desk
from huiyin.workbench.pages.library.drafts import by_section, roles_of
from huiyin.workbench.pages.library.moves import move_lines
from huiyin.workbench.pages.library.shelf import Edition, Shelf


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A published version with what was said when it was published. `before`: the version it is compared with."""

    edition: Edition
    row: RegimeVersion
    approved_by: Sequence[str]
    href: str
    before: str


def versions_words(desk: Desk, shelf: Shelf, old: str, new: str) -> dict[str, Any]:
    """All versions; with `old` and `new` the changes from one to the other. Raises NoSuchRegimeError."""
    regime_id = shelf.regime.id
    rows = RegimeVersion.objects.filter(organisation=desk.organisation, regime=regime_id).select_related("published_by")
    known = {row.pk: row for row in rows.defer("source", "base_sources", "scenarios")}
    lines = []
    for number, edition in enumerate(shelf.editions):
        row = known[edition.id]
        earlier = shelf.editions[number + 1].version if number + 1 < len(shelf.editions) else ""
        href = f"{reverse('desk-regime', args=[regime_id])}?version={edition.version}"
        lines.append(VersionLine(edition, row, [str(each["name"]) for each in row.approvals], href, earlier))
    moves = CaseMove.objects.filter(organisation=desk.organisation, version__regime=regime_id)
    moved = move_lines(desk, moves.select_related("version", "asked_by").defer("version__source")[:10])
    words: dict[str, Any] = {
        "lines": lines,
        "drafts": _drafts(desk, regime_id),
        "moves": moved,
        "moving": any(each.goes_on for each in moved),
        "old": old or lines[0].before,     # what one most likely wants to compare, chosen beforehand
        "new": new or lines[0].edition.version,
        "compared": bool(old and new),
    }
    if old and new:
        before, after = desk.world.regime(regime_id, old), desk.world.regime(regime_id, new)
        words["changes"] = by_section(compare(before, after))
    return words


def _drafts(desk: Desk, regime_id: str) -> list[RegimeDraft]:
    """Drafts of the regime: all for administrators, for others those that wait for their yes."""
    found = desk.organisation.regime_drafts.filter(regime=regime_id).select_related("organisation", "changed_by")
    if desk.staff.administrator:
        return list(found.defer("source", "scenarios"))
    mine = roles_of(desk, regime_id)
    return [
        draft
        for draft in found.filter(ready=True)
        if any(stage.open_to(mine, desk.staff.person) for stage in stages_of_publishing(draft))
    ]
