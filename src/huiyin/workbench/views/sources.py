"""来文单位: an administrator registers bodies outside that file themselves, and gives, renews and revokes their codes."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin.application.source_bounds import take_note
from huiyin.application.sources import SourceRefusedError, change, own_pages, pages_of, register, renew, revoke
from huiyin.organisations.models import Source, SourceEntry, SourceEntryKind
from huiyin.organisations.services import regimes_in_force
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.forms.sources import SourceForm, page_words
from huiyin.workbench.pages.source_channels import nowhere_words
from huiyin.workbench.words.moments import date_words, moment_words

from .channels import administrators_only

ENTRIES = 50
"""How many of the latest entries the page of a source shows."""

_KINDS = {
    SourceEntryKind.OPENED: gettext_lazy("进入"),
    SourceEntryKind.WRONG: gettext_lazy("单位码不对"),
    SourceEntryKind.CLOSED: gettext_lazy("单位码已停用或过期"),
    SourceEntryKind.ISSUED: gettext_lazy("发码"),
    SourceEntryKind.REVOKED: gettext_lazy("停用"),
    SourceEntryKind.FULL: gettext_lazy("提交太多，暂不收"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A source in the list. `used`: when its code was last used, in words; `wrong`: how many wrong codes since it was issued."""

    source: Source
    where: list[str]
    state: str
    used: str
    wrong: int


@require_GET
@staff_page
@administrators_only
def source_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All sources, with the last use of each."""
    regimes = regimes_in_force(desk.organisation)
    wrong = SourceEntry.objects.filter(source=OuterRef("pk"), kind=SourceEntryKind.WRONG, at__gte=OuterRef("issued_at"))
    rows = Source.objects.filter(organisation=desk.organisation).annotate(
        used=Max("entries__at", filter=Q(entries__kind=SourceEntryKind.OPENED)),
        wrong=Subquery(wrong.order_by().values("source").annotate(many=Count("pk")).values("many")),
    )
    lines = [
        Line(
            row, [page_words(page) for page in pages_of(row, regimes)], _state(desk, row),
            moment_words(row.used, desk.world) if row.used else "", row.wrong or 0,
        )
        for row in rows
    ]  # fmt: skip
    words = {"lines": lines, "possible": bool(own_pages(regimes)), **nowhere_words(regimes)}
    return desk_page(request, desk, "workbench/sources/list.html", words)


@require_http_methods(["GET", "POST"])
@staff_page
@administrators_only
def new_source(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Register one; its address and code are shown once, in the answer."""
    regimes = regimes_in_force(desk.organisation)
    pages = own_pages(regimes)
    form = SourceForm(pages, desk.world.calendar.zone, None, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            source, code = register(desk.world, regimes, desk.staff, form.cleaned_data["name"], form.terms)
        except SourceRefusedError as refused:
            form.add_error(refused.field, refused.message_zh)
        else:
            return _show_code(request, desk, source, code)
    words = {"form": form, "possible": bool(pages), **nowhere_words(regimes)}
    return desk_page(request, desk, "workbench/sources/new.html", words, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff_page
@administrators_only
def edit_source(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """Where it may file and until when; what was done with its code."""
    source, regimes = _source(desk, row), regimes_in_force(desk.organisation)
    pages = own_pages(regimes)
    form = SourceForm(pages, desk.world.calendar.zone, source, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change(desk.world, regimes, source, form.terms)
        except SourceRefusedError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message_zh)
        else:
            messages.success(request, _("已保存。"))
            return redirect("desk-source", row=source.pk)
    words = {"form": form, "entries": _entries(desk, source), **_words(request, desk, source)}
    return desk_page(request, desk, "workbench/sources/source.html", words, status=422 if form.errors else 200)


@require_POST
@staff_page
@administrators_only
def renew_source(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """A new code, shown once; the old one opens nothing any more."""
    source = _source(desk, row)
    code = renew(source, desk.staff, desk.world.now)
    return _show_code(request, desk, _source(desk, row), code)


@require_POST
@staff_page
@administrators_only
def revoke_source(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """Close its page at once."""
    source = _source(desk, row)
    revoke(source, desk.staff, desk.world.now)
    messages.success(request, _("已停用，%(name)s不能再进入；换发新码即恢复。") % {"name": source.name})
    return redirect("desk-source", row=source.pk)


@require_POST
@staff_page
@administrators_only
def noted(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """The administrator knows that it wanted to file more than it may."""
    source = _source(desk, row)
    take_note(source)
    messages.success(request, _("已记下，不再提醒；再次达到上限会重新提醒。"))
    return redirect("desk-source", row=source.pk)


def _source(desk: Desk, row: UUID) -> Source:
    found = Source.objects.filter(pk=row, organisation=desk.organisation).first()
    if found is None:
        raise Http404
    return found


def _show_code(request: HttpRequest, desk: Desk, source: Source, code: str) -> HttpResponse:
    answer = desk_page(
        request, desk, "workbench/sources/code.html", {"code": code, **_words(request, desk, source)}
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _words(request: HttpRequest, desk: Desk, source: Source) -> dict[str, object]:
    address = request.build_absolute_uri(reverse("portal-source", args=(desk.organisation.slug, source.pk)))
    full = moment_words(source.full_at, desk.world) if source.full_at else ""
    return {"source": source, "address": address, "state": _state(desk, source), "full": full}


def _state(desk: Desk, source: Source) -> str:
    world, until = desk.world, source.expires_at
    if source.revoked_at is not None:
        return _("%(when)s停用") % {"when": moment_words(source.revoked_at, world)}
    if until is None:
        return _("在用")
    if until <= world.now:
        return _("已过期")
    last = (until - timedelta(seconds=1)).astimezone(world.calendar.zone).date()
    return _("在用，到%(day)s为止") % {"day": date_words(last, world.today)}


def _entries(desk: Desk, source: Source) -> list[tuple[str, str, str]]:
    rows = SourceEntry.objects.filter(source=source).select_related("by").order_by("-id")[:ENTRIES]
    return [
        (moment_words(row.at, desk.world), str(_KINDS[SourceEntryKind(row.kind)]), row.by.name if row.by else row.address)
        for row in rows
    ]

