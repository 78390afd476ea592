"""制度库: the regimes in force, each with its articles and the rules that carry them out."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiyin.organisations.services import regime_in_force, regimes_in_force
from huiyin.regime.show import rules_by_article
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.regime import regime_words


@require_GET
@staff_page
def regime_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All regimes in force."""
    lines = [
        (regime, len(regime.articles), sum(1 for rules in rules_by_article(regime).values() if rules), len(regime.limits))
        for regime in regimes_in_force(desk.organisation)
    ]
    return desk_page(request, desk, "workbench/regimes.html", {"lines": lines})


@require_GET
@staff_page
def regime_page(request: HttpRequest, desk: Desk, regime_id: str) -> HttpResponse:
    """One regime. Raises NoSuchRegimeError, which becomes a page of its own."""
    return desk_page(request, desk, "workbench/regime.html", regime_words(regime_in_force(desk.organisation, regime_id)))
