"""代理与值班: who acts for whom while away, and who is on duty by night and on days off."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiyin.organisations.models import Deputy, RosterTurn
from huiyin.organisations.services import regimes_in_force
from huiyin.organisations.standing_in import (
    StandInRefusedError,
    appoint_deputy,
    end_deputising,
    put_on_duty,
    take_off_duty,
)
from huiyin.regime.model import Regime
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.forms.cover import DeputyForm, RosterForm

LOOK_BACK = timedelta(days=30)
LOOK_AHEAD = timedelta(days=31)
MOST_TURNS = 200


@require_GET
@staff_page
def cover(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who stands in for whom, and the roster of the coming month."""
    return _page(request, desk)


@require_POST
@staff_page
def deputise(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Let a colleague act for me, or, as an administrator, for somebody."""
    form = DeputyForm(desk, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        whom = form.people[said["staff"]] if "staff" in said else desk.staff
        try:
            appoint_deputy(
                whom, form.people[said["deputy"]], said["since"], said["until"], said["reason"],
                by=desk.staff, today=desk.world.today,
            )  # fmt: skip
        except StandInRefusedError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("代理已登记，到期自动结束。"))
            return redirect("desk-cover")
    return _page(request, desk, deputy=form, status=422)


@require_POST
@staff_page
def end_deputy(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """End a deputising before its time."""
    found = Deputy.objects.select_related("staff").filter(pk=row, staff__organisation=desk.organisation).first()
    if found is None:
        raise Http404
    try:
        end_deputising(found, by=desk.staff, today=desk.world.today)
    except StandInRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("代理已结束。"))
    return redirect("desk-cover")


@require_POST
@staff_page
def roster(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Put somebody on the roster."""
    regimes = _regimes(desk)
    form = RosterForm(desk, regimes, request.POST)
    if form.is_valid():
        regime_id, _slash, role = form.cleaned_data["role"].partition("/")
        try:
            put_on_duty(
                form.people[form.cleaned_data["staff"]], regimes[regime_id], role,
                form.moment("starts_at"), form.moment("ends_at"), by=desk.staff,
            )  # fmt: skip
        except StandInRefusedError as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("已排入值班表。"))
            return redirect("desk-cover")
    return _page(request, desk, turn=form, status=422)


@require_POST
@staff_page
def remove_turn(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """Take a turn off the roster."""
    found = RosterTurn.objects.select_related("staff").filter(pk=row, staff__organisation=desk.organisation).first()
    if found is None:
        raise Http404
    try:
        take_off_duty(found, by=desk.staff)
    except StandInRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已从值班表上取下。"))
    return redirect("desk-cover")


def _regimes(desk: Desk) -> dict[str, Regime]:
    return {regime.id: regime for regime in regimes_in_force(desk.organisation)}


def _page(
    request: HttpRequest, desk: Desk, *, deputy: DeputyForm | None = None, turn: RosterForm | None = None, status: int = 200
) -> HttpResponse:
    regimes, today, now = _regimes(desk), desk.world.today, desk.world.now
    form = turn or RosterForm(desk, regimes)
    deputies = Deputy.objects.filter(staff__organisation=desk.organisation, until__gte=today - LOOK_BACK)
    if not desk.staff.administrator:
        deputies = deputies.filter(staff=desk.staff) | deputies.filter(deputy=desk.staff)
    turns = RosterTurn.objects.filter(
        staff__organisation=desk.organisation, ends_at__gt=now, starts_at__lt=now + LOOK_AHEAD
    ).select_related("staff__unit")[:MOST_TURNS]
    words = {
        "deputies": [
            {"row": one, "over": one.until < today, "mine": one.staff_id == desk.staff.pk or desk.staff.administrator}
            for one in deputies.select_related("staff__unit", "deputy__unit").order_by("-since", "-id")
        ],
        "deputy_form": deputy or DeputyForm(desk),
        "turns": [
            {"row": one, "now": one.starts_at <= now, "role": _title(regimes, one)} for one in turns
        ],
        "roster_form": form if desk.staff.administrator and form.has_shifts else None,
        "has_shifts": form.has_shifts,
        "administrator": desk.staff.administrator,
    }
    return desk_page(request, desk, "workbench/cover.html", words, status=status)


def _title(regimes: dict[str, Regime], turn: RosterTurn) -> str:
    regime = regimes.get(turn.regime)
    return regime.role_title(turn.role) if regime else turn.role
