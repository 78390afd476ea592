"""日历: what is owed by day, week or month; and the feed for calendar programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiyin.application.agenda import MOST_COUNTED, AgendaDay, agenda, beside
from huiyin.application.calendar_feed import end_feed, feed_of, new_feed
from huiyin.calendars import DayKind
from huiyin.calendars.months import add_months
from huiyin.notices.models import CalendarFeed
from huiyin.site.components import FilterChip
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.words.articles import Cited, first_cited
from huiyin.workbench.words.moments import clock_words, day_words, due_words

SCOPES = ("mine", "unit", "all")
VIEWS = ("day", "week", "month")
IN_A_CELL = 3
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Line:
    """Something on a day: when, what, where it leads, the article behind it; `tone` is error, warning or empty.

    `word` says how it stands where the day alone does not: late, today, standing still.
    """

    when: str
    title: str
    number: str
    href: str
    tone: str = ""
    word: str = ""
    cite: Cited | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: its words, whether it is worked, and its lines. `mark` is 休 or 班 where the day is not an ordinary one."""

    date: date
    words: str
    mark: str
    works: bool
    today: bool
    outside: bool
    lines: Sequence[Line]

    @property
    def first(self) -> Sequence[Line]:
        """What fits into a cell of the month."""
        return self.lines[:IN_A_CELL]

    @property
    def more(self) -> int:
        """How many lines do not."""
        return max(0, len(self.lines) - IN_A_CELL)


@require_GET
@staff_page
def calendar_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """`?view=` day, week or month; `?date=`; `?scope=` mine, unit or all."""
    return _page(request, desk)


def _page(request: HttpRequest, desk: Desk, new_address: str = "") -> HttpResponse:
    """The calendar; with an address for calendar programs that was just made, which no later page shows again."""
    view = request.GET.get("view", "month")
    view = view if view in VIEWS else "month"
    scope = request.GET.get("scope", "mine")
    scope = scope if scope in SCOPES else "mine"
    at = _date(request.GET.get("date", "")) or desk.world.today
    first, last = _window(view, at)
    found = agenda(desk.world, desk.who, first, last, scope)  # type: ignore[arg-type]
    cells = [_cell(desk, each, month=at.month if view == "month" else 0) for each in found.days]
    words = {
        "view": view,
        "scope": scope,
        "title": _title(desk, view, at, first, last),
        "weeks": [cells[start : start + 7] for start in range(0, len(cells), 7)] if view != "day" else [],
        "cells": cells,
        "busy": [cell for cell in cells if cell.lines],
        "cut": found.cut,
        "before": _address(request, view=view, date=_step(view, at, -1).isoformat()),
        "after": _address(request, view=view, date=_step(view, at, 1).isoformat()),
        "now_href": _address(request, view=view, date=""),
        "views": _views(request, view),
        "scopes": _scopes(request, scope),
        "beside": beside(desk.world, desk.who, first, scope),  # type: ignore[arg-type]
        "most": MOST_COUNTED,
        "day_href": f"{reverse('desk-day')}?scope={scope}",
        "unpublished": max(desk.world.calendar.last_published_year + 1, first.year) if _is_unpublished(desk, last) else 0,
        "new_address": new_address,
        "feed": CalendarFeed.objects.filter(staff=desk.staff).first(),
    }
    return desk_page(request, desk, "workbench/calendar.html", words)


@require_POST
@staff_page
def renew_feed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new secret address, shown once; the one before no longer works. With `do=end` there is none any more."""
    if request.POST.get("do") == "end":
        end_feed(desk.staff)
        messages.success(request, _("订阅地址已停用。"))
    else:
        return _page(request, desk, request.build_absolute_uri(reverse("desk-feed", args=[new_feed(desk.staff)])))
    return redirect("desk-calendar")


@require_GET
@login_not_required
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret address."""
    found = feed_of(secret)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="text/calendar; charset=utf-8")


def _window(view: str, at: date) -> tuple[date, date]:
    monday = at - timedelta(days=at.weekday())
    if view == "day":
        return at, at
    if view == "week":
        return monday, monday + timedelta(days=6)
    first = at.replace(day=1)
    last = add_months(first, 1) - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def _step(view: str, at: date, by: int) -> date:
    if view == "month":
        return add_months(at.replace(day=1), by)
    return at + timedelta(days=by * (7 if view == "week" else 1))


def _cell(desk: Desk, each: AgendaDay, *, month: int) -> Cell:
    day = each.day
    mark = {DayKind.HOLIDAY: _("休"), DayKind.DAY_OFF: _("休"), DayKind.MAKE_UP: _("班"), DayKind.EXTRA_WORKDAY: _("班")}
    return Cell(
        date=day.date,
        words=day_words(day.date, desk.world.today),
        mark=f"{mark[day.kind]} {day.title}" if day.kind in mark else "",
        works=day.works,
        today=day.date == desk.world.today,
        outside=bool(month) and day.date.month != month,
        lines=_lines(desk, each),
    )


def _lines(desk: Desk, each: AgendaDay) -> list[Line]:
    zone, lines = desk.world.calendar.zone, []
    for turn in each.rosters:
        when = f"{clock_words(turn.starts_at.astimezone(zone))}–{clock_words(turn.ends_at.astimezone(zone))}"
        name = "" if turn.mine else turn.name
        lines.append(Line(when, _("值班：%(role)s") % {"role": turn.role}, name, reverse("desk-cover")))
    tones = {"overdue": "error", "today": "warning"}
    for row in each.owed:
        assert row.due is not None
        state, word = due_words(row.due, desk.world, paused=row.paused)
        when, tone = clock_words(row.due.astimezone(zone)), tones.get(state, "")
        href, cite = reverse("desk-case", args=[row.number]), first_cited(desk.world.in_force(row.regime), row.cite)
        lines.append(Line(when, row.title, row.number, href, tone, word if tone or row.paused else "", cite))
    affairs, word = reverse("desk-affairs"), _("将到的职责")
    for coming in each.to_come:
        cite = first_cited(coming.regime, coming.regime.duties[coming.duty].cite)
        lines.append(Line(clock_words(coming.due.astimezone(zone)), coming.title, "", affairs, word=word, cite=cite))
    return lines


def _is_unpublished(desk: Desk, last: date) -> bool:
    """Whether the holidays of the last day's year are not known yet, so that what is shown as worked may not be."""
    return last.year > desk.world.calendar.last_published_year


def _title(desk: Desk, view: str, at: date, first: date, last: date) -> str:
    if view == "month":
        return date_format(at, "YEAR_MONTH_FORMAT")
    if view == "day":
        return day_words(at, desk.world.today)
    return f"{day_words(first, desk.world.today)} – {day_words(last, desk.world.today)}"


def _views(request: HttpRequest, view: str) -> list[FilterChip]:
    titles = {"day": _("日"), "week": _("周"), "month": _("月")}
    return [FilterChip(title, _address(request, view=key), chosen=key == view) for key, title in titles.items()]


def _scopes(request: HttpRequest, scope: str) -> list[FilterChip]:
    titles = {"mine": _("我负责"), "unit": _("我的部门"), "all": _("全部可见")}
    return [FilterChip(title, _address(request, scope=key), chosen=key == scope) for key, title in titles.items()]


def _address(request: HttpRequest, **changes: str) -> str:
    asked = {key: request.GET[key] for key in ("view", "date", "scope") if key in request.GET} | changes
    return reverse("desk-calendar") + "?" + urlencode({key: value for key, value in asked.items() if value})


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
