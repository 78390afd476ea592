"""Files that come with a request."""

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from ninja import UploadedFile

from huiyin.store.errors import UploadRefused
from huiyin.store.files.storage import LARGEST, MOST, Upload

from .problems import Trouble

Given = TypeVar("Given")


def read(files: Sequence[UploadedFile], kinds: Sequence[str], data: Sequence[str] = ()) -> list[Upload]:
    """The files with kinds of evidence and data (JSON objects): one for each in the same order, one for all, or none.

    Too many or too large ones are refused before they are read; the store looks at their content.

    Raises:
        UploadRefused, Trouble.
    """
    if len(files) > MOST:
        raise UploadRefused(files[MOST].name or "", "count", f"一次最多上传 {MOST} 个文件，请分几次上传。")
    _refuse_unmatched("evidence_kind", kinds, files)
    _refuse_unmatched("evidence_data", data, files)
    said = [_object(text) for text in data]
    uploads = []
    for position, file in enumerate(files):
        if (file.size or 0) > LARGEST:
            limit = LARGEST // 1024 // 1024
            raise UploadRefused(file.name or "", "size", f"“{file.name}”太大；单个文件不能超过 {limit} MB。")
        kind, about = _of(kinds, position, ""), _of(said, position, {})
        uploads.append(Upload(file.name or "", file.read(), kind, data=about))
    return uploads


def _of(given: Sequence[Given], position: int, otherwise: Given) -> Given:
    """What belongs to the file at this position: its own, or the one for all."""
    return given[position if len(given) > 1 else 0] if given else otherwise


def _refuse_unmatched(name: str, given: Sequence[str], files: Sequence[UploadedFile]) -> None:
    if len(given) not in (0, 1, len(files)):
        zh = f"{name} 写了 {len(given)} 个，文件有 {len(files)} 个；请一一对应，或只写一个。"
        en = f"{len(given)} {name} for {len(files)} files: give one for each, or one for all."
        raise Trouble(422, "wrong-value", zh, en, fields={name: zh})


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    zh, en = 'evidence_data 须是 JSON 对象，如 {"amount": 286}。', "evidence_data must be a JSON object."
    raise Trouble(422, "wrong-value", zh, en, fields={"evidence_data": zh})
