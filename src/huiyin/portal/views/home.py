"""The front page: what we promise, what can be brought up, tracking, how to reach us, the published regimes."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.portal.forms.tracking import TrackForm
from huiyin.portal.pages.matters import matters_of, promises_of
from huiyin.portal.place import Place

from .common import public, show


@public
@require_safe
def home(request: HttpRequest, place: Place) -> HttpResponse:
    """Everything a visitor needs to begin, on one page."""
    matters = matters_of(place)
    open_now = place.world.calendar.works_at(place.world.now)
    words = {
        "matters": matters,
        "only": matters[0] if len(matters) == 1 else None,
        "promises": promises_of(place, matters),
        "further": [matter for matter in matters if matter.paths],
        "form": TrackForm(),
        "open_now": open_now,
        "replies": any(regime.portal.replies for regime in place.regimes),
    }
    return show(request, place, "home.html", words)
