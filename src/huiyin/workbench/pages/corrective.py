"""整改: corrective actions as rows, with how far each is and who owes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.affair_lists import related
from huiyin.application.corrective_lists import Progress, progress_of
from huiyin.application.world import World
from huiyin.cases.people import Actor
from huiyin.regime.affairs import split_affair_id
from huiyin.regime.affairs.corrective import ASSIGN, VERIFY, plan_step
from huiyin.store.models import CaseRow
from huiyin.workbench.pages.affairs import AffairLine, affair_lines


@dataclass(frozen=True, slots=True)
class CorrectiveLine:
    """One corrective action: the affair, the case or affair it came from, how far it is."""

    affair: AffairLine
    origin: str
    origin_href: str
    progress: str


def corrective_lines(rows: Sequence[CaseRow], world: World, who: Actor) -> list[CorrectiveLine]:
    """The rows in words. Where one came from is shown to those who may see that."""
    origins = {row.id: row.number for row in related(world, who, [str(row.origin) for row in rows if row.origin])}
    waiting = progress_of(rows)
    return [
        _line(row, line, origins.get(row.origin, "") if row.origin else "", waiting.get(row.id, Progress()))
        for row, line in zip(rows, affair_lines(rows, world), strict=True)
    ]


def _line(row: CaseRow, line: AffairLine, origin: str, progress: Progress) -> CorrectiveLine:
    href = reverse("desk-case", args=[origin]) if origin else ""
    return CorrectiveLine(line, origin, href, _words(row, progress))


def _words(row: CaseRow, progress: Progress) -> str:
    action = split_affair_id(row.regime)[1]
    if row.state == "closed":
        return _("已结束")
    if progress.waits_for_approval:
        return _("待批准")
    words = {ASSIGN: _("待确定由谁整改"), plan_step(action): _("待提出方案"), action: _("整改中"), VERIFY: _("待验证")}
    return words.get(progress.work) or (_("已中止") if row.state == "suspended" else _("待收尾"))
