"""What every page's frame needs."""

from typing import Any

from django.http import HttpRequest

from huiyin.site.theme import theme_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """`theme` for data-theme and the number of the request for error reports."""
    return {"theme": theme_of(request), "request_number": request.META.get("HUIYIN_REQUEST_NUMBER", "")}
