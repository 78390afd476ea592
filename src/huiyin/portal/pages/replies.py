"""Published replies in words. Nothing of a case is here but what was filled in to be published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from huiyin.organisations.services import NoSuchRegimeError
from huiyin.portal.pages.moments import day_words
from huiyin.portal.place import Place
from huiyin.regime.model import Field, Regime
from huiyin.store.models import PublishedRow


@dataclass(frozen=True, slots=True)
class PublicReply:
    """One reply: its contents with their titles in the order of the regime, and what it belongs to."""

    regime: Regime
    cite: tuple[str, ...]
    category: str
    unit: str
    received: str
    published: str
    contents: Sequence[tuple[str, str]]


def replies_of(place: Place, rows: Sequence[PublishedRow]) -> list[PublicReply]:
    """The replies of these rows; one whose regime is not to be found any more is left out."""
    return [reply for row in rows if (reply := _reply(place, row)) is not None]


def _reply(place: Place, row: PublishedRow) -> PublicReply | None:
    try:
        regime = place.world.regime(row.regime, row.regime_version)
    except NoSuchRegimeError:
        return None
    zone, today, replies = place.world.calendar.zone, place.world.today, regime.portal.replies
    act = regime.acts[replies.act] if replies else None
    category = regime.categories.get(row.category)
    return PublicReply(
        regime=regime,
        cite=act.cite if act else (),
        category=category.title if category else "",
        unit=place.world.people.unit_title(row.unit) if row.unit else "",
        received=day_words(row.received_at.astimezone(zone).date(), today),
        published=day_words(row.published_at.astimezone(zone).date(), today),
        contents=[
            (field.title, _words(field, row.contents[name]))
            for name, field in (act.fields.items() if act else ())
            if name in row.contents
        ],
    )


def _words(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return "、".join(field.choices.get(str(each), str(each)) for each in value)
    return field.choices.get(str(value), f"{value:g}" if isinstance(value, float) else str(value))
