"""The tables of the store, one subject per module."""

from .cases import AudienceRow, BookingRow, CaseRow, SanctionRow, TurnRow
from .commands import CommandRow, RegisterRow
from .files import AttachmentRow
from .log import AnchorRow, EventRow
from .orders import OrderRow
from .outbox import NoticeRow, OutboxRow
from .personal import AccessRow, BlindIndexRow, PersonalRow, TrackingAttemptRow
from .projected import ProjectedRow
from .replies import PublishedRow
from .standing import CountRow, FigureRow, FiringRow, StandingRow
from .workers import ClockJumpRow, WorkerRow

__all__ = [
    "AccessRow",
    "AnchorRow",
    "AttachmentRow",
    "AudienceRow",
    "BlindIndexRow",
    "BookingRow",
    "CaseRow",
    "ClockJumpRow",
    "CommandRow",
    "CountRow",
    "EventRow",
    "FigureRow",
    "FiringRow",
    "NoticeRow",
    "OrderRow",
    "OutboxRow",
    "PersonalRow",
    "ProjectedRow",
    "PublishedRow",
    "RegisterRow",
    "SanctionRow",
    "StandingRow",
    "TrackingAttemptRow",
    "TurnRow",
    "WorkerRow",
]
