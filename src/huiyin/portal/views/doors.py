"""Doors of the portal: a page that asks for a code and tells nothing before; the right one leads on, a wrong one is counted."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from huiyin.portal.place import Place
from huiyin.store.errors import TooManyAttempts, UnknownCase

from .common import show, source_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Found = TypeVar("Found")


class CodeForm(forms.Form):
    """A form with the code, as it was given out: its case, spaces and hyphens do not matter."""

    use_required_attribute = False
    code = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    code_title: "StrOrPromise" = ""
    code_missing: "StrOrPromise" = ""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, label_suffix="")
        self.fields["code"].label = self.code_title
        self.fields["code"].error_messages["required"] = self.code_missing


def tried(request: HttpRequest, form: forms.Form, opened: Callable[[str], Found]) -> tuple[Found | None, int]:
    """What the form opens, or None with the status of the page that shows the form again. `opened` gets the visitor's address
    and raises UnknownCase for a wrong code, TooManyAttempts where too many were wrong.
    """
    if not form.is_valid():
        return None, 422
    try:
        return opened(source_of(request)), 200
    except TooManyAttempts as trouble:
        form.add_error(None, trouble.said)
        return None, 429
    except UnknownCase as trouble:
        form.add_error(None, trouble.said)
        return None, 422


def door(
    request: HttpRequest,
    place: Place,
    template: str,
    form: forms.Form,
    opened: Callable[[str], Found],
    come_in: Callable[[Found], None],
    onward: str,
) -> HttpResponse:
    """The page of a door: `come_in` is told what was opened, then the visitor goes `onward`."""
    status = 200
    if request.method == "POST":
        found, status = tried(request, form, opened)
        if found is not None:
            come_in(found)
            return HttpResponseRedirect(onward)
    return show(request, place, template, {"form": form}, status)
