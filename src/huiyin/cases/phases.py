"""The seven phases that statistics of all regimes compare (regime-language 1.3)."""

from .state import Case

PHASES = ("收件", "审查", "分派", "办理", "答复", "回访", "归档")

_MILESTONES = ("registered", "", "assigned", "concluded", "replied", "followed-up", "closed")
_ASSESSED = ("accepted", "refused", "explained", "settled", "merged", "transferred")
_ENDS = ("withdrawn", "terminated")
_LIVES_ON = ("reopened", "appealed")


def phase_of(case: Case) -> str:
    """The phase the case is in: the one after the last milestone reached, 归档 when closed."""
    if case.state == "closed":
        return PHASES[-1]
    if case.occasion is not None:  # an affair is handled from the beginning, once it is known by whom
        return PHASES[3] if "assigned" in case.signals else PHASES[2]
    reached = -1
    for number, milestone in enumerate(_MILESTONES):
        happened = any(name in case.signals for name in _ASSESSED) if not milestone else milestone in case.signals
        if happened:
            reached = number
    return PHASES[min(reached + 1, len(PHASES) - 1)]


def transfer_of(case: Case) -> str:
    """What an open case waits for that goes to another body: `decided` to be sent, `sent` to be received; else empty."""
    if case.state != "open" or case.transfer is None or case.transfer.stage not in ("decided", "sent"):
        return ""
    return case.transfer.stage


def ending_of(case: Case) -> str:
    """How a closed case ended when that was not by handling: `withdrawn`, `terminated`; empty in all other states."""
    if case.state != "closed":
        return ""
    ends = [(case.signals[name].last, name) for name in _ENDS if name in case.signals]
    last, name = max(ends, default=(None, ""))
    lived_on = last is not None and any(each in case.signals and case.signals[each].last > last for each in _LIVES_ON)
    return "" if lived_on else name
