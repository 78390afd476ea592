"""Bodies outside that file themselves, without an account: a standing address and a code open a page of their own.

The code has 80 random bits and is kept as a digest only. It can run out or be revoked; a new one voids the old one and every
session that it opened. Wrong codes are counted as those of the other doors are, and each use is logged.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from huiyin.notices.sources import leave_address
from huiyin.organisations.models import Organisation, Source, SourceEntry, SourceEntryKind, Staff
from huiyin.organisations.models.sources import DAILY, HOURLY
from huiyin.organisations.services import now_of
from huiyin.regime.model import Channel, Regime
from huiyin.store.availability import clear_failures
from huiyin.store.errors import UnknownCase
from huiyin.store.receipts import ALPHABET

from .attempts import counted_door
from .world import World

_log = structlog.get_logger(__name__)

CODE_LENGTH = 16


class SourceRefusedError(ValueError):
    """A source that cannot be registered or changed so. `field` is what it is about, `message_zh` a whole sentence."""

    def __init__(self, field: str, message_zh: str) -> None:
        super().__init__(message_zh)
        self.field = field
        self.message_zh = message_zh


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A channel through which a body outside files itself, with its regime."""

    regime: Regime
    channel: Channel

    @property
    def key(self) -> str:
        """As it is written in `Source.channels`."""
        return f"{self.regime.id}/{self.channel.id}"

    @property
    def role(self) -> str:
        """The role outside in which it files."""
        return self.channel.passed_on_by or ""


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a source files: through which channels (`regime/channel`), until when, how much at most within an hour
    and a day, and where it is written to (empty: nowhere).
    """

    channels: Sequence[str]
    expires_at: datetime | None = None
    email: str = ""
    hourly: int = HOURLY
    daily: int = DAILY

    def columns(self) -> dict[str, Any]:
        """As they stand in the source's row; the address lies sealed beside it."""
        return {
            "channels": list(self.channels), "expires_at": self.expires_at, "hourly": self.hourly, "daily": self.daily,
        }  # fmt: skip


def own_pages(regimes: Iterable[Regime]) -> tuple[OwnPage, ...]:
    """All channels of these regimes that bodies outside file through themselves."""
    return tuple(OwnPage(regime, channel) for regime in regimes for channel in regime.intake.own_pages)


def pages_of(source: Source, regimes: Iterable[Regime]) -> tuple[OwnPage, ...]:
    """Those that this source may file through: named for it by the organisation, and still named by the regime."""
    return tuple(page for page in own_pages(regimes) if page.key in source.channels)


def register(
    world: World, regimes: Sequence[Regime], by: Staff, name: str, terms: Terms
) -> tuple[Source, str]:
    """A new source and its code, which is not kept anywhere.

    Raises:
        SourceRefusedError: no name or one that is taken, no channel, a name that a regime's list does not have, a time past,
            bounds that let nothing through.
    """
    name = name.strip()
    if not name:
        raise SourceRefusedError("name", "请写明单位名称。")
    _check(world, regimes, name, terms)
    code = _new_code()
    source = Source(organisation=world.organisation, name=name, issued_at=world.now, issued_by=by, **terms.columns())
    source.digest = _digest(source.pk, code)
    try:
        with transaction.atomic():
            source.save(force_insert=True)
            leave_address(source, terms.email)
            _enter(source, SourceEntryKind.ISSUED, world.now, by=by)
    except IntegrityError as error:
        raise SourceRefusedError("name", f"“{name}”已经登记过；单位码遗失的，请换发。") from error
    return source, code


def change(world: World, regimes: Sequence[Regime], source: Source, terms: Terms) -> None:
    """Let it file on these terms. Raises SourceRefusedError as `register` does."""
    _check(world, regimes, source.name, terms)
    with transaction.atomic():
        Source.objects.filter(pk=source.pk).update(**terms.columns())
        leave_address(source, terms.email)


def renew(source: Source, by: Staff, now: datetime) -> str:
    """A new code, which voids the old one; a source that was revoked is open again. A time that is past is taken away."""
    code = _new_code()
    past = source.expires_at is not None and source.expires_at <= now
    with transaction.atomic():
        Source.objects.filter(pk=source.pk).update(
            digest=_digest(source.pk, code), issued_at=now, issued_by=by, revoked_at=None,
            expires_at=None if past else source.expires_at,
        )  # fmt: skip
        _enter(source, SourceEntryKind.ISSUED, now, by=by)
    return code


