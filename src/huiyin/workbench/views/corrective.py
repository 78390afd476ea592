"""整改: corrective actions, open, late, waiting to be verified, closed, and those that new cases speak against."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiyin.application.corrective_lists import Stage, list_corrective
from huiyin.organisations.services import regimes_in_force
from huiyin.site.components import FilterChip
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.corrective import corrective_lines

STAGES: tuple[Stage, ...] = ("open", "overdue", "verify", "again", "done")
ROWS = 40


@require_GET
@staff_page
def corrective_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """`?stage=` open (as without it), overdue, verify, again, done; `?regime=`, `?after=`."""
    asked = {key: request.GET.get(key, "") for key in ("stage", "regime")}
    stage: Stage = next((each for each in STAGES if each == asked["stage"]), "open")
    page = list_corrective(
        desk.organisation,
        desk.who,
        stage,
        regime=asked["regime"],
        after=request.GET.get("after", ""),
        limit=ROWS,
        world=desk.world,
    )
    words = {
        "lines": corrective_lines(page.items, desk.world, desk.who),
        "older": _address(asked, after=page.next) if page.next else "",
        "stage": stage,
        "chips": _chips(asked, stage, {each.id: each.title for each in regimes_in_force(desk.organisation)}),
    }
    return desk_page(request, desk, "workbench/corrective.html", words)


def _address(asked: dict[str, str], **changes: str) -> str:
    return "?" + urlencode({key: value for key, value in (asked | changes).items() if value})


def _chips(asked: dict[str, str], stage: Stage, regimes: dict[str, str]) -> list[FilterChip]:
    titles: dict[Stage, str] = {
        "open": _("没有办完的"),
        "overdue": _("已超期"),
        "verify": _("待验证"),
        "again": _("结束后又有同类案件"),
        "done": _("已结束"),
    }
    chips = [
        FilterChip(title, _address(asked, stage="" if key == "open" else key), chosen=key == stage)
        for key, title in titles.items()
    ]
    if asked["regime"] in regimes:
        title = _("制度：%(title)s") % {"title": regimes[asked["regime"]]}
        chips.append(FilterChip(title, _address(asked, regime=""), kind="on", chosen=True))
    elif len(regimes) > 1:
        options = tuple(FilterChip(title, _address(asked, regime=key)) for key, title in regimes.items())
        chips.append(FilterChip(_("制度"), kind="menu", options=options))
    return chips
