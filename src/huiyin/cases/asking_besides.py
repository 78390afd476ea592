"""What a regime asks of a core act besides what the act is: copies, means, who takes part, fields, a questionnaire, outcomes."""

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.regime.model import Act, Field

from . import commands as cmd
from .booking import refuse_unbookable
from .draft import Draft
from .measures_in_force import refuse_people_barred
from .own_acts import refuse_no_member
from .questionnaires import answers_given, fill
from .values import checked_fields
from .work import outcome_of, refuse_absent, refuse_means, refuse_unmet


def asked_besides(
    draft: Draft,
    act: Act,
    command: cmd.CoreAct,
    declared: Mapping[str, Field],
    required: Sequence[str],
    *,
    cite: tuple[str, ...],
) -> tuple[dict[str, Any], str]:
    """The fields in stored form and the outcome; answers to the questionnaire of the act are on record.

    `declared` and `required` are the fields of the act, and for an extension those of the limit as well.

    Raises:
        Refused: it is not said for which copy, somebody who must take part is absent, a field is missing or wrong, somebody
            is filled in whom a measure bars, it is unknown on whose account it is booked, an outcome is missing or does not
            fit, a requirement does not hold.
    """
    refuse_no_member(draft, act, command.member)
    refuse_absent(draft, act, command.present)
    refuse_means(draft, act, command.via)
    fields = checked_fields(
        declared,
        required,
        command.fields,
        scope=draft.scope(),
        section="facts",
        zone=draft.context.calendar.zone,
        cite=cite,
    )
    refuse_people_barred(draft.scope(), declared, fields, draft.context.calendar)
    refuse_unbookable(draft, act, fields, by=draft.actor.person)
    answers, satisfied = answers_given(draft, act, command.answers)
    outcome = outcome_of(draft, act, command.outcome, fields, satisfied)
    refuse_unmet(draft, act, fields, answers)
    if answers:
        fill(draft, act.asks or "", answers, satisfied, cite=act.cite, on_behalf=command.on_behalf)
    return fields, outcome
