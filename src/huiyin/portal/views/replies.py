"""公开的答复: what others brought up and what came of it, as far as the regimes publish it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.application.paging import BadPageKey
from huiyin.application.published_replies import published_replies
from huiyin.portal.pages.replies import replies_of
from huiyin.portal.place import Place

from .common import public, show


@public
@require_safe
def replies(request: HttpRequest, place: Place) -> HttpResponse:
    """The published replies, page by page."""
    try:
        page = published_replies(place.organisation, request.GET.get("after", ""))
    except BadPageKey as trouble:
        return show(request, place, "replies.html", {"trouble": trouble.said}, status=400)
    return show(request, place, "replies.html", {"replies": replies_of(place, page.items), "next": page.next})
