"""Idempotency: a command that comes again under its key gives its first result and changes nothing."""

import hmac
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic import TypeAdapter

from huiyin.cases.commands import COMMANDS, Command
from huiyin.cases.normal_json import normal_json

from .compiled_query import MARK, MARK_ID, CompiledQuery
from .errors import KeyReused
from .models import CommandRow
from .personal.keys import index_key
from .rows import new_row


@cache
def _adapter(name: str) -> TypeAdapter[Command]:
    return TypeAdapter(next(kind for kind in COMMANDS.values() if kind.__name__ == name))


def fingerprint(who: str, case_id: UUID | None, command: Command, *more: Any) -> str:
    """A keyed digest of everything a command says; `more` are JSON values such as personal data or file digests.

    Keyed, because personal data must not be guessable from it.
    """
    said = _adapter(type(command).__name__).serializer.to_python(command, mode="json")
    text = normal_json([who, str(case_id or ""), type(command).__name__, said, *more])
    return hmac.digest(index_key(), b"command\0" + text.encode(), "sha256").hex()


def first_result(organisation_id: UUID, key: str, print_now: str) -> CommandRow | None:
    """What the key gave the first time; None when it is new.

    Raises:
        KeyReused: it came with different content.
    """
    if not key:
        return None
    found = _known_under(connection.vendor).rows([{MARK_ID: organisation_id, MARK: key}])
    row = next((CommandRow(**dict(zip(_COLUMNS, values, strict=True))) for values in found), None)
    if row is not None and not hmac.compare_digest(row.fingerprint, print_now):
        raise KeyReused
    return row


_COLUMNS = ("organisation_id", "key", "fingerprint", "case_id", "first", "last", "at")


@cache
def _known_under(_vendor: str) -> CompiledQuery:
    """The command under an organisation's key."""
    return CompiledQuery(CommandRow.objects.filter(organisation_id=MARK_ID, key=MARK).values_list(*_COLUMNS))


def remember(
    organisation_id: UUID, key: str, print_now: str, case_id: UUID, first: int, last: int, at: datetime
) -> list[CommandRow]:
    """The row to write with the events; none without a key."""
    if not key:
        return []
    return [
        new_row(
            CommandRow,
            organisation_id=organisation_id,
            key=key,
            fingerprint=print_now,
            case_id=case_id,
            first=first,
            last=last,
            at=at,
        )
    ]
