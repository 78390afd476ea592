"""Tables of organisations. Read and change them through `huiyin.organisations.services`."""

from huiyin.organisations.models.organisation import ClockSetting, Organisation
from huiyin.organisations.models.people import Deputy, Holding, RosterTurn, Staff, Unit, UnitKind, UnitRole
from huiyin.organisations.models.regimes import (
    CaseMove,
    MoveState,
    RegimeDraft,
    RegimeVersion,
    StoryRun,
    TableRow,
    VersionChangedError,
)
from huiyin.organisations.models.sources import Source, SourceEntry, SourceEntryKind
from huiyin.organisations.models.working_time import (
    ChangeIsKeptError,
    ChangeState,
    HolidayArrangement,
    OwnDay,
    OwnDayKind,
    WorkingTimeChange,
    WorkingTimeEffect,
)

__all__ = [
    "CaseMove",
    "ChangeIsKeptError",
    "ChangeState",
    "ClockSetting",
    "Deputy",
    "Holding",
    "HolidayArrangement",
    "MoveState",
    "Organisation",
    "OwnDay",
    "OwnDayKind",
    "RegimeDraft",
    "RegimeVersion",
    "RosterTurn",
    "Source",
    "SourceEntry",
    "SourceEntryKind",
    "Staff",
    "StoryRun",
    "TableRow",
    "Unit",
    "UnitKind",
    "UnitRole",
    "VersionChangedError",
    "WorkingTimeChange",
    "WorkingTimeEffect",
]
