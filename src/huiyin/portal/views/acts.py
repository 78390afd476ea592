"""What the complainant does on the case: say something more, rate, complete, appeal, withdraw, and the regime's own acts."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.application.tracking import COMPLAINANT
from huiyin.cases.commands import AddEvidence, Command
from huiyin.portal.forms.acts import ActForm, RatingForm, SayForm
from huiyin.portal.place import Place
from huiyin.store.files.storage import Upload

from .act_page import act_page, completion_page
from .common import public
from .giving import Trouble, give, key_of, said_in
from .tracking import Tracked, show_case, tracked_of


@public
@require_POST
def say(request: HttpRequest, place: Place) -> HttpResponse:
    """Add words and files to the case."""
    tracked = tracked_of(request, place)
    if tracked is None:
        return HttpResponseRedirect(place.url("track"))
    form, key = SayForm(tracked.opened.regime, request.POST), key_of(request)
    if not form.is_valid():
        return show_case(request, tracked, say=form, status=422)
    said = said_in(request, form, key)
    wrong = said.wrong
    trouble = None if wrong else _give(tracked, AddEvidence(evidence=said.evidence), key, said.uploads)
    if trouble is not None and trouble.files:
        wrong = [trouble.message]
    elif trouble is not None:
        form.show(trouble.fields, trouble.message)
    if wrong or trouble:
        return show_case(request, tracked, say=form, say_wrong=wrong, status=trouble.status if trouble else 422)
    messages.success(request, _("收到了，已经放进您的案件。"))
    return HttpResponseRedirect(place.url("case"))


@public
@require_POST
def rate(request: HttpRequest, place: Place) -> HttpResponse:
    """Rate how the case was handled."""
    tracked = tracked_of(request, place)
    if tracked is None:
        return HttpResponseRedirect(place.url("track"))
    if tracked.offers.rating is None:
        messages.info(request, _("您已经评价过，或者现在还不到评价的时候。"))
        return HttpResponseRedirect(place.url("case"))
    form = RatingForm(tracked.offers.rating, request.POST)
    trouble = _give(tracked, form.command(), key_of(request)) if form.is_valid() else None
    if trouble is not None:
        form.show(trouble.fields, trouble.message)
    if form.errors:
        return show_case(request, tracked, rating=form, status=trouble.status if trouble else 422)
    messages.success(request, _("谢谢您的评价。"))
    return HttpResponseRedirect(place.url("case"))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, place: Place) -> HttpResponse:
    """Complete the filing when that was asked for."""
    tracked = tracked_of(request, place)
    if tracked is None:
        return HttpResponseRedirect(place.url("track"))
    if not tracked.offers.asked:
        return HttpResponseRedirect(place.url("case"))
    back = place.url("case")
    return completion_page(request, place, COMPLAINANT, tracked.opened, done=_("补充好了，我们接着办。"), back=back)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, place: Place, work: str) -> HttpResponse:
    """Any other act or step that is open to the complainant."""
    tracked = tracked_of(request, place)
    if tracked is None:
        return HttpResponseRedirect(place.url("track"))
    possible = tracked.offers.find(work)
    if possible is None:
        raise Http404
    form = ActForm(possible, request.POST if request.method == "POST" else None)
    leads = {
        "withdraw": _("撤回以后我们不再办理这件事。写不写理由都可以。"),
        "appeal": _("请说说对哪一点不满意，希望怎样处理；会重新处理。"),
        "reopen": _("请说说有什么新情况，希望怎样处理。"),
    }
    words = {
        "title": possible.title,
        "acknowledges": possible.command == "acknowledge",
        "lead": leads.get(work, ""),
        "cite": possible.cite,
        "danger": work == "withdraw",
        "papers": [tracked.opened.case.documents[key] for key in ((work,) if possible.command == "sign" else possible.reads)],
        "paper_page": "paper",
    }
    done, back = _("已经办好：%(title)s。") % {"title": possible.title}, place.url("case")
    return act_page(request, place, COMPLAINANT, tracked.opened, form, form.command, words, done=done, back=back)


def _give(tracked: Tracked, command: Command, key: str, uploads: Sequence[Upload] = ()) -> Trouble | None:
    return give(tracked.place, COMPLAINANT, tracked.opened.row.id, command, key, uploads)
