"""The demo's rehearsal under one pack, its clock standing on a Monday before the National Day holidays."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from tests.prepared import prepared

from huiyin.organisations.models import Organisation, RegimeVersion
from huiyin.regime import check, packs

MONDAY = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
"""28 September 2026, 9:00 in Shanghai; 1 to 7 October are off, Saturday 10 October is worked."""

_good: set[str] = set()
"""Variants that have been checked."""


def rehearsal_of(pack: str, at: datetime = MONDAY, *, variant: Path | None = None) -> Organisation:
    """The rehearsal with this pack alone, or with a variant of it."""
    _, organisation = prepared({pack: variant or packs()[pack]})
    QuerySet(RegimeVersion).filter(organisation=organisation).update(effective_on=date(2026, 1, 1))
    set_clock(organisation, at)
    return organisation


def variant_of(pack: str, folder: Path, **parts: Any) -> Path:
    """A variant of a pack in a folder of its own: the pack with these parts of it changed."""
    shutil.copytree(packs()[pack].parent, folder / pack)
    file = folder / f"{pack}-variant" / "regime.yaml"
    file.parent.mkdir()
    head = f'regime: {pack}-variant\nversion: "1.0"\nextends: {pack}\n'
    body = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in parts.items())
    file.write_text(head + body, encoding="utf-8")
    if head + body not in _good:
        assert not check(file).errors
        _good.add(head + body)
    return file


def set_clock(organisation: Organisation, at: datetime) -> None:
    """Let the rehearsal's clock stand at another time."""
    Organisation.objects.filter(pk=organisation.pk).update(rehearsal_clock=at)
    organisation.rehearsal_clock = at


def account(person: str) -> User:
    """The sign-in of a person of the rehearsal."""
    return User.objects.get(username=f"yl-{person}")
