"""Affairs (事务): what a regime asks of the organisation itself, each as a case under a little flow of its own (pure).

A duty that falls due, a corrective action, an alarm of a watch and a commitment that was missed are handled like cases: work,
approvals, limits, documents and signatures, history and access are the same piece of code. From a regime this package
derives, once, the small regime of each affair; its id is `<regime>/<affair>`. Kinds: duty 定期职责, corrective 整改, watch 预警.
"""

from .derive import (
    AFFAIR_KINDS,
    CORRECTIVE,
    DUTY,
    HANDLE,
    WATCH,
    affair_id,
    affairs_of,
    declared,
    split_affair_id,
)

__all__ = [
    "AFFAIR_KINDS",
    "CORRECTIVE",
    "DUTY",
    "HANDLE",
    "WATCH",
    "affair_id",
    "affairs_of",
    "declared",
    "split_affair_id",
]