def revoke(source: Source, by: Staff, now: datetime) -> None:
    """Close its page at once. Revoking twice changes nothing."""
    with transaction.atomic():
        if Source.objects.filter(pk=source.pk, revoked_at__isnull=True).update(revoked_at=now):
            _enter(source, SourceEntryKind.REVOKED, now, by=by)


def open_source(
    organisation: Organisation, source_id: UUID, code: str, *, address: str, visit: timedelta = timedelta()
) -> Source:
    """Check the code of a source's page. `address` is the visitor's, used for counting and telling apart as a digest.

    Coming in again from the same address within `visit` is no new entry in the log.

    Raises:
        UnknownCase: address or code is wrong, or it was revoked or has run out; which of them is not told.
        TooManyAttempts: too many wrong ones.
        StoreUnavailable.
    """
    ours = now_of(organisation)
    with counted_door(organisation.pk, f"source/{source_id}", address):
        source = Source.objects.filter(organisation=organisation, pk=source_id).first()
        right = hmac.compare_digest(_digest(source_id, code), source.digest if source else "-" * 64)
        if source is not None and right and source.is_open(ours):
            if not _is_here(source, address, ours - visit):
                _enter(source, SourceEntryKind.OPENED, ours, address)
            _log.info("source_opened", source=str(source.pk))
            return source
        if source is not None:
            _enter(source, SourceEntryKind.CLOSED if right else SourceEntryKind.WRONG, ours, address)
            _log.warning("source_refused", source=str(source.pk), right=right)
        raise UnknownCase(gettext_noop("地址或单位码不对，或者单位码已经停用、过期；请向登记您单位的工作人员核对。"))


def source_of_session(organisation: Organisation, source_id: UUID, mark: str) -> Source | None:
    """The source of a session while the code that opened it still does; `mark` as `mark_of` gave it."""
    with clear_failures():
        source = Source.objects.filter(organisation=organisation, pk=source_id).first()
    if source is None or not source.is_open(now_of(organisation)) or mark_of(source) != mark:
        return None
    return source


def mark_of(source: Source) -> str:
    """What a session keeps to know that no other code was issued since. Nothing can be entered with it."""
    return hashlib.sha256(f"session\0{source.digest}".encode()).hexdigest()[:16]


def _check(world: World, regimes: Sequence[Regime], name: str, terms: Terms) -> None:
    channels, expires_at = terms.channels, terms.expires_at
    known = {page.key: page for page in own_pages(regimes)}
    if not channels or not set(channels) <= set(known):
        raise SourceRefusedError("channels", "请选择这个单位可以提交的渠道，至少一个。")
    if expires_at is not None and expires_at <= world.now:
        raise SourceRefusedError("until", "有效期应在今天之后。")
    if not 1 <= terms.hourly <= terms.daily:
        raise SourceRefusedError("daily", "每小时至少一件；每天的件数不能少于每小时的。")
    for page in (known[key] for key in channels):
        table = page.regime.roles[page.role].listed_in
        listed = world.tables(page.regime.id).get(table, {}) if table else {}
        if listed and name not in listed:
            raise SourceRefusedError("name", f"《{page.regime.title}》的名单里没有“{name}”。")


def _new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def _digest(source_id: UUID, code: str) -> str:
    """What the database knows of a code. Case, spaces and hyphens do not matter."""
    cleaned = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(source_id.bytes + cleaned.encode("utf-8", "surrogatepass")).hexdigest()


def _is_here(source: Source, address: str, since: datetime) -> bool:
    """Whether somebody came in from this address after that moment."""
    came = SourceEntry.objects.filter(source=source, kind=SourceEntryKind.OPENED, address=_seen(source, address))
    return came.filter(at__gt=since).exists()


def _seen(source: Source, address: str) -> str:
    return hashlib.sha256(f"{source.pk}\0{address}".encode()).hexdigest()[:12] if address else ""


def _enter(source: Source, kind: SourceEntryKind, at: datetime, address: str = "", by: Staff | None = None) -> None:
    seen = _seen(source, address)
    SourceEntry.objects.create(source=source, kind=kind, at=at, address=seen, by=by)
