"""Issuing, finding and revoking tokens."""

import hashlib
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from functools import cache

from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from huiyin.organisations.models import Organisation, Staff
from huiyin.store.compiled_query import MARK, CompiledInstances

from .models import Token

SCOPES: dict[str, tuple[str, str]] = {
    "regimes": ("查看制度", "read regimes"),
    "file": ("提交案件", "file cases"),
    "track": ("凭码查询、补充、办理、评价、申诉", "track and act with a code"),
    "read": ("查看案件和待办", "read cases and obligations"),
    "act": ("办理案件", "give commands to cases"),
    "maintain": ("推进时间、重算期限", "let time pass, recalculate due times"),
}
"""Scope → what it opens, in Chinese and English."""

FOR_SERVICES = frozenset({"regimes", "file", "track"})
"""Scopes a token without a person may have: seeing and handling cases is done by people only."""

START = "huiyin_"
SECRET_BYTES = 32
SHOWN = len(START) + 5
LONGEST_LIFE = timedelta(days=3650)
_USED_EVERY = timedelta(hours=1)


class TokenRefusedError(ValueError):
    """A token that cannot be issued so; `zh` and `en` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en


def issue(
    organisation: Organisation, name: str, scopes: Iterable[str], *, staff: Staff | None = None, life: timedelta
) -> tuple[Token, str]:
    """A new token and its secret, which is not kept anywhere.

    Raises:
        TokenRefusedError: unknown scopes, scopes a service may not have, no name, a life that is none.
    """
    asked = set(scopes)
    wanted = [scope for scope in SCOPES if scope in asked] if asked <= set(SCOPES) else []
    if not wanted:
        known = "、".join(SCOPES)
        raise TokenRefusedError(f"范围只能是：{known}。", f"Scopes are: {', '.join(SCOPES)}.")
    if staff is None and not set(wanted) <= FOR_SERVICES:
        more = "、".join(scope for scope in wanted if scope not in FOR_SERVICES)
        raise TokenRefusedError(f"{more} 只能签发给具体的人，请写明人员。", f"{more} needs a person.")
    if "maintain" in wanted and (staff is None or not staff.administrator):
        raise TokenRefusedError("maintain 只能签发给系统管理员。", "maintain is for administrators only.")
    if staff is not None and staff.organisation_id != organisation.pk:
        raise TokenRefusedError("人员不在这个单位。", "The person belongs to another organisation.")
    if not name.strip():
        raise TokenRefusedError("请写明令牌的用途。", "Say what the token is for.")
    if not timedelta() < life <= LONGEST_LIFE:
        raise TokenRefusedError("有效期为1天至3650天。", "A token lives 1 to 3650 days.")
    secret = START + secrets.token_urlsafe(SECRET_BYTES)
    token = Token.objects.create(
        organisation=organisation,
        staff=staff,
        name=name.strip()[:120],
        scopes=wanted,
        digest=digest_of(secret),
        hint=secret[:SHOWN],
        expires_at=timezone.now() + life,
    )
    return token, secret


def find(secret: str) -> Token | None:
    """The token of a secret, if it is neither revoked nor expired. The secret has 256 random bits, so looking its digest
    up in an index tells nothing about others.
    """
    if not secret.startswith(START) or len(secret) > 200:
        return None
    now = timezone.now()
    token = _of_digest(connection.vendor).first(digest_of(secret))
    if token is None or not token.is_open(now):
        return None
    lately = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - _USED_EVERY)
    if token.last_used_at is None or token.last_used_at < now - _USED_EVERY:
        with suppress(OperationalError), transaction.atomic():  # a database that only reads still knows its tokens
            Token.objects.filter(lately, pk=token.pk).update(last_used_at=now)
    return token


@cache
def _of_digest(_vendor: str) -> CompiledInstances[Token]:
    """Every request begins with this query."""
    return CompiledInstances(Token.objects.select_related("organisation", "staff__user").filter(digest=MARK).order_by())


def revoke(token: Token) -> None:
    """Close a token for good. Revoking twice changes nothing."""
    Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())


def digest_of(secret: str) -> str:
    """What the database knows of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
