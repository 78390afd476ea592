"""What the regime will do with a matter, and what to tell the caller: by asking the core without writing anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huiyin.application.world import World
from huiyin.cases import events as ev
from huiyin.cases.access import managing_roles
from huiyin.cases.commands import File
from huiyin.cases.decide import decide
from huiyin.cases.people import Actor
from huiyin.cases.quiet import NO_HISTORY
from huiyin.cases.refusals import Refused
from huiyin.cases.state import Case, Obligation
from huiyin.regime.model import Regime
from huiyin.store.history import CaseHistory
from huiyin.workbench.words.articles import Cited, all_cited
from huiyin.workbench.words.moments import due_words, full_due_words

TO_COMPLAINANT = ("replied", "settled", "explained")


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """One thing the regime will do: label, words, articles, and the due chip where there is one."""

    label: str
    words: str
    cites: Sequence[Cited]
    due_state: str = ""
    due_text: str = ""
    due_at: datetime | None = None


def forecast_lines(regime: Regime, world: World, who: Actor, command: File) -> list[ForecastLine]:
    """What would happen on filing; empty when the form is not complete enough to tell.

    Earlier cases count only for who looks after the regime and is not the respondent: typing in one's own name, or a
    colleague's, must not tell whether there were complaints.
    """
    actor = world.actor(who, regime.id)
    knows = actor.person != command.respondent.person and any(actor.holds(role) for role in managing_roles(regime))
    history = CaseHistory(world.organisation.pk, regime, world.now, world.calendar.zone) if knows else NO_HISTORY
    context = world.context(actor, regime, history, case_id="", number="—")
    try:
        decision = decide(regime, None, command, context)
    except Refused:
        return _declared(regime)
    return [line for event in decision.events if (line := _line(event, regime, world)) is not None]


def _declared(regime: Regime) -> list[ForecastLine]:
    """The limits that start with filing, without dates."""
    from huiyin.regime.saying import say_rows

    return [
        ForecastLine(limit.title, say_rows(regime, limit.within), all_cited(regime, limit.cite))
        for limit in regime.limits.values()
        if {"received", "registered", "accepted"} & set(limit.start)
    ]


def _line(event: ev.Event, regime: Regime, world: World) -> ForecastLine | None:
    cites = all_cited(regime, event.cite)
    match event:
        case ev.Assessed():
            row = next((each for each in regime.assessment if each.id == event.row), None)
            return ForecastLine(_("受理审查"), row.title if row else _("受理"), cites)
        case ev.Graded() if event.severity:
            return ForecastLine(_("严重程度"), regime.severity.levels.get(event.severity, event.severity), cites)
        case ev.Assigned():
            who = world.people.unit_title(event.unit) if event.unit else regime.role_title(event.role)
            return ForecastLine(_("分派"), who, cites)
        case ev.StepOpened():
            step = regime.flow[event.step]
            return ForecastLine(_("先办"), f"{step.title}（{'、'.join(regime.role_title(role) for role in step.by)}）", cites)
        case ev.ObligationStarted():
            item = event.obligation
            state, words = due_words(item.due, world)
            shown = full_due_words(item.due, world).removesuffix("前") if state == "later" and item.due else words
            return ForecastLine(item.title, "", all_cited(regime, item.cite), state, shown, item.due)
    return None


@dataclass(frozen=True, slots=True)
class Promise:
    """What the caller may be told: until when there is an answer, and why."""

    until: str
    cites: Sequence[Cited]


def promise(regime: Regime, case: Case, world: World) -> Promise | None:
    """The running limit that ends with an answer to the complainant, soonest first."""
    answering = [item for item in case.running() if item.due is not None and _answers(regime, item)]
    if not answering:
        return None
    item = min(answering, key=lambda each: each.due or world.now)
    assert item.due is not None
    return Promise(full_due_words(item.due, world), all_cited(regime, item.cite))


def _answers(regime: Regime, item: Obligation) -> bool:
    limit = regime.limits.get(item.limit)
    if limit is None:
        return False
    for name in limit.end:
        step = regime.flow.get(name.partition(":")[0])
        if name in TO_COMPLAINANT or (step is not None and "replied" in step.marks):
            return True
    return False
