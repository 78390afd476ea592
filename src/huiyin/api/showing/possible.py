"""What the caller can do on a case now."""

from collections.abc import Iterator

from huiyin.api.problems import cites
from huiyin.api.schemas.cases import Blocked, PossibleOut
from huiyin.application.loading import Opened
from huiyin.cases.available import available
from huiyin.cases.possible import Possible
from huiyin.records import replace
from huiyin.regime.model import Field
from huiyin.regime.vocabulary import CORE_ACTS
from huiyin.store.history import CaseHistory

from .orders import gives_out
from .regimes import fields_out, questionnaire_out


def possible_out(opened: Opened) -> list[PossibleOut]:
    """Everything the caller can do, the expected first, and what is blocked with its reason."""
    return [_shown(each, opened) for each in _possible(opened)]


def _possible(opened: Opened) -> Iterator[Possible]:
    world = opened.world
    history = CaseHistory(world.organisation.pk, opened.regime, world.now, world.calendar.zone)
    context = world.context(opened.actor, opened.regime, history, case_id=opened.case.id)
    found = available(opened.regime, opened.case, context)
    if opened.actor.kind == "outside":  # who filed the case itself fills in what it left open
        found = tuple(replace(each, fields=_left_open(opened)) if each.command == "complete" else each for each in found)
    yield from found
    if opened.actor.kind == "complainant":
        known = {each.command for each in found}
        yield from (each for each in _of_the_complainant(opened) if each.command not in known)


def _left_open(opened: Opened) -> dict[str, Field]:
    return {
        name: field
        for name, field in opened.regime.intake.fields.items()
        if opened.case.matter.get(name) in (None, "", [])
    }


def _of_the_complainant(opened: Opened) -> Iterator[Possible]:
    """Ways of the complainant that are no buttons of the desk; the core still decides each of them."""
    case, regime = opened.case, opened.regime
    if case.state == "waiting":
        act = regime.acts["complete"]
        yield Possible("complete", act.id, act.title, act.cite, expected=True, fields=regime.intake.fields)
    if case.state != "closed":
        act = regime.acts["add-evidence"]
        yield Possible("add-evidence", act.id, CORE_ACTS["add-evidence"][0], act.cite)
    asked = [regime.flow[run.step].asks for run in case.open_runs()]
    for questionnaire in regime.questionnaires.values():
        if questionnaire.id in asked or case.answered:
            yield Possible("fill", questionnaire.id, questionnaire.title, (), questionnaire=questionnaire)


def _shown(possible: Possible, opened: Opened) -> PossibleOut:
    articles = opened.regime.articles
    blocked = possible.blocked
    return PossibleOut(
        command=possible.command,
        work=possible.work,
        title=possible.title,
        member=possible.member,
        expected=possible.expected,
        on_behalf=possible.on_behalf,
        cite=cites(possible.cite, articles),
        fields=fields_out(possible.fields.values()),
        required=list(possible.required),
        outcomes={each.id: each.title for each in possible.outcomes.values()},
        questionnaire=questionnaire_out(possible.questionnaire) if possible.questionnaire else None,
        present=list(possible.present),
        decides=list(possible.decides),
        approvers=list(possible.approvers),
        sure_approval=possible.sure_approval,
        produces=list(possible.produces),
        via={each: opened.regime.means_title(each) for each in possible.via},
        gives=gives_out(possible.gives),
        bodies=dict(possible.bodies),
        units={role: list(units) for role, units in possible.units.items()},
        blocked=Blocked(code=blocked.code, message=blocked.message, cite=cites(blocked.cite, articles))
        if blocked
        else None,
    )
