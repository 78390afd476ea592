"""What steps and acts have in common: what must be filled in, who takes part, how they end, what waits for approval."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from huiyin.regime.model import Outcome, Regime, Step, Work

from .assignment import Choice
from .booking import refuse_unbookable
from .commands import Charge, DecideTable, Perform
from .draft import Draft
from .measures_in_force import refuse_people_barred
from .principles import CLOSED_STAYS_CLOSED, TIME_STANDS_STILL
from .producing import signing_roles
from .refusals import Refused
from .state import Case, Document
from .values import checked_fields

Signatures = Iterable[tuple[str, str]]
"""Who has signed a form before it is produced, by handing in or by approving: place on the form, person."""


def path_of(work: Work) -> str:
    """Where a step or act stands in the regime."""
    return f"{'flow' if isinstance(work, Step) else 'acts'}.{work.id}"


def refuse_state(draft: Draft) -> None:
    """Raise when the case is closed, or stands still."""
    if draft.case.state == "closed":
        raise Refused("not-open-now", "案件已办结。", cite=CLOSED_STAYS_CLOSED)
    if draft.case.state in ("suspended", "waiting"):
        waiting = "中止" if draft.case.state == "suspended" else "等待补正"
        raise Refused("not-open-now", f"案件{waiting}期间不能办理。", cite=TIME_STANDS_STILL)


def proposed(draft: Draft, work: Work, outcome: str, fields: Mapping[str, Any], command: Perform) -> dict[str, Any]:
    """What waits for approval: all that finishing the work needs then, when its doer is no longer at hand."""
    return {
        "outcome": outcome,
        "fields": fields,
        "present": list(command.present),
        "text": command.text,
        "on_behalf": command.on_behalf,
        "via": list(command.via),
        "signs": signing_roles(draft, work.produces),
        "orders": [charge_to_json(each) for each in command.orders],
        "chosen": {
            "row": command.row,
            "to": command.to,
            "unit": command.unit,
            "handler": command.handler,
            "also": list(command.also),
            "into": command.into,
            "body": command.body,
        },
    }


def proposed_command(work: str, member: str, payload: Mapping[str, Any]) -> Perform:
    """The command that was handed in, as far as finishing the work needs it."""
    chosen = payload.get("chosen", {})
    return Perform(
        work=work,
        member=member,
        present=tuple(payload["present"]),
        text=payload["text"],
        on_behalf=payload.get("on_behalf", False),
        row=chosen.get("row", ""),
        to=chosen.get("to", ""),
        unit=chosen.get("unit", ""),
        handler=chosen.get("handler", ""),
        also=tuple(chosen.get("also", ())),
        via=tuple(payload.get("via", ())),
        into=chosen.get("into", ""),
        orders=tuple(charge_from_json(each) for each in payload.get("orders", ())),
    )


def charge_to_json(charge: Charge) -> dict[str, str]:
    """A charge as it waits with a proposal."""
    due = charge.due.isoformat() if charge.due else ""
    return {"text": charge.text, "to": charge.to, "unit": charge.unit, "person": charge.person, "due": due}


def charge_from_json(stored: Mapping[str, str]) -> Charge:
    """A charge that waited with a proposal."""
    due = date.fromisoformat(stored["due"]) if stored["due"] else None
    return Charge(stored["text"], stored["to"], stored["unit"], stored["person"], due)


def choice_of(command: Perform | DecideTable) -> Choice:
    """The routing choice inside a command."""
    return Choice(command.to, command.unit, command.handler, tuple(command.also), command.text)


def checked_work(draft: Draft, work: Work, command: Perform) -> dict[str, Any]:
    """The fields of the work in stored form; raises Refused for what is missing, wrong, or for who is absent."""
    refuse_absent(draft, work, command.present)
    refuse_means(draft, work, command.via)
    fields = checked_fields(
        work.fields,
        work.required,
        command.fields,
        scope=draft.scope(),
        section="facts",
        zone=draft.context.calendar.zone,
        cite=work.cite,
    )
    refuse_people_barred(draft.scope(), work.fields, fields, draft.context.calendar)
    refuse_unbookable(draft, work, fields, by=draft.actor.person)
    return fields


def refuse_means(draft: Draft, work: Work, via: tuple[str, ...]) -> None:
    """Raise when a means is none of those of the work, or none is named although the regime measures by which it is done."""
    if not via and work.id not in _measured_by_means(draft.regime):
        return
    options = "、".join(draft.regime.means_title(each) for each in work.via)
    wrong, rule = {"via": f"请选择：{options}"}, f"{path_of(work)}.via"
    if not via:
        raise Refused("missing-field", f"请注明“{work.title}”的方式：{options}。", cite=work.cite, fields=wrong, rule=rule)
    if set(via) - set(work.via):
        message = f"“{work.title}”的方式是{options}。" if options else f"“{work.title}”没有可选的方式。"
        raise Refused("wrong-value", message, cite=work.cite, fields=wrong, rule=rule)


@lru_cache(maxsize=256)
def _measured_by_means(regime: Regime) -> frozenset[str]:
    return regime.measured_by_means


def refuse_absent(
    draft: Draft, work: Work, present: tuple[str, ...], *, roles: tuple[str, ...] | None = None, rule: str = ""
) -> None:
    """Raise unless everybody who must take part is confirmed to have: those the work names, or `roles` by another rule."""
    absent = [role for role in (work.together_with if roles is None else roles) if role not in present]
    if absent:
        who = "、".join(draft.regime.role_title(role) for role in absent)
        message = f"“{work.title}”须有{who}参加，请确认。"
        fields = {"present": f"请确认{who}参加"}
        raise Refused("missing-field", message, cite=work.cite, fields=fields, rule=rule or f"{path_of(work)}.with")


def confirmed(work: Work, present: tuple[str, ...]) -> tuple[str, ...]:
    """Of those who must take part, the ones who were confirmed to have."""
    return tuple(role for role in work.together_with if role in present)


def outcome_of(draft: Draft, work: Work, given: str, fields: Mapping[str, Any], satisfied: bool | None) -> str:
    """The outcome named, or the only one that the answers or the conditions leave."""
    if not work.outcomes:
        if given:
            raise Refused("wrong-value", f"“{work.title}”没有可选的结果。", cite=work.cite)
        return ""
    scope = draft.scope().with_values("facts", fields)
    if not given and satisfied is not None:
        given = "satisfied" if satisfied else "dissatisfied"
    if not given and len(work.outcomes) == 1:
        given = next(iter(work.outcomes))
    if not given:
        fitting = [each.id for each in work.outcomes.values() if each.when is not None and scope.holds(each.when)]
        given = fitting[0] if len(fitting) == 1 else ""
    options = "、".join(each.title for each in work.outcomes.values())
    if given not in work.outcomes:
        code = "wrong-value" if given else "missing-field"
        message = f"请选择“{work.title}”的结果：{options}。"
        wrong = {"outcome": f"请选择：{options}"}
        raise Refused(code, message, cite=work.cite, fields=wrong, rule=f"{path_of(work)}.outcomes")
    chosen: Outcome = work.outcomes[given]
    if chosen.when is not None and not scope.holds(chosen.when, undecided=True):
        raise Refused(
            "unmet-requirement",
            f"不符合“{chosen.title}”的条件。",
            cite=work.cite,
            values=dict(chosen.when.values(scope)),
            rule=f"{path_of(work)}.outcomes.{chosen.id}",
        )
    return given


def papers_to_read(case: Case, work: Work) -> tuple[Document, ...]:
    """The documents to read before the work is done, the latest of each form that is finished and stands."""
    finished = [each for each in case.documents.values() if not each.is_void and not each.lacks and not each.missing()]
    latest = {each.form: each for each in finished}
    return tuple(latest[form] for form in work.reads if form in latest)


def refuse_unread(draft: Draft, work: Work) -> None:
    """Raise while what is to be read before has not been made out."""
    there = {each.form for each in papers_to_read(draft.case, work)}
    for form in work.reads:
        if form not in there:
            message = f"《{draft.regime.forms[form].title}》出具以后才能办“{work.title}”。"
            raise Refused("not-open-now", message, cite=work.cite, rule=f"{path_of(work)}.reads")


def refuse_unmet(draft: Draft, work: Work, fields: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    """Raise unless everything the work `requires` holds, these fields and answers included."""
    if not work.requires:
        return
    scope = draft.scope().with_values("facts", fields).with_values("answers", answers)
    for number, requirement in enumerate(work.requires):
        if not scope.holds(requirement.that):
            cite, rule = requirement.cite or work.cite, f"{path_of(work)}.requires.{number}"
            raise Refused("unmet-requirement", requirement.otherwise + "。", cite=cite, rule=rule)
