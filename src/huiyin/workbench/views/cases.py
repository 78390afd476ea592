"""The list of cases: views with counts, filters, search, pages by key."""

from datetime import datetime, time
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiyin.application.case_lists import CaseFilter, count_cases, list_cases
from huiyin.organisations.services import regimes_in_force
from huiyin.regime.model import Regime
from huiyin.site.components import FilterChip
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.case_rows import case_line
from huiyin.workbench.pages.timeliness import day_of

VIEWS = ("all", "mine", "received", "unit")
ROWS = 50
ASKED = ("view", "regime", "state", "category", "severity", "unit", "overdue", "since", "q")


@require_GET
@staff_page
def case_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Cases the reader may see, newest first. The questions of the address are the filters."""
    asked = asked_of(request)
    regimes = {regime.id: regime for regime in regimes_in_force(desk.organisation)}
    regime = regimes.get(asked["regime"])
    wanted = filter_of(asked, desk)
    too_short = len(asked["q"]) == 1
    page = list_cases(
        desk.organisation,
        desk.who,
        wanted,
        "" if too_short else asked["q"],
        request.GET.get("after", ""),
        ROWS,
        world=desk.world,
    )
    words = {
        "lines": [case_line(item, desk.world) for item in page.items],
        "chips": [*_views(asked, desk), *_filters(asked, regimes, regime, desk)],
        "query": asked["q"],
        "too_short": too_short,
        "narrowed": any(value for key, value in asked.items() if key != "view"),
        "nothing": _nothing(wanted),
        "older": _address(asked, after=page.next) if page.next else "",
        "export_href": reverse("desk-export") + _address(asked),
        "first": "" if not request.GET.get("after") else _address(asked),
    }
    return desk_page(request, desk, "workbench/cases.html", words)


def asked_of(request: HttpRequest) -> dict[str, str]:
    """What the address of the list asks for."""
    return {key: request.GET.get(key, "").strip() for key in ASKED}


def filter_of(asked: dict[str, str], desk: Desk) -> CaseFilter:
    """What is asked for, as a filter."""
    view = asked["view"] if asked["view"] in VIEWS else "all"
    return CaseFilter(
        view=view,  # type: ignore[arg-type]
        regime=asked["regime"],
        state=asked["state"],
        category=asked["category"],
        severity=asked["severity"],
        unit=asked["unit"],
        overdue=True if asked["overdue"] == "yes" else None,
        received_from=_since(asked["since"], desk),
    )


def _since(typed: str, desk: Desk) -> datetime | None:
    day = day_of(typed)
    return None if day is None else datetime.combine(day, time(), desk.world.calendar.zone)


def _address(asked: dict[str, str], **changes: str) -> str:
    """The list with some of its questions changed."""
    return "?" + urlencode({key: value for key, value in (asked | changes).items() if value})


def _views(asked: dict[str, str], desk: Desk) -> list[FilterChip]:
    titles = {"all": _("全部"), "mine": _("我承办"), "received": _("我首接"), "unit": _("我的部门")}
    chosen = asked["view"] if asked["view"] in VIEWS else "all"
    return [
        FilterChip(
            title,
            _address(asked, view="" if key == "all" else key),
            count=count_cases(desk.organisation, desk.who, CaseFilter(view=key), world=desk.world),  # type: ignore[arg-type]
            chosen=key == chosen,
        )
        for key, title in titles.items()
    ]


def _nothing(wanted: CaseFilter) -> str:
    """What an empty list means: not that there are no cases, but that none of them is this reader's."""
    titles = {"mine": _("没有您承办的案件"), "received": _("没有您首接的案件"), "unit": _("没有您的部门承办的案件")}
    return titles.get(wanted.view, _("没有您能查看的案件"))


def _filters(
    asked: dict[str, str], regimes: dict[str, Regime], regime: Regime | None, desk: Desk
) -> list[FilterChip]:
    month = desk.world.today.replace(day=1).isoformat()
    year = desk.world.today.replace(month=1, day=1).isoformat()
    menus: list[tuple[str, str, dict[str, str]]] = [
        ("regime", _("制度"), {each.id: each.title for each in regimes.values()}),
        (
            "state",
            _("状态"),
            {
                "not-closed": _("未办结"), "open": _("办理中"), "waiting": _("等待补正"), "suspended": _("已中止"),
                "to-transfer": _("待移送"), "transferred": _("已移送，待签收"), "closed": _("已办结"),
            },
        ),
        ("overdue", _("时限"), {"yes": _("已超期")}),
        ("since", _("收到时间"), {month: _("本月以来"), year: _("今年以来")}),
        ("unit", _("承办部门"), _units(desk)),
    ]
    if regime is not None:
        menus += [
            ("category", _("类别"), {each.id: each.title for each in regime.categories.values()}),
            ("severity", _("严重程度"), dict(regime.severity.levels)),
        ]
    chips = []
    for key, title, options in menus:
        value = asked[key]
        if value:
            shown = options.get(value, value)
            off = {key: ""} | ({"category": "", "severity": ""} if key == "regime" else {})
            chips.append(FilterChip(f"{title}{_('：')}{shown}", _address(asked, **off), kind="on", chosen=True))
        elif options:
            choices = tuple(FilterChip(words, _address(asked, **{key: each})) for each, words in options.items())
            chips.append(FilterChip(title, kind="menu", options=choices))
    if asked["q"]:
        chips.append(FilterChip(_("搜索：%(words)s") % {"words": asked["q"]}, _address(asked, q=""), kind="on", chosen=True))
    return chips


def _units(desk: Desk) -> dict[str, str]:
    return {unit.key: unit.title for unit in desk.world.people.units.values() if unit.kind in ("department", "team")}
