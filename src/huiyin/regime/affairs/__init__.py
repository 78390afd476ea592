"""Affairs (事务): what a regime asks of the organisation itself, each as a case under a little flow of its own (pure).

A duty that falls due, a corrective action, an alarm of a watch, a commitment that was missed and a measure that has to be
carried out are handled like cases: work, approvals, limits, documents and signatures, history and access are the same piece
of code. From a regime this package derives, once, the small regime of each affair; its id is `<regime>/<affair>`.
Kinds: duty 定期职责, corrective 整改, watch 预警, measure 处理执行.
"""

from .derive import (
    AFFAIR_KINDS,
    CORRECTIVE,
    DUTY,
    HANDLE,
    MEASURE,
    WATCH,
    affair_id,
    affairs_of,
    declared,
    split_affair_id,
)
from .measures import CONFIRM

__all__ = [
    "AFFAIR_KINDS",
    "CONFIRM",
    "CORRECTIVE",
    "DUTY",
    "HANDLE",
    "MEASURE",
    "WATCH",
    "affair_id",
    "affairs_of",
    "declared",
    "split_affair_id",
]
