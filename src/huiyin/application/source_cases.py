"""What a body outside files on its own page, and the cases it has filed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_noop

from huiyin.cases.access import sight
from huiyin.cases.commands import File
from huiyin.cases.inviting import outside_actor
from huiyin.cases.people import Actor
from huiyin.cases.sources import source_actor
from huiyin.cases.state import Case
from huiyin.organisations.models import Source
from huiyin.records import replace
from huiyin.regime.model import Regime
from huiyin.store.errors import TooManyFilings, UnknownCase
from huiyin.store.files.storage import Upload
from huiyin.store.loading import load, load_many
from huiyin.store.models import CaseRow
from huiyin.store.personal.data import PersonalData

from .filing import Receipt, file_case
from .outside import Invited
from .paging import BadPageKey, Page, page_key, read_page_key
from .source_bounds import note_full, refuse_if_full
from .sources import OwnPage
from .world import World

SIZE = 20


@dataclass(frozen=True, slots=True)
class SourceCase:
    """A case that a source filed. `actor` is the source as a party of it; None where it may not see into it any more."""

    row: CaseRow
    regime: Regime
    case: Case
    actor: Actor | None


def file_from_source(
    world: World,
    source: Source,
    page: OwnPage,
    command: File,
    *,
    personal: PersonalData | None,
    private: Mapping[str, str] | None = None,
    uploads: Sequence[Upload],
    key: str,
) -> Receipt:
    """File in the name of a source; it is a party of the case from then on.

    Raises:
        Refused, NoSuchRegimeError, UploadRefused, KeyReused, StoreUnavailable: as for `file_case`.
        UnknownCase: the organisation does not let it file there.
        TooManyFilings: it has filed as much as it may for now; the administrators hear of it.
    """
    if page.key not in source.channels:
        raise UnknownCase(gettext_noop("贵单位不能从这个渠道提交；请联系登记您单位的工作人员。"))
    named = replace(command, channel=page.channel.id, source=source.name)
    who = source_actor(page.regime, page.channel.id)
    try:
        return file_case(
            world.organisation, page.regime.id, who, named, personal=personal, private=private, uploads=uploads, key=key,
            world=world, allowed=lambda: refuse_if_full(source),
        )  # fmt: skip
    except TooManyFilings:
        note_full(world.organisation, source)
        raise


def cases_of(world: World, source: Source, after: str = "") -> Page[SourceCase]:
    """A page of the cases it filed, newest first; two queries. Raises BadPageKey."""
    rows = CaseRow.objects.filter(organisation_id=world.organisation.pk, source=source.name)
    found = list((rows.filter(id__lt=_before(after)) if after else rows).order_by("-id")[: SIZE + 1])
    shown = found[:SIZE]
    loaded = load_many(shown)
    items = tuple(_seen(world, row, loaded[row.id].case) for row in shown)
    return Page(items, page_key(str(shown[-1].id)) if len(found) > SIZE else "")


def open_case_of(world: World, source: Source, number: str) -> Invited:
    """A case it filed, to be opened without another code.

    Raises:
        UnknownCase: there is none of this number that this source filed, or the source may not see into it any more.
    """
    if "\x00" in number:  # PostgreSQL would not even look for it
        raise UnknownCase
    row = CaseRow.objects.filter(organisation_id=world.organisation.pk, source=source.name, number=number).first()
    seen = _seen(world, row, load(row).case) if row is not None else None
    if seen is None or seen.actor is None:
        raise UnknownCase
    return Invited(seen.row.id, _invitation(seen.case))


def _seen(world: World, row: CaseRow, case: Case) -> SourceCase:
    regime = world.regime(row.regime, row.regime_version)
    actor = outside_actor(case, _invitation(case), world.now)
    if actor is not None and not sight(regime, case, actor, world.directory(regime.id)).sees:
        actor = None
    return SourceCase(row, regime, case, actor)


def _invitation(case: Case) -> str:
    """The invitation through which it works on the case: that which came with the filing, or one given later."""
    own = [each for each in case.invitations.values() if each.name == case.source and each.ended_at is None]
    return own[-1].key if own else ""


def _before(after: str) -> UUID:
    try:
        return UUID(str(read_page_key(after, 1)[0]))
    except ValueError as error:
        raise BadPageKey from error
