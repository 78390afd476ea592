"""回访与承诺: how commitments stand, and which cases are still to be followed up."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiyin.application.follow_ups import not_followed_up, works_of
from huiyin.application.own_regimes import own_regimes
from huiyin.organisations.services import regimes_in_force
from huiyin.site.components import FilterChip
from huiyin.site.htmx import is_htmx
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.commitments import commitment_lines
from huiyin.workbench.pages.day import groups

WAITING = {"mine": "mine", "waiting": "all"}
"""View of what is not followed up yet → scope of the list."""

ROWS = 40


@require_GET
@staff_page
def commitments(request: HttpRequest, desk: Desk) -> HttpResponse:
    """`?view=` empty: how commitments stand; mine, waiting: what is to be followed up. `?regime=`, `?after=`.

    Of the regimes this person works under; administrators look after all of them.
    """
    asked = {key: request.GET.get(key, "") for key in ("view", "regime")}
    view, after = asked["view"] if asked["view"] in WAITING else "", request.GET.get("after", "")
    everything = desk.staff.administrator
    regimes = regimes_in_force(desk.organisation) if everything else own_regimes(desk.world, desk.who)
    chosen = [each for each in regimes if asked["regime"] in ("", each.id)]
    words: dict[str, Any] = {"view": view}
    if view:
        scope: Any = WAITING[view]
        page = not_followed_up(
            desk.organisation, desk.who, scope, regime=asked["regime"], after=after, limit=ROWS, world=desk.world
        )
        words["groups"] = groups(page.items, desk.world, desk.staff.person, mine=view == "mine")
        words["more"] = _address(asked, after=page.next) if page.next else ""
        words["empty"] = not page.items
        if is_htmx(request) and after:
            return render(request, "workbench/day_rows.html", words)
        words["samples"] = [
            (regime.title, step.title, step.share)
            for regime in chosen
            for step in (regime.flow[each] for each in regime.follow_ups)
            if step.share < 100
        ]
        words["none_asked"] = not works_of(desk.world, asked["regime"])
    else:
        words["lines"] = commitment_lines(chosen, desk.world, desk.staff.person)
    words["chips"] = _chips(asked, view, {each.id: each.title for each in regimes})
    return desk_page(request, desk, "workbench/commitments.html", words)


def _address(asked: dict[str, str], **changes: str) -> str:
    return "?" + urlencode({key: value for key, value in (asked | changes).items() if value})


def _chips(asked: dict[str, str], view: str, regimes: dict[str, str]) -> list[FilterChip]:
    titles = {"": _("承诺和目标"), "mine": _("要我回访的"), "waiting": _("尚未回访的")}
    chips = [FilterChip(title, _address(asked, view=key), chosen=key == view) for key, title in titles.items()]
    if asked["regime"] in regimes:
        off = _address(asked, regime="")
        chips.append(FilterChip(_("制度：%(title)s") % {"title": regimes[asked["regime"]]}, off, kind="on", chosen=True))
    elif len(regimes) > 1:
        options = tuple(FilterChip(title, _address(asked, regime=key)) for key, title in regimes.items())
        chips.append(FilterChip(_("制度"), kind="menu", options=options))
    return chips
