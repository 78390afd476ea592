"""Who calls: a token in the Authorization header, the person behind it, and what it opens. Nothing is open without one."""

from dataclasses import dataclass

from django.http import HttpRequest
from ninja.security import HttpBearer

from huiyin.application.tracking import COMPLAINANT
from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.organisations.services import people_of

from .models import Token
from .problems import Trouble
from .tokens import SCOPES, find

LONGEST_KEY = 64


@dataclass(frozen=True, slots=True)
class Caller:
    """The organisation and the person a request acts for; a service acts for complainants."""

    token: Token
    organisation: Organisation
    who: Actor

    @property
    def is_service(self) -> bool:
        """Whether no person stands behind the token."""
        return self.token.staff_id is None

    def key(self, given: str) -> str:
        """An Idempotency-Key as the store knows it: keys of different callers never meet.

        A person's keys go with the person, so that a new token may repeat what an old one began.
        """
        given = given.strip()
        if not given:
            return ""
        if len(given) > LONGEST_KEY or not given.isprintable() or not given.isascii():
            zh = f"Idempotency-Key 最多 {LONGEST_KEY} 个字符，只用字母、数字和符号。"
            raise Trouble(
                422,
                "wrong-value",
                zh,
                f"Idempotency-Key: at most {LONGEST_KEY} printable ASCII characters.",
                fields={"Idempotency-Key": zh},
            )
        owner = self.token.staff_id or self.token.pk
        return f"api:{owner.hex}:{given}"


class Bearer(HttpBearer):
    """Opens an operation to tokens with a scope; without one, to every valid token."""

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        found = find(token.strip())
        if found is None:
            return None
        caller = _caller(found)
        request.META["HUIYIN_REHEARSAL"] = "1" if found.organisation.rehearsal else ""
        if self.scope and self.scope not in found.scopes:
            zh, en = SCOPES[self.scope]
            raise Trouble(
                403,
                "scope-missing",
                f"这个令牌没有“{self.scope}”（{zh}）的权限。",
                f"This token lacks the scope {self.scope} ({en}).",
            )
        return caller


def _caller(token: Token) -> Caller | None:
    """The caller behind a token; None when the person has left or may no longer sign in."""
    if token.staff is None:
        return Caller(token, token.organisation, COMPLAINANT)
    person = people_of(token.organisation).persons.get(token.staff.person)
    if person is None or (token.staff.user is not None and not token.staff.user.is_active):
        return None
    return Caller(token, token.organisation, Actor(token.staff.person, kind="outside" if person.outside else "staff"))


def caller_of(request: HttpRequest) -> Caller:
    """The caller of a request that has passed a `Bearer`."""
    caller = getattr(request, "auth", None)
    assert isinstance(caller, Caller)
    return caller
