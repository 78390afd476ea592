"""The receipt: number and code, what happens next with its days, and a sheet to print."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.application.filing import receipt_of
from huiyin.application.loading import open_case
from huiyin.application.tracking import COMPLAINANT
from huiyin.cases.events import Assessed
from huiyin.portal.pages.journey import Journey
from huiyin.portal.pages.moments import day_words
from huiyin.portal.pages.qr import qr_of
from huiyin.portal.place import Place
from huiyin.portal.sessions import receipt_case
from huiyin.store.log import events_of, read_event

from .common import public, show


@public
@require_safe
def receipt(request: HttpRequest, place: Place) -> HttpResponse:
    """Shown right after filing, to the browser that filed."""
    return _receipt(request, place, "receipt.html")


@public
@require_safe
def printed(request: HttpRequest, place: Place) -> HttpResponse:
    """The same on a sheet of paper."""
    return _receipt(request, place, "receipt_print.html")


def _receipt(request: HttpRequest, place: Place, template: str) -> HttpResponse:
    case_id = receipt_case(request, place)
    if case_id is None:
        return HttpResponseRedirect(place.url("track"))
    return show(request, place, template, _words(request, place, case_id))


def _words(request: HttpRequest, place: Place, case_id: UUID) -> dict[str, object]:
    opened = open_case(place.organisation, COMPLAINANT, case_id, place.world)
    given = receipt_of(opened.row)
    address = request.build_absolute_uri(f"{place.url('track')}?{urlencode({'number': given.number})}")
    assessed = [event for row in events_of(case_id) if isinstance(event := read_event(row), Assessed)]
    filed = opened.case.filed_at.astimezone(place.world.calendar.zone)
    return {
        "receipt": given,
        "case": opened.case,
        "regime": opened.regime,
        "address": address,
        "qr": qr_of(address),
        "journey": Journey(place, opened.regime, opened.case, assessed).entries(_("已经登记，编号和查询码在上面")),
        "filed": f"{day_words(filed.date())} {filed.hour}:{filed.minute:02}",
    }
