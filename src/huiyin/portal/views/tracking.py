"""Tracking: number and code open one case for this session; the page says first what the complainant does now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.application.attachments import attachments_of, download
from huiyin.application.loading import Opened, open_case
from huiyin.application.tracking import COMPLAINANT, track
from huiyin.cases.events import Event
from huiyin.portal.forms.acts import RatingForm, SayForm
from huiyin.portal.forms.tracking import TrackForm
from huiyin.portal.pages.matters import branch_of
from huiyin.portal.pages.messages import Message, Teller
from huiyin.portal.pages.milestones import Course, course_of, running_for_complainant
from huiyin.portal.pages.moments import due_words
from huiyin.portal.pages.offers import Offers, offers_of
from huiyin.portal.pages.outside_seen import papers_seen
from huiyin.portal.pages.progress import boxes_of, headline_of, steps_of
from huiyin.portal.pages.whereabouts import whereabouts_of
from huiyin.portal.pages.why import why_days
from huiyin.portal.place import Place
from huiyin.portal.sessions import close_tracking, open_tracking, receipt_case, tracked_case
from huiyin.store.errors import UnknownCase
from huiyin.store.log import events_of, read_event
from huiyin.store.models import AttachmentRow
from huiyin.store.projections.case_row import title_of

from .common import public, show
from .doors import door


@dataclass
class Tracked:
    """The case of this session with everything its pages need."""

    place: Place
    opened: Opened
    events: Sequence[Event]
    course: Course
    offers: Offers


@dataclass
class Shown:
    """A message with the files that belong to it."""

    message: Message
    files: list[AttachmentRow] = field(default_factory=list)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, place: Place) -> HttpResponse:
    """Number and code. A wrong pair never says which of them was wrong."""
    if request.method != "POST":
        return show(request, place, "track.html", {"form": TrackForm(number=request.GET.get("number", "")[:60])})
    form = TrackForm(request.POST)
    return door(
        request, place, "track.html", form,
        lambda address: track(place.organisation, form.cleaned_data["number"], form.cleaned_data["code"], source=address),
        lambda found: open_tracking(request, place, found.case_id),
        place.url("case"),
    )  # fmt: skip


@public
@require_POST
def leave(request: HttpRequest, place: Place) -> HttpResponse:
    """Leave no trace on a machine that others use, too."""
    close_tracking(request)
    return HttpResponseRedirect(place.url("home"))


@public
@require_safe
def case(request: HttpRequest, place: Place) -> HttpResponse:
    """The complainant's view of the case."""
    tracked = tracked_of(request, place)
    return show_case(request, tracked) if tracked else HttpResponseRedirect(place.url("track"))


@public
@require_safe
def attachment(request: HttpRequest, place: Place, attachment: UUID) -> HttpResponseBase:
    """A file the complainant sent in; what the house added stays inside."""
    case_id = tracked_case(request, place)
    if case_id is None:
        return HttpResponseRedirect(place.url("track"))
    try:
        found = download(place.organisation, COMPLAINANT, case_id, attachment)
    except UnknownCase as error:
        raise Http404 from error
    if found.row.added_by != COMPLAINANT.person:
        raise Http404
    answer = FileResponse(found.path.open("rb"), as_attachment=True, filename=found.row.name)
    for name, value in found.headers.items():
        answer[name] = value
    return answer


def tracked_of(request: HttpRequest, place: Place) -> Tracked | None:
    """The case of this session, opened; None when there is none."""
    case_id = tracked_case(request, place)
    if case_id is None:
        return None
    try:
        opened = open_case(place.organisation, COMPLAINANT, case_id, place.world)
    except UnknownCase:
        return None
    events = [read_event(row) for row in events_of(case_id)]
    course = course_of(opened.regime, events)
    return Tracked(place, opened, events, course, offers_of(opened, course))


def show_case(
    request: HttpRequest,
    tracked: Tracked,
    *,
    rating: RatingForm | None = None,
    say: SayForm | None = None,
    say_wrong: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The case page; forms that were refused come back with what was typed."""
    place, opened, offers = tracked.place, tracked.opened, tracked.offers
    if rating is None and offers.rating is not None:
        rating = RatingForm(offers.rating)
    until = offers.second_look.until if offers.second_look else None
    zone, now = place.world.calendar.zone, place.world.now
    words = {
        "case": opened.case,
        "regime": opened.regime,
        "office": branch_of(place, opened.regime),
        "matter": title_of(opened.regime, opened.case),
        "headline": headline_of(opened, offers, tracked.course, tracked.events),
        "where": whereabouts_of(opened),
        "steps": steps_of(opened, tracked.course),
        "boxes": boxes_of(opened, offers),
        "why": why_days(opened, running_for_complainant(opened.regime, opened.case)),
        "messages_shown": _with_files(opened, Teller(opened).messages(tracked.events)),
        "papers": papers_seen(opened),
        "paper_page": "paper",
        "paper_pdf_page": "paper-pdf",
        "offers": offers,
        "until": due_words(until, zone, now) if until else "",
        "rating": rating,
        "say": say or SayForm(opened.regime),
        "say_wrong": say_wrong,
        "key": str(uuid4()),
        "has_receipt": receipt_case(request, place) == opened.row.id,
    }
    return show(request, place, "case.html", words, status)


def _with_files(opened: Opened, messages: Sequence[Message]) -> list[Shown]:
    by_digest: defaultdict[str, list[AttachmentRow]] = defaultdict(list)
    sealed = {item.key for item in opened.case.evidence if item.sealed}
    for row in attachments_of(opened):
        if row.added_by == COMPLAINANT.person and row.evidence not in sealed:
            by_digest[row.digest].append(row)
    return [
        Shown(message, [by_digest[digest].pop(0) for digest in message.files if by_digest[digest]])
        for message in messages
    ]
