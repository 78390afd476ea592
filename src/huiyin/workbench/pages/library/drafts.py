"""What the pages about drafts and versions show: numbered lines, problems, changes in sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from huiyin.organisations.drafts import check_text
from huiyin.organisations.models import RegimeDraft
from huiyin.organisations.services import NoSuchRegimeError
from huiyin.regime.diff import Change, compare
from huiyin.workbench.desk import Desk

SPARE_LINES = 40
"""Numbers beyond the last line, for what is typed before it is saved."""
TONES = {"error": "error", "warning": "warn", "information": "info"}


@dataclass(frozen=True, slots=True)
class Line:
    """The number of a line and the gravest that is said of it: error, warn, info or nothing."""

    number: int
    tone: str


def lines_of(source: str, problems: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The numbers beside a text."""
    tones: dict[int, str] = {}
    for problem in problems:
        if problem["file"] == "regime.yaml":
            tones.setdefault(problem["line"], TONES[problem["severity"]])
    return [Line(number, tones.get(number, "")) for number in range(1, source.count("\n") + SPARE_LINES + 1)]


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A message of the checker. `here`: it stands in this text, so that its line can be gone to."""

    tone: str
    code: str
    line: int
    column: int
    path: str
    message: str
    mend: str
    here: bool


def problems_of(problems: Iterable[Mapping[str, Any]]) -> list[ProblemLine]:
    """What the checker said, in the language of the page."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return [
        ProblemLine(
            TONES[each["severity"]], each["code"], each["line"], each["column"], each["path"],
            each[f"message_{language}"], each[f"mend_{language}"], each["file"] == "regime.yaml",
        )
        for each in problems
    ]  # fmt: skip


def roles_of(desk: Desk, regime_id: str) -> set[str]:
    """The roles this person holds under a regime."""
    return {holding.role for holding in desk.world.actor(desk.who, regime_id).holdings}


def changes_of(desk: Desk, draft: RegimeDraft) -> dict[str, Any]:
    """What a draft changes of the version in force (of a regime that is new there is nothing to compare); what it leaves open."""
    regime = check_text(draft.source, draft.answers).report.regime
    try:
        in_force = desk.world.in_force(draft.regime) if draft.regime else None
    except NoSuchRegimeError:
        in_force = None
    if regime is None:
        return {"in_force": in_force, "changes": None}
    changes = by_section(compare(in_force, regime)) if in_force else []
    return {"in_force": in_force, "changes": changes, "to_fill_in": regime.to_fill_in}


SECTIONS = {
    "articles": "条款", "settings": "本单位的选择", "roles": "角色", "kinds": "收件", "intake": "收件", "categories": "收件",
    "severity": "定级、受理审查、分派", "assessment": "定级、受理审查、分派", "routing": "定级、受理审查、分派",
    "flow": "流程", "limits": "时限", "acts": "随时动作", "orders": "交办事项", "flags": "人员提示",
    "approvals": "审批", "forms": "文书", "notices": "告知", "guidance": "提示", "questionnaires": "问卷",
}  # fmt: skip


def by_section(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """Changes under the headings of a regime's parts."""
    grouped: dict[str, list[Change]] = {}
    for change in changes:
        grouped.setdefault(SECTIONS.get(change.section, "责任、职责和其他"), []).append(change)
    return list(grouped.items())
