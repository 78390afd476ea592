"""The bytes of attachments: by digest, outside the web root, on disk before the database speaks of them.

A crash between file and commit leaves a file nobody names, which does no harm.
"""

import hashlib
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_noop

from huiyin.organisations.uuid7 import uuid7
from huiyin.store.errors import UploadRefused
from huiyin.store.models import AttachmentRow

from .kinds import FileKind, check

LARGEST = 50 * 1024 * 1024
"""Bytes of one file."""

MOST = 20
"""Files of one command."""

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in. `evidence` is the kind of evidence it is meant as, empty if none in particular.

    `data` is what was said about it, by the fields of its kind; `place` says where the original is kept.
    """

    name: str
    content: bytes
    evidence: str = ""
    title: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """An upload that may be taken, with its kind and digest."""

    upload: Upload
    kind: FileKind
    digest: str


def check_uploads(uploads: Sequence[Upload]) -> tuple[Checked, ...]:
    """Check number, size and content of all files before any is kept; from here on names are plain ones.

    Raises:
        UploadRefused: names the file and the reason.
    """
    if len(uploads) > MOST:
        raise UploadRefused(uploads[MOST].name, "count", gettext_noop("一次最多上传 %(most)s 个文件，请分几次上传。"), most=MOST)
    checked = []
    for upload in uploads:
        if len(upload.content) > LARGEST:
            words = gettext_noop("“%(file)s”太大；单个文件不能超过 %(size)s MB。")
            raise UploadRefused(upload.name, "size", words, file=upload.name, size=LARGEST // 1024 // 1024)
        named = replace(upload, name=plain_name(upload.name), title=plain_name(upload.title))
        digest = hashlib.sha256(upload.content).hexdigest()
        checked.append(Checked(named, check(named.name, named.content), digest))
    return tuple(checked)


def keep(files: Sequence[Checked]) -> None:
    """Write the files to disk, durably; a file that is there already is not written again."""
    for file in files:
        _write(path_of(file.digest), file.upload.content)


def attachment_row(
    file: Checked, organisation_id: UUID, case_id: UUID, evidence: str, added_by: str, at: datetime
) -> AttachmentRow:
    """The row that names a kept file."""
    return AttachmentRow(
        id=uuid7(),
        organisation_id=organisation_id,
        case_id=case_id,
        evidence=evidence,
        digest=file.digest,
        name=file.upload.name,
        type=file.kind.type,
        size=len(file.upload.content),
        added_by=added_by,
        added_at=at,
    )


def path_of(digest: str) -> Path:
    """Where the bytes of a digest lie. Raises ValueError for anything that is no digest."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError(f"不是 SHA-256 摘要：{digest!r}")
    return Path(settings.HUIYIN_DATA) / "files" / digest[:2] / digest[2:4] / digest


def download_headers(row: AttachmentRow) -> dict[str, str]:
    """Headers under which a file is handed out: always as a download, never as a page of ours."""
    from urllib.parse import quote

    return {
        "Content-Type": row.type,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }


def plain_name(name: str) -> str:
    """The name without folders, control characters and marks that turn text around; a stem that is too long is cut."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if letter.isprintable())
    stem, dot, extension = shown.rpartition(".")
    if len(shown) > LONGEST_NAME:
        shown = stem[: LONGEST_NAME - len(extension) - 1] + dot + extension
    return shown[:LONGEST_NAME]


def _write(path: Path, content: bytes) -> None:
    if path.exists() and path.stat().st_size == len(content):
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
