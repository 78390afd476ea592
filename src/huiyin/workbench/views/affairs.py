"""职责与整改: what is owed in duties, corrective actions and alarms, by due time, and what has been done."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiyin.application.affair_lists import list_affairs
from huiyin.application.turn_lists import TurnFilter, my_turns
from huiyin.organisations.services import regimes_in_force
from huiyin.regime.affairs import AFFAIR_KINDS
from huiyin.site.components import FilterChip
from huiyin.site.htmx import is_htmx
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.affairs import affair_lines
from huiyin.workbench.pages.day import groups

OWED = ("mine", "unit", "all")
VIEWS = (*OWED, "open", "done")
ROWS = 40


@require_GET
@staff_page
def affair_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """`?view=` mine, unit, all: what is owed; open, done: the affairs themselves. `?kind=`, `?regime=`, `?after=`."""
    asked = {key: request.GET.get(key, "") for key in ("view", "kind", "regime")}
    view = asked["view"] if asked["view"] in VIEWS else "mine"
    kind = asked["kind"] if asked["kind"] in AFFAIR_KINDS else ""
    after, words = request.GET.get("after", ""), dict[str, Any]()
    if view in OWED:
        wanted = TurnFilter(scope=view, regime=asked["regime"], affairs=True)  # type: ignore[arg-type]
        owed = my_turns(desk.organisation, desk.who, wanted, after, ROWS, world=desk.world)
        words["groups"] = groups(owed.items, desk.world, desk.staff.person, mine=view == "mine")
        words["more"] = _address(asked, after=owed.next) if owed.next else ""
        words["empty"] = not owed.items
        if is_htmx(request) and after:
            return render(request, "workbench/day_rows.html", words)
    else:
        page = list_affairs(
            desk.organisation,
            desk.who,
            closed=view == "done",
            kind=kind,
            regime=asked["regime"],
            after=after,
            limit=ROWS,
            world=desk.world,
        )
        words["lines"] = affair_lines(page.items, desk.world)
        words["older"] = _address(asked, after=page.next) if page.next else ""
        words["empty"] = not page.items
    words |= {"chips": _chips(desk, asked, view, kind), "owed": view in OWED}
    return desk_page(request, desk, "workbench/affairs.html", words)


def _address(asked: dict[str, str], **changes: str) -> str:
    return "?" + urlencode({key: value for key, value in (asked | changes).items() if value})


def _chips(desk: Desk, asked: dict[str, str], view: str, kind: str) -> list[FilterChip]:
    titles = {
        "mine": _("要我办的"),
        "unit": _("我的部门"),
        "all": _("全部可见的待办"),
        "open": _("没有办完的"),
        "done": _("已办完"),
    }
    chips = [
        FilterChip(title, _address(asked, view="" if key == "mine" else key), chosen=key == view)
        for key, title in titles.items()
    ]
    menus: list[tuple[str, str, dict[str, str]]] = [
        ("regime", _("制度"), {each.id: each.title for each in regimes_in_force(desk.organisation)})
    ]
    if view not in OWED:
        menus.append(("kind", _("种类"), {each: _kind(each) for each in AFFAIR_KINDS}))
    chosen = {"regime": asked["regime"], "kind": kind}
    for key, title, options in menus:
        if chosen[key] in options:
            off = _address(asked, **{key: ""})
            chips.append(FilterChip(f"{title}{_('：')}{options[chosen[key]]}", off, kind="on", chosen=True))
        elif len(options) > 1:
            choices = tuple(FilterChip(words, _address(asked, **{key: each})) for each, words in options.items())
            chips.append(FilterChip(title, kind="menu", options=choices))
    return chips


def _kind(kind: str) -> str:
    words = {"duty": _("定期职责"), "corrective": _("整改"), "watch": _("预警"), "measure": _("处理执行")}
    return words[kind]
