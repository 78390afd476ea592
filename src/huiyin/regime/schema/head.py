"""Head, roles, settings, tables (2.1) and governance, portal, confidentiality, records (2.8)."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field as Key

from .parts import ConditionText, DateOrWord, FieldPart, Listed, Part, Plain, Quorum


class RolePart(Part):
    """A role of any group."""

    many: bool = False
    of: str | None = None
    roster: bool = False
    substitute: str | None = None
    trained_by: Listed = ()
    duties: str = ""
    aliases: Listed = ()
    quorum: Quorum | None = None
    reached_by: Literal["account", "link", "paper"] = "account"
    sees: Listed = ()
    link_for: str | None = None
    field: str = ""


class OutsidePart(RolePart):
    """A body outside: what it is there for and how it is reached, each in words or a `$setting`."""

    remit: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    hours: str = ""
    handles: ConditionText | None = None
    listed_in: str | None = None
    pick: ConditionText | None = None


class RolesPart(Plain):
    """The groups of roles: four of the organisation and around it, and those that a case names somebody to."""

    units: dict[str, RolePart] = {}
    posts: dict[str, RolePart] = {}
    bodies: dict[str, RolePart] = {}
    outside: dict[str, OutsidePart] = {}
    named: dict[str, RolePart] = {}

    def every(self) -> Mapping[str, RolePart]:
        """All roles by id, whatever their group; the first of two of the same name."""
        return {**self.named, **self.outside, **self.bodies, **self.posts, **self.units}


class SettingPart(Part):
    """What the organisation decides."""

    type: Literal["limit", "every", "number", "money", "share", "text", "yes-no", "role", "choice"]
    choices: dict[str, Part] = {}
    default: Any = None


class TablePart(Part):
    """A list the organisation keeps."""

    key: str
    columns: dict[str, FieldPart]


class ConfidentialityPart(Part):
    """Who sees what."""

    when: ConditionText | None = None
    see: Listed = ()
    hide: Listed = ()
    hidden_from: Listed = Key((), alias="from")


class RecordsPart(Part):
    """How long a case is kept."""

    when: ConditionText | None = None
    keep: str
    start: str = Key("archived", alias="from")
    read_by: Listed = ()
    code: str = ""


class PathPart(Part):
    """A legal or higher way."""

    contact: str = ""


class RepliesPart(Plain):
    """How replies are published: by which act of the regime, by which they are taken back, who approves that before."""

    act: str = ""
    withdrawn_by: str = ""
    approval: str | None = None


class PortalPart(Plain):
    """What the public sees."""

    show: Listed = ()
    progress: Listed = ()
    replies: RepliesPart | None = None
    paths: dict[str, PathPart] = {}


class SendingPart(Plain):
    """How what is told goes out of the house."""

    open: Listed | None = None
    insist: dict[Literal["notice", "reminder", "order", "approval"], Listed] = {}
    at_once: Listed = ()


class GovernancePart(Plain):
    """Who issued the regime and since when it holds."""

    issuer: str = ""
    author: str = ""
    document_number: str = ""
    issued_on: DateOrWord | None = None
    effective_on: DateOrWord | None = None
    revised_on: DateOrWord | None = None
    revise_every: str = ""
    revised_by: Listed = ()
    approval: str | None = None
    announce_to: Listed = ()
    copies: int = 0
    copies_to: Listed = ()
    interpretation: str = ""
    basis: Listed = ()
    gaps: str = ""
    overrides: str = ""
    open_cases: Literal["stay", "move"] = "stay"
