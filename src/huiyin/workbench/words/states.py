"""The state of a case as a pill: the component's state and the word to show."""

from django.utils.translation import gettext as _

from huiyin.cases.phases import ending_of, transfer_of
from huiyin.cases.state import Case
from huiyin.store.models import CaseRow

_OF_PHASE = {
    "收件": "new",
    "审查": "assess",
    "分派": "assess",
    "办理": "investigate",
    "答复": "investigate",
    "回访": "replied",
    "归档": "followup",
}


def state_of(case: Case, phase: str) -> tuple[str, str]:
    """State and word of a loaded case; a running approval shows before the phase."""
    if case.state == "open" and case.approvals:
        return "approve", _("待审批")
    if case.state == "open" and case.occasion is not None:
        return _affair(phase)
    return _state(case.state, phase, ending_of(case), transfer_of(case))


def state_of_row(row: CaseRow) -> tuple[str, str]:
    """State and word of a row in a list."""
    if row.state == "open" and row.occasion:
        return _affair(row.phase)
    return _state(row.state, row.phase, row.ending, row.transfer)


def _affair(phase: str) -> tuple[str, str]:
    """An affair that is open: somebody handles it, or it has to be said who does."""
    return ("assess", _("待确定由谁办")) if phase == "分派" else ("investigate", _("办理中"))


def _state(state: str, phase: str, ending: str, transfer: str) -> tuple[str, str]:
    match state:
        case "closed":
            return {"withdrawn": ("stopped", _("已撤回")), "terminated": ("stopped", _("已终止"))}.get(ending, ("closed", _("已办结")))
        case "suspended":
            return "paused", _("已中止")
        case "waiting":
            return "paused", _("等待补正")
    if transfer:
        return ("assess", _("待移送")) if transfer == "decided" else ("paused", _("已移送，待签收"))
    return _OF_PHASE.get(phase, "investigate"), _phase_words(phase)


def _phase_words(phase: str) -> str:
    words = {
        "收件": _("待登记"),
        "审查": _("受理审查"),
        "分派": _("待分派"),
        "办理": _("调查办理"),
        "答复": _("待答复"),
        "回访": _("已答复"),
        "归档": _("待归档"),
    }
    return words.get(phase, phase)
