"""我的一天: what I owe by due time, approvals that wait for me, the month so far."""

from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiyin.application.case_lists import CaseFilter, count_by_state, count_cases
from huiyin.application.turn_lists import TurnCounts, TurnFilter, count_turns, my_turns
from huiyin.organisations.services import regimes_in_force
from huiyin.site.components import FilterChip
from huiyin.site.htmx import is_htmx
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.approvals import waiting_for
from huiyin.workbench.pages.day import counters, groups
from huiyin.workbench.words.moments import now_words

SCOPES = ("mine", "unit", "all")
ROWS = 40
BESIDE = 3
"""Approvals shown beside the list; the others are on their own page."""


@require_GET
@staff_page
def my_day(request: HttpRequest, desk: Desk) -> HttpResponse:
    """`?scope=` mine, unit or all; `?regime=`; `?paused=no` leaves out what stands still; `?after=` is the next page."""
    scope = request.GET.get("scope", "mine")
    scope = scope if scope in SCOPES else "mine"
    regime = request.GET.get("regime", "")
    paused = False if request.GET.get("paused") == "no" else None
    wanted = TurnFilter(scope=scope, regime=regime, paused=paused)  # type: ignore[arg-type]
    page = my_turns(desk.organisation, desk.who, wanted, request.GET.get("after", ""), ROWS, world=desk.world)
    words: dict[str, Any] = {"more": _address(request, after=page.next) if page.next else ""}
    grouped = partial(groups, page.items, desk.world, desk.staff.person, mine=scope == "mine")
    if is_htmx(request) and request.GET.get("after"):
        return render(request, "workbench/day_rows.html", words | {"groups": grouped(None)})
    counts = count_turns(desk.organisation, desk.who, scope, regime=regime, world=desk.world)  # type: ignore[arg-type]
    approvals, waiting = waiting_for(desk, most=BESIDE)
    total = counts.overdue + counts.today + counts.tomorrow + counts.later
    words |= {
        "groups": grouped(counts),
        "now": now_words(desk.world),
        "counters": counters(counts, desk.world),
        "chips": _chips(request, desk, scope, total, counts),
        "approvals": approvals,
        "waiting": waiting,
        "month": _month(desk),
        "empty": not page.items,
        "key": uuid4().hex,
    }
    mine = total if scope == "mine" and not regime else None
    figures = {"approvals": waiting, "overdue": counts.overdue if scope == "mine" else 0}
    if mine is not None:
        figures["day"] = mine
    return desk_page(request, desk, "workbench/day.html", words, **figures)


def _address(request: HttpRequest, **changes: str) -> str:
    """This page with some of its questions changed; empty ones are left out."""
    asked = {key: value for key, value in request.GET.items() if key != "after"} | changes
    return "?" + urlencode({key: value for key, value in asked.items() if value})


def _chips(request: HttpRequest, desk: Desk, scope: str, total: int, counts: TurnCounts) -> list[FilterChip]:
    views = {"mine": _("我负责"), "unit": _("我的部门"), "all": _("全部可见")}
    chips = [
        FilterChip(title, _address(request, scope=key), count=total if key == scope else None, chosen=key == scope)
        for key, title in views.items()
    ]
    regimes = regimes_in_force(desk.organisation)
    chosen = request.GET.get("regime", "")
    known = {regime.id: regime.title for regime in regimes}
    if chosen in known:
        chips.append(FilterChip(known[chosen], _address(request, regime=""), kind="on", chosen=True))
    elif len(known) > 1:
        options = tuple(FilterChip(title, _address(request, regime=each)) for each, title in known.items())
        chips.append(FilterChip(_("制度"), kind="menu", options=options))
    if request.GET.get("paused") == "no":
        chips.append(FilterChip(_("排除已中止"), _address(request, paused=""), kind="on", chosen=True))
    elif counts.paused:
        chips.append(FilterChip(_("中止"), kind="menu", options=(FilterChip(_("排除已中止"), _address(request, paused="no")),)))
    return chips


def _month(desk: Desk) -> list[tuple[str, int, str]]:
    """Figures of the month so far, each leading to its cases: words, figure, address."""
    local = desk.world.now.astimezone(desk.world.calendar.zone)
    start = datetime(local.year, local.month, 1, tzinfo=desk.world.calendar.zone)
    base = reverse("desk-cases")
    since = start.date().isoformat()

    received = count_by_state(desk.organisation, desk.who, CaseFilter(received_from=start), world=desk.world)
    overdue = count_cases(desk.organisation, desk.who, CaseFilter(received_from=start, overdue=True), world=desk.world)
    return [
        (_("收到"), received.total, f"{base}?since={since}"),
        (_("其中办结"), received.closed, f"{base}?since={since}&state=closed"),
        (_("还在办"), received.not_closed, f"{base}?since={since}&state=not-closed"),
        (_("其中超期"), overdue, f"{base}?since={since}&overdue=yes"),
    ]


