"""Milestones the complainant sees, and the limits that lead to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huiyin.cases.events import AnswersFilled, Event, Reopened, StepOpened, TransferReturned, WorkDone
from huiyin.cases.state import ANSWERS, Case, Obligation
from huiyin.regime.expressions import Undecided
from huiyin.regime.model import Act, Limit, Questionnaire, Regime
from huiyin.regime.saying import event_title

ENDINGS = ("refused", "explained", "settled", "merged", "transferred", "withdrawn", "terminated")
"""Ends that take a case off its usual way."""


def ending_of(case: Case) -> str:
    """What took the case off its usual way, as things stand: a transfer that came back did not; empty for nothing."""
    returned = case.transfer is not None and case.transfer.stage == "returned"
    return next((name for name in ENDINGS if name in case.signals and not (returned and name == "transferred")), "")


def milestone_word(regime: Regime, name: str) -> str:
    """What a milestone is called on the line of steps."""
    words = {
        "registered": _("登记"),
        "acknowledged": _("收到"),
        "accepted": _("受理"),
        "assigned": _("分派"),
        "concluded": _("核实"),
        "replied": _("答复"),
        "followed-up": _("回访"),
        "closed": _("办结"),
        "refused": _("不予受理"),
        "explained": _("说明"),
        "settled": _("当场解决"),
        "merged": _("并案"),
        "transferred": _("移送"),
        "withdrawn": _("撤回"),
        "terminated": _("终止"),
    }
    return words.get(name) or event_title(regime, name)


def reaching(regime: Regime, milestone: str) -> frozenset[str]:
    """Events that reach a milestone: its own name, and the steps that mark it; a refusal answers whether it is accepted."""
    steps = (step.id for step in regime.flow.values() if milestone in step.marks)
    decided = ("refused",) if milestone == "accepted" else ()
    return frozenset({milestone, *steps, *decided})


def leads_to(regime: Regime, limit: Limit, milestones: Iterable[str]) -> bool:
    """Whether a limit ends when one of the milestones is reached."""
    ends = {end.partition(":")[0].partition(".")[0] for end in limit.end}
    return any(ends & reaching(regime, milestone) for milestone in milestones)


def is_answer(regime: Regime, limit: Limit) -> bool:
    """Whether a limit says until when the complainant is answered."""
    return leads_to(regime, limit, ("replied",)) or bool(set(limit.end) & {*ANSWERS, "informed", "reply-delivered"})


class _BeforeAnyCase:
    """What a condition sees where there is no case yet: the organisation's settings, and that nothing has happened."""

    def __init__(self, regime: Regime) -> None:
        self.settings = regime.answers

    def happened(self, _name: str) -> bool:
        return False

    def times(self, _name: str) -> int:
        return 0


def used_here(regime: Regime, limit: Limit) -> bool:
    """Whether the organisation's settings leave a limit in use; those that depend on the case are."""
    when = limit.when
    if when is None or not when.reads or not all(path.startswith("settings.") for path in when.reads):
        return True
    try:
        return bool(when.evaluate(_BeforeAnyCase(regime)))
    except (AttributeError, Undecided):
        return True


def for_complainant(regime: Regime, item: Obligation) -> bool:
    """Whether an obligation is about something the complainant waits for."""
    limit = regime.limits.get(item.limit)
    if limit is None:
        return item.limit == "completion"
    return is_answer(regime, limit) or leads_to(regime, limit, regime.portal.progress)


def running_for_complainant(regime: Regime, case: Case) -> list[Obligation]:
    """What the complainant waits for, soonest first; a limit without a figure comes last."""
    found = [item for item in case.running() if for_complainant(regime, item)]
    return sorted(found, key=lambda item: (item.due is None, item.due or item.started_at))


@dataclass(frozen=True, slots=True)
class Course:
    """What has been reached as things stand: work that was opened again no longer counts as done.

    `reached` tells when each event last happened; `anew`: the case was taken up again and not answered since;
    `rated`: the answer that counts now was rated.
    """

    reached: Mapping[str, datetime]
    anew: bool
    rated: bool

    @property
    def answered(self) -> bool:
        """Whether the reply that counts now was given."""
        return "replied" in self.reached


def course_of(regime: Regime, events: Iterable[Event]) -> Course:
    """Follow the events in their order; times alone cannot tell it, since a rehearsal's clock may stand still."""
    reached: dict[str, datetime] = {}
    done: set[str] = set()
    anew = rated = False
    for event in events:
        if isinstance(event, Reopened):
            reached.pop("closed", None)
            anew = True
        if isinstance(event, TransferReturned):
            reached.pop("transferred", None)
        if isinstance(event, StepOpened):
            for step in done & {event.step, *event.resets}:
                anew = anew or "replied" in regime.flow[step].marks
                for mark in regime.flow[step].marks:
                    reached.pop(mark, None)
        if isinstance(event, WorkDone) and event.is_step:
            done.add(event.work)
        if "replied" in event.names:
            anew = rated = False
        rated = rated or isinstance(event, AnswersFilled)
        reached.update(dict.fromkeys(event.names, event.at))
    return Course(reached, anew, rated)


def rating_of(regime: Regime) -> Questionnaire | None:
    """The questionnaire by which a complainant rates the answer; None where the regime asks nothing."""
    asked = (step.asks for step in regime.flow.values() if step.asks)
    name = next(asked, None)
    return regime.questionnaires.get(name) if name else None


def second_look(regime: Regime) -> Act | None:
    """The act by which a complainant asks for the matter to be handled anew; None where the regime has none."""
    found = (regime.acts.get(name) for name in ("appeal", "reopen"))
    return next((act for act in found if act and act.allowed and "complainant" in act.by), None)
