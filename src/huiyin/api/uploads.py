"""Files that come with a request."""

from collections.abc import Sequence

from ninja import UploadedFile

from huiyin.store.errors import UploadRefused
from huiyin.store.files.storage import LARGEST, MOST, Upload

from .problems import Trouble


def read(files: Sequence[UploadedFile], kinds: Sequence[str]) -> list[Upload]:
    """The files with their kinds of evidence: one for each file in the same order, one for all, or none.

    Too many or too large ones are refused before they are read; the store looks at their content.

    Raises:
        UploadRefused, Trouble.
    """
    if len(files) > MOST:
        raise UploadRefused(files[MOST].name or "", "count", f"一次最多上传 {MOST} 个文件，请分几次上传。")
    if len(kinds) not in (0, 1, len(files)):
        zh = f"evidence_kind 写了 {len(kinds)} 个，文件有 {len(files)} 个；请一一对应，或只写一个。"
        en = f"{len(kinds)} evidence_kind for {len(files)} files: give one for each, or one for all."
        raise Trouble(422, "wrong-value", zh, en, fields={"evidence_kind": zh})
    uploads = []
    for position, file in enumerate(files):
        if (file.size or 0) > LARGEST:
            limit = LARGEST // 1024 // 1024
            raise UploadRefused(file.name or "", "size", f"“{file.name}”太大；单个文件不能超过 {limit} MB。")
        kind = kinds[position] if len(kinds) == len(files) else kinds[0] if kinds else ""
        uploads.append(Upload(file.name or "", file.read(), kind))
    return uploads
