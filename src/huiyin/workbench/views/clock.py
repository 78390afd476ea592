"""演练时钟: an administrator sets a rehearsal's clock forward, and what comes due until then happens at once."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.application.sweeping import sweep
from huiyin.organisations.services import ClockRefusedError, set_rehearsal_clock
from huiyin.workbench.desk import Desk, desk_page, staff_page


class ClockForm(forms.Form):
    """The new time, local to the organisation."""

    to = forms.DateTimeField(
        label="把时钟调到",
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": "请选择时间", "invalid": "请选择日期和时间"},
    )


@require_http_methods(["GET", "POST"])
@staff_page
def set_clock(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Only for administrators of a rehearsal; anybody else is told so."""
    if not desk.organisation.rehearsal or not desk.staff.administrator:
        raise PermissionDenied(_("只有演练单位的系统管理员可以调整演练时间。"))
    now = desk.world.now.astimezone(desk.world.calendar.zone)
    form = ClockForm(request.POST or None, initial={"to": now.replace(tzinfo=None)})
    if request.method == "POST" and form.is_valid():
        try:
            set_rehearsal_clock(desk.organisation, _local(form.cleaned_data["to"], desk), desk.staff)
        except ClockRefusedError as refused:
            form.add_error("to", str(refused).split(" / ")[0])
        else:
            moved = sweep(desk.organisation)
            messages.success(request, _("时钟已调好，其间到期的%(count)s件案件已经处理。") % {"count": moved})
            return redirect("desk-day")
    status = 422 if request.method == "POST" else 200
    return desk_page(request, desk, "workbench/clock.html", {"form": form}, status=status)


def _local(typed: datetime, desk: Desk) -> datetime:
    return typed.replace(tzinfo=desk.world.calendar.zone)
