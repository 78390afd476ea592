"""What happens in a case may call for an affair: corrective action, a duty, a measure to carry out. It is opened beside the case."""

from huiyin.regime.model import Duty, Measure

from .draft import Draft
from .due_times import due_time
from .events import CorrectiveOpened, DutyCalled, MeasureCalled


def open_corrective(draft: Draft, name: str) -> None:
    """Call for the corrective actions that hang on an event. Where a fact is missing the owner sees to it."""
    for action in draft.regime.on(name).corrective:
        if draft.holds(action.when, f"corrective.{action.id}", undecided=True):
            draft.add(
                CorrectiveOpened(
                    **draft.stamp,
                    names=(f"{action.id}.opened",),
                    cite=action.cite,
                    why=draft.reason(f"corrective.{action.id}", action.when),
                    corrective=action.id,
                    owner=action.owner,
                )
            )


def call_duties(draft: Draft, name: str) -> None:
    """Call for the duties that are owed once after an event."""
    for duty in draft.regime.on(name).duties:
        if draft.holds(duty.when, f"duties.{duty.id}", undecided=True):
            draft.add(
                DutyCalled(
                    **draft.stamp,
                    names=(f"{duty.id}.opened",),
                    cite=duty.cite,
                    why=draft.reason(f"duties.{duty.id}", duty.when),
                    duty=duty.id,
                    members=_members(draft, duty),
                )
            )


def _members(draft: Draft, duty: Duty) -> tuple[str, ...]:
    """Whom it is done for, of those the case involves; one empty name where it is done once."""
    case = draft.case
    match duty.per:
        case None | "location":
            return ("",)
        case "point":
            return case.points or ("",)
        case "handling-unit":
            return case.units or ("",)
        case "respondent":
            return (case.respondent.person or case.respondent.unit,)
        case role:
            known = draft.regime.roles.get(role)
            playing = draft.context.directory.units_of(known.of if known and known.of else role)
            involved = [unit for unit in (*case.units, case.respondent.unit) if unit in playing]
            return tuple(dict.fromkeys(involved)) or ("",)


def call_for(draft: Draft, measure: Measure, sanction: int, against: str) -> None:
    """Call for what has to be done for a confirmed measure, where the regime says so."""
    duty = measure.duty
    if duty is None:
        return
    begin, scope = draft.context.now, draft.scope()
    term = due_time(duty.lasts, begin, scope, draft) if duty.lasts else None
    due = due_time(duty.within, term.at if term else begin, scope, draft)
    draft.add(
        MeasureCalled(
            **draft.stamp,
            names=(f"{measure.id}.opened",),
            cite=measure.cite,
            why=draft.reason(f"accountability.measures.{measure.id}.duty"),
            measure=measure.id,
            sanction=sanction,
            against=against,
            until=term.at if term else None,
            due=due.at if due else None,
        )
    )
