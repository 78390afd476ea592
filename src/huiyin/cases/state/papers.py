"""Documents, and papers known outside that are called back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from huiyin.records import made_quickly


@made_quickly
@dataclass(frozen=True, slots=True)
class Document:
    """A form produced by a piece of work, with the signatures it still needs.

    What it says is in the event that produced it; `digest` is that of its content, and `signed` what each signature
    was put to and when. `lacks`: titles of required contents it does not have, without which nobody can sign.
    `replaced_by`: the key of the later version that stands in its place. `voided_at`, `voided_by`, `void_reason`: since when
    it counts no more, by whose act and why.
    """

    key: str
    form: str
    title: str
    work: str
    produced_at: datetime
    produced_by: str
    needs: Mapping[str, int]
    signatures: tuple[tuple[str, str], ...] = ()
    member: str = ""
    number: str = ""
    version: int = 1
    digest: str = ""
    lacks: tuple[str, ...] = ()
    replaces: str = ""
    replaced_by: str = ""
    signed: tuple[tuple[datetime, str], ...] = ()
    voided_at: datetime | None = None
    voided_by: str = ""
    void_reason: str = ""

    @property
    def is_void(self) -> bool:
        """Whether it counts no more: a later version stands in its place, or it was recalled and voided."""
        return self.voided_at is not None or bool(self.replaced_by)

    def next_to_sign(self) -> dict[str, int]:
        """The role whose turn it is to sign → how many signatures; nobody's while required contents are lacking."""
        return {} if self.lacks else dict(list(self.missing().items())[:1])

    def missing(self) -> dict[str, int]:
        """Role → signatures still missing, in the order of signing; none once it is void."""
        if self.is_void:
            return {}
        signed: dict[str, int] = {}
        for role, _person in self.signatures:
            signed[role] = signed.get(role, 0) + 1
        return {role: many - signed.get(role, 0) for role, many in self.needs.items() if many > signed.get(role, 0)}

RecallStage = Literal["asked", "returned", "lost", "voided"]


@made_quickly
@dataclass(frozen=True, slots=True)
class Recall:
    """The copies of a paper that are fetched back: asked for, returned or lost, voided.

    `paper` is the number of a paper from elsewhere, or the key of a document of the case; `steps` say when each stage was
    reached, by whom and what was said of it.
    """

    paper: str
    number: str
    title: str
    is_document: bool
    steps: tuple[tuple[RecallStage, datetime, str, str], ...] = ()

    def reached(self, stage: RecallStage) -> bool:
        """Whether it got that far."""
        return any(each == stage for each, _at, _by, _text in self.steps)

    @property
    def is_void(self) -> bool:
        """Whether the paper counts no more."""
        return self.reached("voided")
