"""What the complainant can do on the case now, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.application.act_titles import in_language
from huiyin.application.loading import Opened
from huiyin.cases.available import available
from huiyin.cases.phases import transfer_of
from huiyin.cases.possible import Possible
from huiyin.regime.model import Act, Questionnaire
from huiyin.store.history import CaseHistory

from .milestones import Course, rating_of, second_look

_ELSEWHERE = frozenset({"add-evidence", "complete", "appeal", "reopen"})
"""Acts that have a place of their own on the page."""


@dataclass(frozen=True, slots=True)
class Rating:
    """The questionnaire to fill in; `step` when the regime waits for it as a step, else None."""

    questionnaire: Questionnaire
    step: Possible | None


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Asking for the matter to be handled anew: the act, whether it can be asked now, and its last moment."""

    act: Act
    open: bool
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Offers:
    """Everything that can be done now. `asked`: completing the filing is waited for; `say`: something may be added."""

    rating: Rating | None
    asked: bool
    say: bool
    second_look: SecondLook | None
    others: tuple[Possible, ...]

    @property
    def listed(self) -> list[Possible]:
        """What is listed at the foot: all but the second look, which stands beside the rating."""
        look = self.second_look.act.id if self.second_look else ""
        return [possible for possible in self.others if possible.work != look]

    def find(self, work: str) -> Possible | None:
        """The act or step of this id, if it can be done now."""
        return next((possible for possible in self.others if possible.work == work), None)


def offers_of(opened: Opened, course: Course) -> Offers:
    """Ask the case core what this person may do."""
    case, world, regime = opened.case, opened.world, opened.regime
    history = CaseHistory(world.organisation.pk, regime, world.now, world.calendar.zone)
    context = world.context(opened.actor, regime, history, case_id=case.id)
    possible = [each for each in in_language(available(regime, case, context)) if each.blocked is None]
    rating = _rating(opened, possible, course)
    rated_by = rating.step if rating else None
    look = _second_look(opened, possible, course)
    shown = [each for each in possible if each is not rated_by and each.work not in _ELSEWHERE]
    if look is not None and look.open:
        shown += [each for each in possible if each.work == look.act.id]
    return Offers(
        rating=rating,
        asked=case.state == "waiting",
        say=case.state != "closed",
        second_look=look,
        others=tuple(shown),
    )


def _rating(opened: Opened, possible: Sequence[Possible], course: Course) -> Rating | None:
    step = next((each for each in possible if each.questionnaire is not None), None)
    if step is not None and step.questionnaire is not None:
        return Rating(step.questionnaire, step)
    questionnaire = rating_of(opened.regime)
    if questionnaire is None or course.rated or not course.answered:
        return None
    return Rating(questionnaire, None)


def _second_look(opened: Opened, possible: Sequence[Possible], course: Course) -> SecondLook | None:
    """Nothing while there is no answer to be dissatisfied with, or it is being worked on again already.

    That it goes elsewhere is no answer yet before the body there has confirmed.
    """
    act, case = second_look(opened.regime), opened.case
    if act is None or not case.answered or transfer_of(case) or (course.anew and not course.answered):
        return None
    until = None
    if act.open_for is not None and act.open_after is not None:
        since = case.signals.get(act.open_after)
        until = opened.world.calendar.due(since.last, act.open_for).at if since else None
    is_open = any(each.work == act.id for each in possible)
    return SecondLook(act, is_open, until) if is_open or until else None
