"""Addresses below /api/v1/: the operations, their documents, and a problem for everything else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from huiyin.api.interface import interface
from huiyin.api.problems import answer, not_allowed, problem_of


def with_problems(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, answering a wrong method as every other error."""

    @wraps(view)
    def careful(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        response = view(request, *arguments, **named)
        if isinstance(response, HttpResponseNotAllowed):
            allowed = response.headers["Allow"]
            response = answer(request, not_allowed(allowed))
            response.headers["Allow"] = allowed
        return response

    return careful


@csrf_exempt  # a wrong address is told so whatever was sent to it; nothing is done there
def unknown(request: HttpRequest) -> HttpResponse:
    """There is nothing at this address."""
    problem = problem_of(Http404())
    assert problem is not None
    return answer(request, problem)


operations, _application, _namespace = interface.urls
for _pattern in operations:
    assert isinstance(_pattern, URLPattern)
    _pattern.callback = with_problems(_pattern.callback)

urlpatterns = [path("", (operations, _application, _namespace)), re_path(r"^.*$", unknown)]
