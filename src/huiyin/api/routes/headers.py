"""Headers and parts of addresses that several operations take."""

from typing import Annotated

from ninja import Header, Path, Query
from pydantic import Field

IdempotencyKey = Annotated[
    str,
    Header(
        "",
        alias="Idempotency-Key",
        description="your own number of this order: sent again with the same content it changes nothing and gives the "
        "first result; at most 64 printable ASCII characters",
    ),
]
Number = Annotated[
    str,
    Path(..., max_length=60, pattern=r"^[^\x00-\x1f]+$", description="register number", examples=["2026-0001"]),
]
"""A register number in an address; no database is asked for control characters."""
PaperKey = Annotated[str, Field(max_length=200, description="key of a document, see `documents`")]
DocumentKey = Annotated[
    str, Path(..., max_length=200, pattern=r"^[^\x00-\x1f]+$", description="key of a document, see the case's `documents`")
]
EvidenceKinds = Annotated[
    list[str],
    Query(
        default_factory=list,
        description="kind of evidence of each file, in the order of the files, or one for all; see the regime's evidence",
    ),
]
EvidenceData = Annotated[
    list[str],
    Query(
        default_factory=list,
        description="what the regime asks about each file, as a JSON object, in the order of the files, or one for all",
        examples=['{"seller": "青屿鲜果铺", "amount": 286}'],
    ),
]
