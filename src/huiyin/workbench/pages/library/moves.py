"""What a move would change for open cases, in sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.application.moving_cases import Foreseen, listed
from huiyin.cases.changing_version import Difference
from huiyin.organisations.models import CaseMove, MoveState
from huiyin.workbench.desk import Desk


@dataclass(frozen=True, slots=True)
class ForeseenLine:
    """One change of a case; `late` when a limit would be past due at once."""

    words: str
    late: bool


@dataclass(frozen=True, slots=True)
class ForeseenCase:
    """One open case: its changes, or why it cannot go."""

    number: str
    sees: bool
    version: str
    refused: str
    lines: Sequence[ForeseenLine]


def foreseen_lines(found: Iterable[Foreseen]) -> list[ForeseenCase]:
    """Cases with their changes."""
    return [
        ForeseenCase(
            each.number,
            each.sees,
            each.version,
            each.prospect.refused,
            [ForeseenLine(said(one), one.late) for one in each.prospect.differences],
        )
        for each in found
    ]


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move with how far it has come, and the cases that cannot go."""

    move: CaseMove
    blocked: Sequence[dict[str, str]]

    @property
    def goes_on(self) -> bool:
        """Whether the worker is still at it."""
        return self.move.state in (MoveState.CHECKING, MoveState.MOVING)


def move_lines(desk: Desk, moves: Iterable[CaseMove]) -> list[MoveLine]:
    """Moves as this person may read of them; cases are listed for administrators alone."""
    return [MoveLine(move, listed(move, desk.staff) if desk.staff.administrator else ()) for move in moves]


def said(one: Difference) -> str:
    """A change as a sentence."""
    about = {"about": one.about, "before": _words(one.before), "after": _words(one.after)}
    sentence = {
        "limit": _("时限“%(about)s”由%(before)s改为%(after)s到期"),
        "limit-ends": _("时限“%(about)s”（%(before)s到期）不再计算"),
        "limit-starts": _("时限“%(about)s”从改用时起算，%(after)s到期"),
        "owner": _("时限“%(about)s”由%(before)s负责改为%(after)s负责"),
        "step-ends": _("环节“%(about)s”不再办理"),
        "holder": _("环节“%(about)s”由%(before)s办改为%(after)s办"),
    }[one.aspect] % about
    return sentence + (_("，改用后立即超期") if one.late else "")


def _words(value: datetime | str | None) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return value or _("没有定期限")
