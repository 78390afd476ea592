"""What a draft regime would have done with past cases (试算): what people did is taken from the record, what rules decide is
decided anew (pure).

Every case is decided again under both regimes, from the same facts, by the functions of `huiyin.cases` that decide a live
case; what differs is what the change of the rules does. What cannot be decided again is said, never guessed.
"""

from .comparing import Compared, Simulation
from .ground import Ground, NobodyKnows
from .outcome import Difference, LimitRun, Outcome, Unknown
from .past import Past, past_of
from .totals import Totals

__all__ = [
    "Compared",
    "Difference",
    "Ground",
    "LimitRun",
    "NobodyKnows",
    "Outcome",
    "Past",
    "Simulation",
    "Totals",
    "Unknown",
    "past_of",
]
