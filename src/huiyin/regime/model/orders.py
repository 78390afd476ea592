"""Orders (交办事项): what one piece of work charges somebody with, to be reported back (regime-language 3.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyin.calendars import Span

from .fields import Field
from .limits import Limit, LimitExpression


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderKind:
    """A kind of order: a supervise order, an instruction, what a higher body asks, a resolution of a meeting.

    `to`: who may be charged. `limit` is the time for the report, without rows where the giver has to set the day; `latest`
    is how far off that day may be; the limit's `extension` says whether the addressee may ask for more time. `several`: one
    piece of work gives a list of them, which may be empty. `accepted_by`: who accepts the report or sends it back (none:
    reported is done), `again` the time after that. `fields`, `required` and `produces` belong to the report.
    """

    id: str
    title: str
    to: tuple[str, ...]
    limit: Limit
    latest: Span | None = None
    several: bool = False
    accepted_by: tuple[str, ...] = ()
    again: LimitExpression | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    produces: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    note: str = ""
