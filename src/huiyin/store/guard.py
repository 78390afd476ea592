"""What the database itself keeps of the store as it was written, whoever holds the connection: events, seals, looks."""

from huiyin.organisations.keeping import POSTGRESQL, Guard, Trigger, not_emptied, only_added_to

GUARDED = ("store_eventrow", "store_anchorrow", "store_accessrow")
"""Tables that are only ever added to."""


def _triggers(vendor: str) -> list[Trigger]:
    if vendor == POSTGRESQL:
        rows = [Trigger(f"{table}_append_only", table, "UPDATE OR DELETE") for table in GUARDED]
        return rows + [not_emptied(table) for table in GUARDED]
    return [each for table in GUARDED for each in only_added_to(table, vendor)]


log = Guard("store_append_only", _triggers)
