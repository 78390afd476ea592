"""Papers and notices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from huiyin.cases.state import RecallStage

from .base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentProduced(Event):
    """A form was produced by a piece of work, or again as a later version of the one it `replaces`, for the reason `text`.

    `content` is the sheet as JSON (`documents.content`), `digest` its SHA-256: what everybody signs.
    `stands_for`: the number of the paper from elsewhere that it replaces.
    """

    title: ClassVar[str] = "出具文书"
    key: str
    form: str
    form_title: str
    work: str
    needs: Mapping[str, int]
    signatures: tuple[tuple[str, str], ...]
    member: str = ""
    number: str = ""
    version: int = 1
    replaces: str = ""
    text: str = ""
    lacks: tuple[str, ...] = ()
    stands_for: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRecalled(Event):
    """The recall of a paper got one stage further. `paper`: the key of a document of the case (`is_document`), else a number."""

    title: ClassVar[str] = "收回文书"
    paper: str
    number: str
    paper_title: str
    stage: RecallStage
    is_document: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSigned(Event):
    """A signature was put on a document; `digest` is that of the content signed."""

    title: ClassVar[str] = "签名"
    key: str
    role: str
    signer: str
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeQueued(Event):
    """Somebody is to be told; the outbox delivers. `to` are roles or people of the case."""

    title: ClassVar[str] = "通知"
    notice: str
    notice_title: str
    to: tuple[str, ...]
    text: str
    form: str = ""
    acknowledge: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAcknowledged(Event):
    """A reader confirmed a notice; `all_done` when nobody is left."""

    title: ClassVar[str] = "已阅"
    notice: str
    role: str
    all_done: bool
