"""What the database itself keeps of an organisation as it was written, whoever holds the connection.

Of working time: a change says for good what it changed, by whom it was proposed and, once it took effect, by whom, when and
why. How far it has come is written as it goes on, until it is done or dropped; then nothing of it changes any more. What the
preview found for each case is only ever added to. The model says the same (`WorkingTimeChange.save`); here it holds for SQL,
too. Of bodies outside that file themselves: each use of a code.
"""

from .keeping import POSTGRESQL, Guard, Trigger, not_emptied, only_added_to

CHANGES, EFFECTS = "organisations_workingtimechange", "organisations_workingtimeeffect"
SOURCE_ENTRIES = "organisations_sourceentry"

_FOR_GOOD = ("id", "organisation_id", "before", "after", "proposed_by_id", "proposed_at")
_ONCE_IN_EFFECT = ("reason", "applied_by_id", "applied_at", "total")


def _of_working_time(vendor: str) -> list[Trigger]:
    differs = "IS DISTINCT FROM" if vendor == POSTGRESQL else "IS NOT"
    changes = [
        Trigger(f"{CHANGES}_no_rewriting", CHANGES, "UPDATE", _rewrites(differs)),
        Trigger(f"{CHANGES}_no_delete", CHANGES, "DELETE"),
    ]
    return [*changes, *([not_emptied(CHANGES)] if vendor == POSTGRESQL else ()), *only_added_to(EFFECTS, vendor)]


def _rewrites(differs: str) -> str:
    """When an update of a change would rewrite what is kept."""
    for_good, once_in_effect = (
        " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns) for columns in (_FOR_GOOD, _ONCE_IN_EFFECT)
    )
    in_effect = f"OLD.applied_at IS NOT NULL AND (NEW.state NOT IN ('applying', 'done') OR {once_in_effect})"
    return f"OLD.state IN ('done', 'dropped') OR {for_good} OR ({in_effect})"


working_time = Guard("organisations_kept", _of_working_time)
source_entries = Guard("organisations_kept", lambda vendor: only_added_to(SOURCE_ENTRIES, vendor))
ALL = (working_time, source_entries)
