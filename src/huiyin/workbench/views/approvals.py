"""Approvals: every proposal that waits for me, with all I need to decide it."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.approvals import waiting_for


@require_GET
@staff_page
def approval_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list; each proposal is decided in place, or sent back with a reason."""
    found, count = waiting_for(desk)
    words = {"approvals": [(each, uuid4().hex) for each in found], "count": count}
    return desk_page(request, desk, "workbench/approvals.html", words, approvals=count)
