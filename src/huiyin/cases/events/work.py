"""Work on the case: steps, acts, evidence, corrections, answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from huiyin.cases.state import Evidence

from .base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOpened(Event):
    """A step was opened, or opened again in a new round; `resets` count as not done again."""

    title: ClassVar[str] = "环节开始"
    step: str
    members: tuple[str, ...]
    round: int
    resets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPassedOver(Event):
    """A step was not needed; later steps go on as if it were done. `resets` as when it is opened.

    `share`: the case was not among the so many percent that are drawn; None where something else made it unnecessary.
    """

    title: ClassVar[str] = "环节略过"
    step: str
    resets: tuple[str, ...] = ()
    share: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsExhausted(Event):
    """A step may not be done once more; its exit is taken."""

    title: ClassVar[str] = "已达规定轮次"
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSubmitted(Event):
    """Work was handed in and waits for approval."""

    title: ClassVar[str] = "提交审批"
    work: str
    member: str
    outcome: str
    fields: Mapping[str, Any]
    present: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDone(Event):
    """A step or an act was done. `complete` tells whether all copies of a `per` step are done now.

    `via`: the means by which somebody was reached.
    """

    title: ClassVar[str] = "完成"
    work: str
    member: str
    outcome: str
    fields: Mapping[str, Any]
    is_step: bool
    complete: bool
    present: tuple[str, ...] = ()
    text: str = ""
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkAttempted(Event):
    """An attempt that did not reach the person; the step stays open."""

    title: ClassVar[str] = "尝试未果"
    work: str
    member: str
    attempt: int
    outcome: str
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsCancelled(Event):
    """Open steps ended because the case took another way."""

    title: ClassVar[str] = "环节终止"
    runs: tuple[str, ...]
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDone(Event):
    """A core act that only leaves a record: note, contact, progress told, pressed, instructed, risk flagged, remedy …

    For any other core act: what the regime asks besides, its fields and the roles whose part was confirmed (`present`), for
    which copy it was done (`member`) and by what means (`via`).
    """

    title: ClassVar[str] = "随时动作"
    act: str
    text: str
    to: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    present: tuple[str, ...] = ()
    member: str = ""
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAdded(Event):
    """Evidence was added to the case."""

    title: ClassVar[str] = "补充材料"
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSealed(Event):
    """Evidence was sealed, in the presence of those named, `together_with` other pieces under the same seal."""

    title: ClassVar[str] = "封存材料"
    evidence: str
    present: tuple[str, ...]
    text: str
    seal: str = ""
    together_with: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceOpened(Event):
    """A seal was opened; what came in sealed for some only is `looked_at` and stays sealed."""

    title: ClassVar[str] = "启封"
    evidence: tuple[str, ...]
    seal: str
    text: str
    present: tuple[str, ...] = ()
    looked_at: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceWeighed(Event):
    """The force of a piece of evidence was decided; `suggested` is the level the regime's rules came to, if any."""

    title: ClassVar[str] = "认定证据效力"
    evidence: str
    force: str
    suggested: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Event):
    """A value was put right; the old one is kept."""

    title: ClassVar[str] = "更正"
    path: str
    old: Any
    new: Any
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersFilled(Event):
    """A questionnaire was answered."""

    title: ClassVar[str] = "问卷"
    questionnaire: str
    answers: Mapping[str, Any]
    satisfied: bool | None
