"""What hangs on an event: the index that makes the core quick."""

from dataclasses import dataclass

from .accountability import AccountabilityRule, CorrectiveAction
from .duties import Duty
from .flags import FlagKind
from .flow import Step
from .limits import Limit
from .papers import Notice


@dataclass(frozen=True, slots=True)
class Reactions:
    """Everything that an event of one name sets going, in the order of the regime file."""

    opens: tuple[Step, ...] = ()
    joins: tuple[Step, ...] = ()
    starts: tuple[Limit, ...] = ()
    ends: tuple[Limit, ...] = ()
    repeats: tuple[Limit, ...] = ()
    notices: tuple[Notice, ...] = ()
    rules: tuple[AccountabilityRule, ...] = ()
    corrective: tuple[CorrectiveAction, ...] = ()
    duties: tuple[Duty, ...] = ()
    flags: tuple[FlagKind, ...] = ()
    unflags: tuple[FlagKind, ...] = ()


NOTHING = Reactions()
