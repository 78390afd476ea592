"""What the larger components are given: small typed records that faces build and templates show.

The tags themselves are in `huiyin.site.templatetags.huiyin`; /_components/ shows each of them in each state.
"""

from huiyin.site.components.days import DayCell, day_weeks
from huiyin.site.components.frames import DeskFrame, NavGroup, NavItem, PortalFrame
from huiyin.site.components.lists import Choice, Fact, FilterChip, ObligationRow, Step, StoryEntry, Who
from huiyin.site.components.words import DUE_ICONS, SEVERITIES, STATES, State

__all__ = [
    "DUE_ICONS",
    "SEVERITIES",
    "STATES",
    "Choice",
    "DayCell",
    "DeskFrame",
    "Fact",
    "FilterChip",
    "NavGroup",
    "NavItem",
    "ObligationRow",
    "PortalFrame",
    "State",
    "Step",
    "StoryEntry",
    "Who",
    "day_weeks",
]
