"""Sign-ins of the demo: one password for all of them, of this installation only, and only where the demo is served."""

import hashlib
import hmac
from base64 import b32encode
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import is_password_usable, make_password

from huiyin.organisations.demo.tree import plan
from huiyin.organisations.models import Organisation, Staff
from huiyin.site.keys import load_or_create_key


@dataclass(frozen=True, slots=True)
class SignIn:
    """A demo account as it is printed: where it belongs, user name, person's name and job."""

    organisation: str
    branch: str
    username: str
    name: str
    job_title: str


def password() -> str:
    """The password of all demo accounts: made from a key of this installation, so no other installation has it."""
    return f"huiyin-{_made_from_key('sign-in')[:8]}"


def open_accounts() -> None:
    """Let the demo accounts sign in with `password()`; costs one hash the first time, whatever their number.

    The salt tells the hash made here from that of a password somebody chose, without a second's work at each start.
    """
    demo = get_user_model().objects.filter(staff__organisation__demo=True)
    salt = _made_from_key("salt")
    known = demo.filter(password__contains=f"${salt}$").values_list("password", flat=True).first()
    if known is None:
        known = make_password(password(), salt)
    demo.exclude(password=known).update(password=known)


def _made_from_key(purpose: str) -> str:
    """Letters and digits that only this installation's key gives, for one purpose."""
    key = load_or_create_key(settings.HUIYIN_DATA, "demo")
    digest = hmac.new(key, f"demo {purpose}".encode(), hashlib.sha256).digest()
    return b32encode(digest).decode("ascii").lower().rstrip("=")


def close_accounts() -> int:
    """Make the demo accounts unusable, e.g. where others than this machine can reach the server; gives their number."""
    demo = get_user_model().objects.filter(staff__organisation__demo=True)
    open_now = [user.pk for user in demo if is_password_usable(user.password)]
    return get_user_model().objects.filter(pk__in=open_now).update(password=make_password(None))


def sign_ins(*, all_of_them: bool = False) -> tuple[SignIn, ...]:
    """Demo accounts by branch; without `all_of_them` those the tour needs: of the rehearsal only who sets its clock."""
    shown = {person.person for person in plan().people() if person.show}
    branches = {unit.key: branch.title for branch in plan().branches for unit in branch.units}
    staff = Staff.objects.filter(organisation__in=Organisation.objects.filter(demo=True), user__isnull=False)
    return tuple(
        SignIn(
            organisation=str(one.organisation),
            branch=branches.get(one.unit.key, one.unit.parent.title if one.unit.parent else one.unit.title),
            username=one.user.get_username() if one.user else "",
            name=one.name,
            job_title=one.job_title,
        )
        for one in staff.select_related("organisation", "unit", "unit__parent", "user").order_by("id")
        if all_of_them or (one.person in shown and (one.administrator or not one.organisation.rehearsal))
    )
