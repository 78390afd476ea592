"""How many cases count for a group of a watch, asked with every case that comes to count: one statement, built by hand."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from .models import CountRow, FiringRow

_COUNT, _FIRING = CountRow._meta.db_table, FiringRow._meta.db_table  # noqa: SLF001
_STATEMENT = f"""
    SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM {_COUNT} WHERE organisation_id = %s AND regime = %s AND watch = %s
            AND "group" = %s AND at >= %s AND at < %s LIMIT %s) AS found),
           EXISTS (SELECT 1 FROM {_FIRING} WHERE organisation_id = %s AND regime = %s AND watch = %s AND "group" = %s
            AND window_start IS NOT NULL)
"""  # noqa: S608  # names of our own tables, values as parameters


def count_of_group(
    organisation_id: UUID, regime: str, watch: str, group: str, start: datetime, end: datetime, most: int
) -> tuple[int, bool]:
    """Cases counted from `start` up to `end` (not included), and whether the group stands at its mark in some window.

    Counting stops at `most`: a large group takes no longer than a small one.
    """
    identity, time = CountRow._meta.get_field("organisation_id"), CountRow._meta.get_field("at")  # noqa: SLF001
    whose = [identity.get_db_prep_value(organisation_id, connection), regime, watch, group]
    span = [time.get_db_prep_value(moment, connection) for moment in (start, end)]
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, [*whose, *span, most, *whose])
        counted, stands = cursor.fetchone()
    return int(counted), bool(stands)
