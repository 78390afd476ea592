"""What a visitor's session knows: the one case that number and code opened, the receipt just given, the invitation, the source.

Ids only; codes and personal data are never kept. Both run out after half an hour without a page being looked at, because
many people use a machine that others use, too.
"""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from huiyin.application.sources import mark_of, source_of_session
from huiyin.application.tracking import issue_of
from huiyin.organisations.models import Source
from huiyin.portal.place import Place

_TRACKED, _RECEIPT, _INVITATION, _SOURCE = "portal-tracked", "portal-receipt", "portal-invitation", "portal-source"
IDLE = timedelta(minutes=30)


def open_tracking(request: HttpRequest, place: Place, case_id: UUID) -> None:
    """From now on this session may see this case, and no other."""
    if request.session.session_key is not None:  # a new session has no number anybody could have planted
        request.session.cycle_key()
    _remember(request, _TRACKED, place, case_id)


def tracked_case(request: HttpRequest, place: Place) -> UUID | None:
    """The case this session may see here; None when there is none, or nobody looked for too long."""
    return _recall(request, _TRACKED, place)


def close_tracking(request: HttpRequest) -> None:
    """Forget the case and the receipt."""
    request.session.pop(_TRACKED, None)
    request.session.pop(_RECEIPT, None)


def remember_receipt(request: HttpRequest, place: Place, case_id: UUID) -> None:
    """A case was just filed here: its receipt can be shown, and the case be followed."""
    open_tracking(request, place, case_id)
    _remember(request, _RECEIPT, place, case_id)


def receipt_case(request: HttpRequest, place: Place) -> UUID | None:
    """The case whose receipt may be shown."""
    return _recall(request, _RECEIPT, place)


def open_invitation_session(request: HttpRequest, place: Place, case_id: UUID, key: str) -> None:
    """From now on this session may work on this case as the party of this invitation."""
    if request.session.session_key is not None:
        request.session.cycle_key()
    _remember(request, _INVITATION, place, case_id)
    request.session[_INVITATION] |= {"key": key}


def invitation(request: HttpRequest, place: Place) -> tuple[UUID, str] | None:
    """The case and the invitation this session works on here, or None."""
    case_id = _recall(request, _INVITATION, place)
    return None if case_id is None else (case_id, str(request.session[_INVITATION]["key"]))


def leave_invitation(request: HttpRequest) -> None:
    """Forget the invitation."""
    request.session.pop(_INVITATION, None)


def open_source_session(request: HttpRequest, place: Place, source: Source) -> None:
    """From now on this session may file and look as this body outside."""
    if request.session.session_key is not None:
        request.session.cycle_key()
    request.session[_SOURCE] = {
        "organisation": str(place.organisation.pk),
        "source": str(source.pk),
        "mark": mark_of(source),
        "seen": timezone.now().timestamp(),
    }


def source_here(request: HttpRequest, place: Place) -> Source | None:
    """The body outside whose page this session is on; None when its code was revoked, has run out or was renewed since."""
    known = request.session.get(_SOURCE)
    if not known or known["organisation"] != str(place.organisation.pk):
        return None
    now = timezone.now().timestamp()
    source = source_of_session(place.organisation, UUID(known["source"]), known["mark"])
    if source is None or now - known["seen"] > IDLE.total_seconds():
        leave_source(request)
        return None
    if now - known["seen"] > 60:
        request.session[_SOURCE] = known | {"seen": now}
    return source


def came_as_source(request: HttpRequest, place: Place) -> bool:
    """Whether this session has a page of its own to go back to."""
    known = request.session.get(_SOURCE)
    return known is not None and known["organisation"] == str(place.organisation.pk)


def leave_source(request: HttpRequest) -> None:
    """Forget the body outside, and the case it opened from its page."""
    request.session.pop(_SOURCE, None)
    leave_invitation(request)


def _remember(request: HttpRequest, name: str, place: Place, case_id: UUID) -> None:
    request.session[name] = {
        "organisation": str(place.organisation.pk),
        "case": str(case_id),
        "seen": timezone.now().timestamp(),
        "issue": issue_of(case_id),
    }


def _recall(request: HttpRequest, name: str, place: Place) -> UUID | None:
    known = request.session.get(name)
    if not known or known["organisation"] != str(place.organisation.pk):
        return None
    if name != _INVITATION and known.get("issue", 0) != issue_of(UUID(known["case"])):
        del request.session[name]  # a new code was issued since: what the old one opened is closed
        return None
    now = timezone.now().timestamp()
    if now - known["seen"] > IDLE.total_seconds():
        del request.session[name]
        return None
    if now - known["seen"] > 60:
        request.session[name] = known | {"seen": now}
    return UUID(known["case"])
