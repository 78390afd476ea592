"""Orders the caller may see: supervise orders, instructions, resolutions. They are given and answered by commands."""

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from huiyin.api.access import Bearer, caller_of
from huiyin.api.problems import PROBLEMS
from huiyin.api.schemas.cases import OrderPage
from huiyin.api.showing.orders import order_item
from huiyin.application.order_lists import OrderFilter, list_orders

from .cases import Paged, refuse_unknown

router = Router(tags=["督办和交办"], auth=Bearer("read"))


class OrderQuery(Paged):
    """Which orders; empty values do not narrow."""

    view: Literal["open", "overdue", "reported", "over", "all"] = Field(
        default="all", description="waiting for a report, in vain, reported and to be accepted, over"
    )
    mine: bool = Field(default=False, description="given by me")
    regime: str = Field(default="", max_length=80)
    kind: str = Field(default="", max_length=80, description="kind of order of the regime")


@router.get("/orders", response={200: OrderPage, **PROBLEMS}, summary="督办件、批示件、会议决议等交办事项")
def list_them(request: HttpRequest, filters: Annotated[OrderQuery, Query(...)]) -> OrderPage:
    """Orders of the cases and affairs you may see, newest first."""
    refuse_unknown(request, OrderQuery)
    caller = caller_of(request)
    wanted = OrderFilter(filters.view, filters.mine, filters.regime, filters.kind)
    page = list_orders(caller.organisation, caller.who, wanted, filters.after, filters.limit)
    return OrderPage(items=[order_item(row) for row in page.items], next=page.next)
