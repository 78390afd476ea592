"""What a message would name about a real case, for who words the messages."""

from collections.abc import Mapping

from huiyin.cases.people import Actor
from huiyin.notices.wording import TO_COMPLAINANT
from huiyin.store.availability import clear_failures
from huiyin.store.errors import UnknownCase
from huiyin.store.models import NoticeRow
from huiyin.store.subjects import COMPLAINANT

from .case_lists import list_cases
from .loading import open_by_number
from .world import World


def sample_of(world: World, who: Actor, message: str, number: str) -> Mapping[str, str]:
    """Contents (see `huiyin.notices.wording`) of the case with this number, or of the newest this person may see.

    Empty when the person may see none. Raises UnknownCase: there is none with this number; StoreUnavailable.
    """
    if not number:
        newest = list_cases(world.organisation, who, limit=1, world=world).items
        if not newest:
            return {}
        number = newest[0].row.number
    opened = open_by_number(world.organisation, who, number, world)
    if "complainant" in opened.sight.hidden and message == TO_COMPLAINANT:
        raise UnknownCase
    with clear_failures():
        told = NoticeRow.objects.filter(case_id=opened.row.id).order_by("-id")
        mine = told.filter(subject=COMPLAINANT) if message == TO_COMPLAINANT else told.exclude(subject=COMPLAINANT)
        notice = mine.first()
    values = {"case.number": opened.case.number, "regime": opened.regime.title}
    if notice is not None:
        values |= {"title": notice.title, "text": notice.text, "articles": "、".join(notice.cite)}
    return values
