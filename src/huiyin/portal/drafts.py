"""Files of a filing that is not handed in yet: kept while the rest of the form is put right.

They lie in the data folder under a name nobody can guess; the form carries a signed ticket for each, so nothing about
the visitor is stored. After a day they are cleared away. Handing in copies them into the case.
"""

import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from huiyin.store.errors import UploadRefused
from huiyin.store.files.storage import LARGEST, MOST, Upload, check_uploads

KEPT_FOR = 24 * 3600
"""Seconds."""

MOST_BYTES = 4 * 1024**3
"""All waiting files together; beyond it new ones are refused until the old ones are cleared."""

_SALT = "huiyin.portal.draft"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that waits: its signed ticket for the form, and what to show."""

    ticket: str
    name: str
    evidence: str
    size: int
    image: bool
    file: str


def keep(uploaded: UploadedFile, evidence: str, already: int) -> Kept:
    """Check a file by its content and keep it; `already` is how many the form has.

    Raises:
        UploadRefused: with the reason, in words for the visitor.
    """
    name = uploaded.name or _("未命名")
    if already >= MOST:
        raise UploadRefused(name, "count", _("一次最多上传 %(most)s 个文件；提交以后还可以再补。") % {"most": MOST})
    if (uploaded.size or 0) > LARGEST:
        words = _("“%(name)s”太大；单个文件不能超过 %(size)s MB。")
        raise UploadRefused(name, "size", words % {"name": name, "size": LARGEST // 1024 // 1024})
    content = uploaded.read()
    (checked,) = check_uploads([Upload(name, content, evidence)])
    name = checked.upload.name
    folder = _folder()
    if _clear(folder) + len(content) > MOST_BYTES:
        raise UploadRefused(name, "size", _("现在上传的人太多，请先提交文字，稍后凭编号和查询码补充材料。"))
    file = secrets.token_hex(16)
    (folder / file).write_bytes(content)
    said = {"f": file, "n": name, "e": evidence, "s": len(content), "i": checked.kind.type.startswith("image/")}
    return _of(signing.dumps(said, salt=_SALT), said)


def of_ticket(ticket: str) -> Kept | None:
    """The file a ticket stands for; None when the ticket is not ours, or the file was cleared away."""
    try:
        kept = _of(ticket, signing.loads(ticket, salt=_SALT, max_age=KEPT_FOR))
    except signing.BadSignature:
        return None
    return kept if (_folder() / kept.file).exists() else None


def upload_of(kept: Kept) -> Upload:
    """The file with its content, to be filed."""
    return Upload(kept.name, (_folder() / kept.file).read_bytes(), kept.evidence)


def drop(kept: Kept) -> None:
    """Forget a file the visitor took out of the form."""
    (_folder() / kept.file).unlink(missing_ok=True)


def _of(ticket: str, said: dict[str, object]) -> Kept:
    return Kept(ticket, str(said["n"]), str(said["e"]), int(str(said["s"])), bool(said["i"]), str(said["f"]))


def _folder() -> Path:
    folder = Path(settings.HUIYIN_DATA) / "drafts"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _clear(folder: Path) -> int:
    """Clear away what is too old; gives the bytes that are left."""
    left, before = 0, time.time() - KEPT_FOR
    for path in folder.iterdir():
        try:
            known = path.stat()
        except FileNotFoundError:  # another visitor's request cleared it first
            continue
        if known.st_mtime < before:
            path.unlink(missing_ok=True)
        else:
            left += known.st_size
    return left
