"""Parties outside: number, place on the list of invitations and code open one case in one role, without an account."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_noop

from huiyin.cases.inviting import OUTSIDE, came_by_link, outside_actor
from huiyin.cases.people import Actor
from huiyin.cases.state import Case
from huiyin.organisations.models import Organisation
from huiyin.organisations.services import now_of
from huiyin.store.errors import UnknownCase
from huiyin.store.loading import load
from huiyin.store.models import CaseRow
from huiyin.store.receipts import invitation_code_fits

from .attempts import counted_door
from .world import World


@dataclass(frozen=True, slots=True)
class Invited:
    """The case that a link and its code opened, and the invitation they belong to."""

    case_id: UUID
    key: str

    @property
    def who(self) -> Actor:
        """The party as an actor; its role is looked up in the case each time, so that it ends with the invitation."""
        return Actor(OUTSIDE + self.key, kind="outside")


def open_invitation(organisation: Organisation, number: str, key: str, code: str, *, source: str) -> Invited:
    """Check the code of a link. `source` is the visitor's address, used for counting only and kept as a digest.

    Raises:
        UnknownCase: the link is wrong, has run out or was ended, or the code is wrong; which of them is not told.
        TooManyAttempts: too many wrong ones.
        StoreUnavailable.
    """
    with counted_door(organisation.pk, f"{number}/{key}", source):
        here = CaseRow.objects.filter(organisation_id=organisation.pk, number=number)
        row = here.first() if "\x00" not in number else None     # PostgreSQL would not even look for it
        case = load(row).case if row else None
        invitation = case.invitations.get(key) if case else None
        fits = invitation_code_fits(row.id if row else UUID(int=0), key, code, invitation.issue if invitation else 0)
        opens = case is not None and outside_actor(case, key, now_of(organisation)) is not None
        if row is None or not fits or not opens:
            raise UnknownCase(gettext_noop("链接或验证码不对，或者链接已经停用、过期；请向发给您的单位核对。"))
    return Invited(row.id, key)


def actor_on(world: World, who: Actor, regime_id: str, case: Case) -> Actor:
    """The actor with what this case lets the person be: the roles held now, or the role of the invitation."""
    if came_by_link(who):
        return outside_actor(case, who.person.removeprefix(OUTSIDE), world.now) or Actor(who.person, kind="outside")
    return world.actor(who, regime_id)
