"""What all pages of the portal share: open to everybody, and troubles of the store said in a sentence."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from huiyin.portal.place import Place, place_of
from huiyin.site.errors import error_page
from huiyin.store.availability import clear_failures
from huiyin.store.errors import StoreUnavailable

Parameters = ParamSpec("Parameters")


def public(
    view: Callable[Concatenate[HttpRequest, Place, Parameters], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A page anybody may open: the view gets the `Place` in place of the address's slug."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, slug: str = "", **kwargs: Any) -> HttpResponseBase:
        try:
            with clear_failures():
                return view(request, place_of(slug), *args, **kwargs)
        except StoreUnavailable as trouble:
            return error_page(request, 503, sentence=trouble.said)

    return login_not_required(page)


def show(
    request: HttpRequest, place: Place, template: str, words: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """A page in the portal's frame."""
    known = {"place": place, "portal": place.frame}
    return render(request, f"portal/{template}", known | (words or {}), status=status)


def source_of(request: HttpRequest) -> str:
    """The visitor's address, for counting wrong codes only."""
    return request.META.get("REMOTE_ADDR", "")
