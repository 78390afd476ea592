"""Affairs the caller may see. One by itself is had like a case, under `/cases/{number}`."""

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from huiyin.api.access import Bearer, caller_of
from huiyin.api.problems import PROBLEMS
from huiyin.api.schemas.cases import AffairPage
from huiyin.api.showing.affairs import affair_item
from huiyin.application.affair_lists import list_affairs

from .cases import Paged, refuse_unknown

router = Router(tags=["事务"], auth=Bearer("read"))


class AffairQuery(Paged):
    """Which affairs; empty values do not narrow."""

    kind: Literal["", "duty", "corrective", "watch", "measure"] = ""
    regime: str = Field(default="", max_length=80, description="the regime they belong to")
    closed: bool | None = None


@router.get("/affairs", response={200: AffairPage, **PROBLEMS}, summary="职责、整改和预警")
def list_them(request: HttpRequest, filters: Annotated[AffairQuery, Query(...)]) -> AffairPage:
    """Duties, corrective actions and alarms you may see, newest first."""
    refuse_unknown(request, AffairQuery)
    caller = caller_of(request)
    page = list_affairs(
        caller.organisation,
        caller.who,
        closed=filters.closed,
        kind=filters.kind,
        regime=filters.regime,
        after=filters.after,
        limit=filters.limit,
    )
    return AffairPage(items=[affair_item(row) for row in page.items], next=page.next)
