"""What the frames around pages show: the workbench's sidebar and top bar, the portal's header and foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.site.components.lists import Who


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the sidebar; `count` stands at the right, `hot` makes it red because something is overdue."""

    label: str
    href: str
    icon: str
    count: int | None = None
    hot: bool = False


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Entries under a small title; the first group has none."""

    items: Sequence[NavItem]
    title: str = ""


@dataclass(frozen=True, slots=True)
class DeskFrame:
    """The workbench around a page, as the template variable `desk`.

    `notice_title` and `notice` are the small paper at the foot of the sidebar (10月10日补班). `rehearsal` is the
    sentence every page shows when the organisation is a rehearsal (演练，时钟走到…), empty otherwise. `alarm` is what an
    administrator has to see to before all else, wherever they are, with where to do so.
    """

    organisation: str
    office: str
    person: Who
    groups: Sequence[NavGroup]
    search_href: str = "/desk/cases/"
    intake_href: str = ""
    notices_href: str = ""
    unread: int = 0
    notice_title: str = ""
    notice: str = ""
    rehearsal: str = ""
    alarm: str = ""
    alarm_href: str = ""


@dataclass(frozen=True, slots=True)
class PortalFrame:
    """The portal around a page, as the template variable `portal`. `links` stand in the header from tablets up."""

    organisation: str
    office: str = ""
    home_href: str = "/"
    links: Sequence[NavItem] = ()
    foot_links: Sequence[NavItem] = ()
    rehearsal: str = ""
