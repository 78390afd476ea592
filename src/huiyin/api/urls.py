"""Addresses below /api/v1/: the operations, their documents, and a problem for everything else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path

from .interface import interface
from .problems import answer, problem_of


def unknown(request: HttpRequest) -> HttpResponse:
    """There is nothing at this address."""
    problem = problem_of(Http404())
    assert problem is not None
    return answer(request, problem)


urlpatterns = [path("", interface.urls), re_path(r"^.*$", unknown)]
