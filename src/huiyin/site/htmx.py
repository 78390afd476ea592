"""Telling a fragment from a page: both come from one template, the request decides which is sent."""

from django.http import HttpRequest


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asked for a fragment (and not for the whole page again after the browser's back button)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"
