"""Telling a fragment from a page: both come from one template, the request decides which is sent."""

from django.http import HttpRequest, HttpResponse


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asked for a fragment (and not for the whole page again after the browser's back button)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"


def in_place_of(answer: HttpResponse, place: str) -> HttpResponse:
    """Let the answer to whatever asked take the place of another part of the page, given as a selector."""
    answer.headers["HX-Retarget"] = answer.headers["HX-Reselect"] = place
    answer.headers["HX-Reswap"] = "outerHTML"
    return answer
