"""通知: what I was told, and how I want to be told elsewhere."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiyin.application.inbox import inbox, mark_read, unread
from huiyin.notices.choosing import NOWHERE, choose, reach_of, ways_in_use
from huiyin.notices.kinds import PERSONAL, WAYS
from huiyin.organisations.services import regimes_in_force
from huiyin.regime.saying import article_label
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.forms.notices import ReachForm
from huiyin.workbench.words.moments import moment_words


@require_GET
@staff_page
def notice_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What I was told, newest first. What is on the screen counts as read from then on."""
    page = inbox(desk.world, desk.staff, request.GET.get("after", ""))
    if page.items and page.items[0].unread:
        mark_read(desk.staff, page.items[0].row.id)
    words = {
        "notices": [
            (each, [article_label(article) for article in each.row.cite], moment_words(each.row.at, desk.world))
            for each in page.items
        ],
        "older": f"?{urlencode({'after': page.next})}" if page.next else "",
        "first": not request.GET.get("after"),
    }
    return desk_page(request, desk, "workbench/notices/inbox.html", {"part": "inbox", **words})


@require_GET
@staff_page
def bell(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The bell with the number of unread notices, which the page asks for now and then."""
    words = {"unread": unread(desk.world, desk.staff), "notices_href": reverse("desk-notices")}
    return render(request, "components/bell.html", words)


@require_http_methods(["GET", "POST"])
@staff_page
def my_ways(request: HttpRequest, desk: Desk) -> HttpResponse:
    """My addresses, and what I want to be told there."""
    reach = reach_of(desk.organisation.pk, [desk.staff.person]).get(desk.staff.person, NOWHERE)
    form = ReachForm(reach, _insisted(desk), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        choose(desk.staff, form.contact(), form.cleaned_data["language"], form.chosen())
        messages.success(request, _("已保存。"))
        return redirect("desk-my-ways")
    status = 422 if form.errors else 200
    open_ways = ways_in_use(desk.organisation.pk)
    closed = _("、").join(str(WAYS[way].title) for way in PERSONAL if way not in open_ways)
    words = {"part": "ways", "form": form, "closed": closed}
    return desk_page(request, desk, "workbench/notices/my_ways.html", words, status=status)


def _insisted(desk: Desk) -> dict[str, list[str]]:
    """Kind → what regimes in force insist on, in words."""
    found: dict[str, list[str]] = {}
    for regime in regimes_in_force(desk.organisation):
        for kind, ways in regime.sending.insist.items():
            titles = _("、").join(str(WAYS[way].title) for way in ways)
            found.setdefault(kind, []).append(_("《%(regime)s》规定必发：%(ways)s") % {"regime": regime.title, "ways": titles})
    return found
