"""What is owed of a sample that is kept for a time: when the time is over somebody disposes of it and says how.

Each sample with `keep` has such a duty of its own from the moment it was taken, so that it stands in calendars, is reminded
of by the ladder, and outlives the case it was taken in.
"""

from collections.abc import Mapping

from huiyin.regime.model import Duty, Field, FieldType, Regime, SampleKind
from huiyin.regime.vocabulary import KEPT

from .frame import words

DISPOSALS: Mapping[str, str] = {
    "returned": "退还", "destroyed": "销毁", "used-up": "检验中用完", "handed-on": "移交别处", "kept": "继续保存",
}  # fmt: skip


def keeping_duty(regime: Regime, affair: str) -> Duty | None:
    """The duty of this id; None where it is that of no kind of samples."""
    kind = regime.samples.get(affair.removesuffix(KEPT)) if affair.endswith(KEPT) else None
    return None if kind is None or kind.keep is None else _duty(kind)


def keeping_duties(regime: Regime) -> list[Duty]:
    """One for each kind of samples that is kept for a time."""
    return [_duty(kind) for kind in regime.samples.values() if kind.keep is not None]


def _duty(kind: SampleKind) -> Duty:
    return Duty(
        id=f"{kind.id}{KEPT}",
        title=f"处置留样：{kind.title}",
        by=("handler",),
        within=kind.keep,
        fields={
            "disposal": Field("disposal", "怎样处置", FieldType.CHOICE, choices=DISPOSALS),
            "disposal_note": words("disposal_note", "经手人、去向和依据"),
        },
        required=("disposal", "disposal_note"),
        cite=kind.cite,
        note="留样期从采取时起算；继续保存的，写明为什么、到什么时候。",
    )
