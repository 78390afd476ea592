"""督办和交办: supervise orders, instructions, resolutions and what higher bodies ask, over all cases and affairs."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiyin.application.order_lists import OrderFilter, count_orders, list_orders
from huiyin.organisations.services import regimes_in_force
from huiyin.site.components import FilterChip
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.orders import order_lines

VIEWS = ("open", "overdue", "reported", "over", "all")
ROWS = 40


@require_GET
@staff_page
def order_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """`?view=` open, overdue, reported, over, all; `?mine=1` those I gave; `?regime=`, `?kind=`, `?after=`."""
    asked = {key: request.GET.get(key, "") for key in ("view", "mine", "regime", "kind")}
    view = asked["view"] if asked["view"] in VIEWS else "open"
    kinds = {
        kind.id: kind.title
        for regime in regimes_in_force(desk.organisation)
        for kind in regime.orders.values()
        if asked["regime"] in ("", regime.id)
    }
    kind = asked["kind"] if asked["kind"] in kinds else ""
    page = list_orders(
        desk.organisation,
        desk.who,
        OrderFilter(view, asked["mine"] == "1", asked["regime"], kind),  # type: ignore[arg-type]
        request.GET.get("after", ""),
        ROWS,
        world=desk.world,
    )
    words = {
        "lines": order_lines(page.items, desk.world, desk.staff.person),
        "older": _address(asked, after=page.next) if page.next else "",
        "chips": _chips(desk, asked, view, kind, kinds),
        "view": view,
    }
    return desk_page(request, desk, "workbench/orders.html", words)


def _address(asked: dict[str, str], **changes: str) -> str:
    return "?" + urlencode({key: value for key, value in (asked | changes).items() if value})


def _chips(desk: Desk, asked: dict[str, str], view: str, kind: str, kinds: dict[str, str]) -> list[FilterChip]:
    counts = count_orders(desk.organisation, desk.who, world=desk.world)
    titles = {
        "open": _("待报告"),
        "overdue": _("已超期"),
        "reported": _("待认可"),
        "over": _("已办完"),
        "all": _("全部"),
    }
    chips = [
        FilterChip(
            title, _address(asked, view="" if key == "open" else key), count=counts.get(key) or None, chosen=key == view
        )
        for key, title in titles.items()
    ]
    mine = asked["mine"] == "1"
    off = _address(asked, mine="" if mine else "1")
    chips.append(FilterChip(_("我交办的"), off, kind="on" if mine else "view", chosen=mine))
    regimes = {each.id: each.title for each in regimes_in_force(desk.organisation)}
    for key, title, options, chosen in (
        ("regime", _("制度"), regimes, asked["regime"]),
        ("kind", _("种类"), kinds, kind),
    ):
        if chosen in options:
            chips.append(FilterChip(f"{title}{_('：')}{options[chosen]}", _address(asked, **{key: ""}), kind="on", chosen=True))
        elif len(options) > 1:
            choices = tuple(FilterChip(words, _address(asked, **{key: each})) for each, words in options.items())
            chips.append(FilterChip(title, kind="menu", options=choices))
    return chips
