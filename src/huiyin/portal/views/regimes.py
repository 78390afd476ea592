"""A published regime: its articles, limits, channels and ways beyond us."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.portal.pages.articles import articles_of
from huiyin.portal.pages.editions import editions_of
from huiyin.portal.pages.matters import branch_of
from huiyin.portal.pages.milestones import is_answer, leads_to, used_here
from huiyin.portal.pages.promises import public_commitments
from huiyin.portal.pages.standing import standing_of
from huiyin.portal.pages.ways import online_channel, ways_to
from huiyin.portal.place import Place
from huiyin.regime.saying import say_rows

from .common import public, show


@public
@require_safe
def regime(request: HttpRequest, place: Place, regime: str) -> HttpResponse:
    """The regime in force as everybody may read it."""
    found = place.regime(regime)
    editions = editions_of(place, found)
    progress = found.portal.progress
    words = {
        "regime": found,
        "branch": branch_of(place, found),
        "published": editions.now,
        "editions": editions,
        "articles": articles_of(found),
        "limits": [
            (limit, say_rows(found, limit.within))
            for limit in found.limits.values()
            if used_here(found, limit) and (is_answer(found, limit) or leads_to(found, limit, progress))
        ],
        "promises": public_commitments([found], place.world) if "commitments" in found.portal.show else (),
        "ways": ways_to(found),
        "paths": tuple(found.portal.paths.values()),
        "standing": standing_of(found),
        "can_file": online_channel(found) is not None,
    }
    return show(request, place, "regime.html", words)
