"""Of which form the projections are: after an upgrade that changes it, they must be computed anew from the events."""

import hashlib
import json
from functools import cache

from django.db import models

from huiyin.store.models import (
    AudienceRow,
    BookingRow,
    CaseRow,
    CountRow,
    OrderRow,
    PublishedRow,
    SanctionRow,
    TurnRow,
)

MEANING = 3
"""Raised by hand when the same columns, or the search index, come to hold something else."""

PROJECTED: tuple[type[models.Model], ...] = (
    CaseRow, TurnRow, AudienceRow, SanctionRow, BookingRow, CountRow, OrderRow, PublishedRow,
)  # fmt: skip
"""The tables that are computed from events."""


@cache
def current_form() -> str:
    """The form of this version of the program: the same for the same columns and meaning (SHA-256, hexadecimal)."""
    columns = [
        [model.__name__, sorted((field.attname, field.get_internal_type()) for field in model._meta.concrete_fields)]  # noqa: SLF001
        for model in PROJECTED
    ]
    return hashlib.sha256(json.dumps([MEANING, columns]).encode()).hexdigest()
