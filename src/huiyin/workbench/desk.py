"""Who sits at the desk: the signed-in member of staff with the organisation around, and how a page is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.application.inbox import unread
from huiyin.application.paging import BadPageKey
from huiyin.application.world import World, world_of
from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation, Staff
from huiyin.organisations.services import NoSuchRegimeError
from huiyin.site.errors import error_page
from huiyin.store.errors import StoreUnavailable, UnknownCase
from huiyin.workbench.frame import desk_frame


@dataclass(frozen=True, slots=True)
class Desk:
    """A member of staff at work. `world` is the organisation at this moment; times of the page come from it."""

    staff: Staff
    world: World

    @property
    def organisation(self) -> Organisation:
        """The organisation this person works for."""
        return self.world.organisation

    @property
    def who(self) -> Actor:
        """The person as an actor; the application looks up the roles held under each regime."""
        return Actor(self.staff.person)


Page = Callable[..., HttpResponseBase]


def staff_page(view: Page) -> Page:
    """Give the view a `Desk` after the request, and answer what the application cannot do with a page that says so.

    The organisation's time zone holds for everything shown.
    """

    @wraps(view)
    def with_desk(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if _holds_nul(request, named):
            return error_page(request, 400)
        staff = Staff.objects.select_related("organisation", "unit").filter(user_id=request.user.pk or 0).first()
        if staff is None:
            return error_page(request, 403, sentence=_("这个账号没有对应的工作人员，不能进入工作台。"))
        try:
            desk = Desk(staff, world_of(staff.organisation))
            if staff.person not in desk.world.people.persons:
                return error_page(request, 403, sentence=_("您已离职，不能再进入工作台。"))
            with timezone.override(desk.world.calendar.zone):
                return view(request, desk, *arguments, **named)
        except UnknownCase as unknown:
            return error_page(
                request,
                404,
                sentence=unknown.said,
                advice=_("也可能是制度规定您不能查看这件案件。确需了解，请联系本单位的投诉管理部门。"),
            )
        except NoSuchRegimeError:
            return error_page(request, 404, sentence=_("本单位没有这项制度。"))
        except BadPageKey as trouble:
            return error_page(request, 400, sentence=trouble.said)
        except StoreUnavailable as trouble:
            return error_page(request, 503, sentence=trouble.said)

    return with_desk


def _holds_nul(request: HttpRequest, named: dict[str, Any]) -> bool:
    """Whether address or form carry the character NUL: nobody types it, and PostgreSQL keeps no text with it."""
    sent = (values for query in (request.GET, request.POST) for _name, values in query.lists())
    return any("\x00" in str(value) for value in named.values()) or any("\x00" in each for values in sent for each in values)


def desk_page(
    request: HttpRequest, desk: Desk, template: str, words: dict[str, Any], *, status: int = 200, **counts: int
) -> HttpResponse:
    """A page inside the workbench's frame. `counts` put figures beside entries of the sidebar: `day`, `approvals`."""
    frame = desk_frame(desk.staff, desk.world, {"unread": unread(desk.world, desk.staff), **counts})
    return render(request, template, {"desk": frame, "administrator": desk.staff.administrator, **words}, status=status)
