"""Roles: units, posts, bodies and outside parties that rules may name (regime-language 2.1)."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from huiyin.calendars import Span, Unit

from .condition import Condition


class RoleGroup(StrEnum):
    """Where a role stands in the regime file."""

    UNIT = "units"
    POST = "posts"
    BODY = "bodies"
    OUTSIDE = "outside"
    NAMED = "named"


PEOPLE_OF_A_CASE = frozenset(
    {
        "first-receiver",
        "handler",
        "handling-unit",
        "handling-head",
        "respondent",
        "respondent-unit",
        "respondent-head",
        "superior",
        "supervisor",
        "addressee",
        "giver",
        "complainant",
        "system",
        "public",
        "all-staff",
    }
)
"""Names that mean somebody of the case at hand; usable wherever a role is."""


LINK_FOR = Span(90, Unit.DAYS)
"""How long a link opens a case where the regime does not say."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How a body outside is reached and what it is there for. Empty where the regime, or the organisation, says nothing."""

    remit: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    hours: str = ""


CONTACT_PARTS = ("remit", "address", "phone", "email", "website", "hours")
"""What `Contact` has, in the order in which it is told; also the columns of a table that lists bodies outside."""


@dataclass(frozen=True, slots=True)
class Role:
    """One role. `many` means one holder per ward, county, merchant …; `of` is the unit role a post sits in.

    `field` is the person field of the work in which somebody is named to a role of the case, such as who watches over a
    person in danger; whoever the case names there has the role in that case, and nobody else.
    `quorum`: how many members of a body have to take part before it decides, as a number or a share of its members.
    `sees`: what a party outside may see of a case besides its own tasks and what is addressed to it; nothing that is not
    listed. `link_for`: how long a link given to such a party opens the case.
    Of a body outside: `contact`; `handles`, which cases are its own; `listed_in`, the table with one row for each of many
    and `pick`, the key of the row that a case belongs to.
    """

    id: str
    title: str
    group: RoleGroup
    many: bool = False
    of: str | None = None
    roster: bool = False
    substitute: str | None = None
    trained_by: tuple[str, ...] = ()
    duties: str = ""
    aliases: tuple[str, ...] = ()
    quorum: int | Fraction | None = None
    reached_by: str = "account"
    sees: tuple[str, ...] = ()
    link_for: Span = LINK_FOR
    field: str = ""
    contact: Contact = Contact()
    handles: Condition | None = None
    listed_in: str | None = None
    pick: Condition | None = None
    cite: tuple[str, ...] = ()
    note: str = ""
