"""Tables of the notices: channels, addresses and choices of the staff, addresses of bodies that file, wordings, deliveries."""

from .channels import Channel
from .choices import Choice, SourceContact, StaffContact
from .deliveries import ALONE, NOWHERE, Delivery, State
from .feeds import CalendarFeed
from .marks import ReadMark
from .wordings import Wording

__all__ = [
    "ALONE", "NOWHERE", "CalendarFeed", "Channel", "Choice", "Delivery", "ReadMark", "SourceContact", "StaffContact", "State",
    "Wording",
]  # fmt: skip
