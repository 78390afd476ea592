"""A trial of the stories: would one of them notice if a rule of the regime were different? (pure)

Small changes are made to a regime, one at a time; a change that every story survives points at a rule nobody has
written a story for.
"""

from .changes import Change, changes_of
from .running import TrialReport, try_stories

__all__ = ["Change", "TrialReport", "changes_of", "try_stories"]
