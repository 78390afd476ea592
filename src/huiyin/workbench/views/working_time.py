"""工作时间: what holds, changing it, and what a change means for open cases before it is taken into effect."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiyin.application.background import background
from huiyin.application.entering_time import WorkingTimeRefusedError, shown_from, with_days, with_table
from huiyin.application.working_time import apply_change, drop_change, effects, propose
from huiyin.calendars.spans import written_hours
from huiyin.organisations.models import ChangeState, WorkingTimeChange
from huiyin.organisations.models.regimes import NOWHERE
from huiyin.organisations.working_time import WorkingTime, hours_from, working_time_of
from huiyin.site.htmx import in_place_of, is_htmx
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.forms.working_time import HoursForm, OwnDays, ReasonForm, YearsForm, lines_of
from huiyin.workbench.pages.working_time import change_line, effect_lines, upcoming_days, week_lines, year_lines
from huiyin.workbench.words.moments import fault_words

SHOWN_CHANGES = 20


@require_GET
@staff_page
def working_time_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What holds, for everybody; for administrators the history, too, and ways to change it."""
    found = working_time_of(desk.organisation)
    changes: list[WorkingTimeChange] = []
    if desk.staff.administrator:
        rows = WorkingTimeChange.objects.filter(organisation=desk.organisation).select_related("proposed_by", "applied_by")
        before = _after(request)
        changes = list((rows if before == NOWHERE else rows.filter(id__lt=before)).order_by("-id")[: SHOWN_CHANGES + 1])
    words = {
        "week": week_lines(found),
        "has_hours": desk.world.calendar.has_hours,
        "duty": written_hours(hours_from(found.holiday_hours)),
        "days": upcoming_days(found, desk.world.today),
        "years": year_lines(found, desk.world.today),
        "unpublished": desk.world.calendar.last_published_year + 1,
        "changes": [change_line(desk, each) for each in changes[:SHOWN_CHANGES]],
        "older": changes[SHOWN_CHANGES - 1].pk if len(changes) > SHOWN_CHANGES else None,
    }
    return desk_page(request, desk, "workbench/working_time/page.html", words)


@require_http_methods(["GET", "POST"])
@staff_page
def edit_hours(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The week and its opening hours."""
    _administrators(desk)
    form = HoursForm(working_time_of(desk.organisation), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _proposed(desk, form.wanted())
        except WorkingTimeRefusedError as refused:
            form.add_error(None, [fault_words(each) for each in refused.faults])
    status = 422 if request.method == "POST" else 200
    return desk_page(request, desk, "workbench/working_time/hours.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@staff_page
def edit_days(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The organisation's own days, a row each."""
    _administrators(desk)
    current, since = working_time_of(desk.organisation), shown_from(desk.world.today)
    initial = [
        {**day, "hours": written_hours(hours_from(day["hours"]))} for day in current.days if day["day"] >= since.isoformat()
    ]
    days = OwnDays(request.POST or None, initial=initial, prefix="days")
    refusals: list[str] = []
    if request.method == "POST" and days.is_valid():
        try:
            return _proposed(desk, with_days(current, lines_of(days), desk.world.today))
        except WorkingTimeRefusedError as refused:
            for each in refused.faults:
                if each.line:
                    days.forms[each.line - 1].add_error("day", fault_words(type(each)(0, each.zh, each.en)))
                else:
                    refusals.append(fault_words(each))
    words = {"days": days, "refusals": [*days.non_form_errors(), *refusals], "since": since}
    status = 422 if request.method == "POST" else 200
    return desk_page(request, desk, "workbench/working_time/days.html", words, status=status)


@require_http_methods(["GET", "POST"])
@staff_page
def enter_years(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A year's public holidays, as a table."""
    _administrators(desk)
    form = YearsForm(request.POST or None, request.FILES or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        current = working_time_of(desk.organisation)
        try:
            return _proposed(desk, with_table(current, said["table"], desk.world.today, correct=said["correct"]))
        except WorkingTimeRefusedError as refused:
            form.add_error("table", [fault_words(each) for each in refused.faults])
    status = 422 if request.method == "POST" else 200
    example = desk.world.calendar.last_published_year + 1
    return desk_page(request, desk, "workbench/working_time/years.html", {"form": form, "example": example}, status=status)


@require_http_methods(["GET", "POST"])
@staff_page
def change_page(request: HttpRequest, desk: Desk, change: UUID) -> HttpResponse:
    """What a change means; taking it into effect or doing without it; how far it has come."""
    _administrators(desk)
    rows = WorkingTimeChange.objects.filter(organisation=desk.organisation).select_related("proposed_by", "applied_by")
    found = rows.filter(pk=change).first()
    if found is None:
        raise Http404
    form = ReasonForm(request.POST or None, label_suffix="")
    if request.method == "POST":
        try:
            if request.POST.get("do") == "drop":
                drop_change(found, desk.staff)
                messages.success(request, _("没有采用，工作时间不变。"))
                return redirect("desk-working-time")
            if form.is_valid():
                apply_change(desk.world, found, desk.staff, form.cleaned_data["reason"])
                messages.success(request, _("已生效，到期时间由后台逐件改算。"))
                return redirect("desk-time-change", found.pk)
        except WorkingTimeRefusedError as refused:
            form.is_valid()
            form.add_error(NON_FIELD_ERRORS, [fault_words(each) for each in refused.faults])
    listed, following = effects(desk.world, found, desk.staff, _after(request))
    waits = found.state in (ChangeState.CHECKING, ChangeState.APPLYING)
    words = {
        "line": change_line(desk, found), "change": found, "form": form, "cases": effect_lines(desk, listed), "next": following,
        "waits": waits, "nobody": waits and not background(desk.organisation.pk).alive,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    answer = desk_page(request, desk, "workbench/working_time/change.html", words, status=status)
    return answer if waits or not is_htmx(request) else in_place_of(answer, "#change")


def _proposed(desk: Desk, wanted: WorkingTime) -> HttpResponse:
    """To the page that shows what it would mean. Raises WorkingTimeRefusedError."""
    return redirect("desk-time-change", propose(desk.world, wanted, desk.staff).pk)


def _administrators(desk: Desk) -> None:
    if not desk.staff.administrator:
        raise PermissionDenied(_("工作时间由本单位的系统管理员修改。"))


def _after(request: HttpRequest) -> UUID:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return NOWHERE
