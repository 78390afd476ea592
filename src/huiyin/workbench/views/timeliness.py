"""及时率."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiyin.application.timeliness import Question
from huiyin.organisations.services import regimes_in_force
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.timeliness import day_of, timeliness_page


@require_GET
@staff_page
def timeliness(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The share answered in time, by `regime`, `from` and `to` of the query (days of receipt, both included)."""
    question = Question(
        request.GET.get("regime", ""), day_of(request.GET.get("from", "")), day_of(request.GET.get("to", ""))
    )
    words = {
        "page": timeliness_page(desk, question),
        "question": question,
        "regimes": regimes_in_force(desk.organisation),
    }
    return desk_page(request, desk, "workbench/timeliness.html", words)
