"""台账: points, fines, rewards, with balances."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiyin.organisations.services import regimes_in_force
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.ledgers import books


@require_GET
@staff_page
def ledger_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All ledgers the reader may see."""
    return desk_page(request, desk, "workbench/ledgers.html", {"books": books(desk, regimes_in_force(desk.organisation))})
