"""Orders given to a case. Web form, API, import, command line and scenarios build the same ones.

A command says what is wanted; who wants it and when come with the `Context`. Field values are JSON values: text,
numbers, booleans, lists; dates as `2026-09-28`, datetimes as ISO 8601 with offset; money in CNY.
"""

from .accountability import ObjectTo, ReverseBooking, StateView
from .affairs import CallOff, Hear, Miss, OpenAffair
from .again import Appeal, Reopen
from .approving import Approve, Reject
from .base import Charge, Command, CoreAct, Values
from .deciding import AddUnit, DecideTable, Link, Merge, Reassign, Recuse, Regrade, Return, Transfer
from .receipt import (
    Accompany,
    AddEvidence,
    AskMore,
    Complete,
    Correct,
    File,
    OpenEvidence,
    RenewCode,
    SealEvidence,
    WeighEvidence,
    Withdraw,
)
from .time import Extend, MoveToVersion, PassTime, Recalculate, Resume, Suspend, Terminate
from .transfers import ConfirmTransfer, ReturnTransfer, SendTransfer
from .working import (
    AcceptReport,
    Acknowledge,
    AnswerOrder,
    AskBack,
    Fill,
    Invite,
    Perform,
    Recall,
    RecallOrder,
    Record,
    Reissue,
    RenewLink,
    ReturnReport,
    Sign,
    Supervise,
    TellOutside,
    Uninvite,
)

__all__ = [
    "COMMANDS",
    "RECORD_ACTS",
    "AcceptReport",
    "Accompany",
    "Acknowledge",
    "AddEvidence",
    "AddUnit",
    "AnswerOrder",
    "Appeal",
    "Approve",
    "AskBack",
    "AskMore",
    "CallOff",
    "Charge",
    "Command",
    "Complete",
    "ConfirmTransfer",
    "CoreAct",
    "Correct",
    "DecideTable",
    "Extend",
    "File",
    "Fill",
    "Hear",
    "Invite",
    "Link",
    "Merge",
    "Miss",
    "MoveToVersion",
    "ObjectTo",
    "OpenAffair",
    "OpenEvidence",
    "PassTime",
    "Perform",
    "Reassign",
    "Recalculate",
    "Recall",
    "RecallOrder",
    "Record",
    "Recuse",
    "Regrade",
    "Reissue",
    "Reject",
    "RenewCode",
    "RenewLink",
    "Reopen",
    "Resume",
    "Return",
    "ReturnReport",
    "ReturnTransfer",
    "ReverseBooking",
    "SealEvidence",
    "SendTransfer",
    "Sign",
    "StateView",
    "Supervise",
    "Suspend",
    "TellOutside",
    "Terminate",
    "Transfer",
    "Uninvite",
    "Values",
    "WeighEvidence",
    "Withdraw",
]

RECORD_ACTS: dict[str, str] = {
    "note": "noted",
    "contact": "contacted",
    "tell-progress": "progress-told",
    "press": "pressed",
    "instruct": "instructed",
    "flag-risk": "risk-flagged",
    "remedy": "remedied",
}
"""Acts done with `Record`, and the event name each makes happen."""

COMMANDS: dict[str, type[Command]] = {
    "file": File,
    "perform": Perform,
    "decide": DecideTable,
    "approve": Approve,
    "reject": Reject,
    "fill": Fill,
    "acknowledge": Acknowledge,
    "reverse-booking": ReverseBooking,
    "renew-code": RenewCode,
    "state-view": StateView,
    "object-to": ObjectTo,
    "pass-time": PassTime,
    "recalculate": Recalculate,
    "record": Record,
    "sign": Sign,
    **{kind.act: kind for kind in CoreAct.__subclasses__() if kind.act},
}
"""Every command by name: the index of what can be asked of a case. What only the system does in affairs is not asked for."""
