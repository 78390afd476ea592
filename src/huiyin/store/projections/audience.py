"""Who may see a case, written down for lists. The policy itself is `huiyin.cases.access.sight`; it is asked, not copied.

Roles that look after a whole regime (`managing_roles`) have no rows of their own: lists find their cases by regime, less
those `closed_to` them by confidentiality. Everybody else tied to the case has an audience row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from huiyin.cases.access import managing_roles, named_roles, sight
from huiyin.cases.people import Actor, Assignee, Directory, Holding
from huiyin.cases.secrecy import keeps_secrets
from huiyin.cases.standing import assignees, is_concerned
from huiyin.cases.state import Case
from huiyin.records import made_quickly
from huiyin.regime.model import Regime
from huiyin.store.subjects import subject_of

_PEOPLE = ("handler", "handling-unit", "handling-head", "respondent-head")
_NOT_LISTED = ("all-staff", "public", "complainant", "system")


@made_quickly
@dataclass(frozen=True, slots=True)
class Audience:
    """Subjects that see the case, and which managing roles do not.

    `confidential`: what a viewer sees has to be asked of the policy each time. A person's other posts may be among those
    a rule hides something from, so it does not depend on who is in the audience now.
    """

    subjects: tuple[str, ...]
    closed_to: str
    confidential: bool


def audience_of(regime: Regime, case: Case, directory: Directory) -> Audience:
    """Who sees the case now."""
    candidates = _candidates(regime, case, directory)
    if not keeps_secrets(regime, case):
        # Without secrets, whoever works on a case or looks after the regime sees it: no need to ask for each.
        seen = [subject_of(case.regime, one) for one in candidates if not is_concerned(case, one.person)]
        return Audience(tuple(seen), "", confidential=False)
    seen = [
        subject_of(case.regime, one) for one in candidates if sight(regime, case, _somebody(one), directory).sees
    ]
    managing = managing_roles(regime)
    closed = [role for role in managing if not sight(regime, case, _somebody(Assignee(role)), directory).sees]
    return Audience(tuple(seen), f"|{'|'.join(closed)}|" if closed else "", confidential=True)


_depends_on = attrgetter(
    "state", "steps", "approvals", "documents", "acknowledgements", "handler", "handler_role", "handling_role",
    "handling_unit", "also", "first_receiver", "supervisor", "respondent", "complainant", "recused", "kind", "channel",
    "category", "severity", "matter", "facts", "answers", "evidence", "orders",
    "received_at",
)  # fmt: skip


def same_audience(regime: Regime, before: Case, after: Case) -> bool:
    """Whether nothing changed that the policy looks at, or its rows say; a reminder or a missed limit is nothing of it."""
    if _depends_on(before) != _depends_on(after):
        return False
    return before.signals == after.signals or not _looks_back(regime)


@lru_cache(maxsize=256)
def _looks_back(regime: Regime) -> bool:
    """Whether a rule of confidentiality may ask what has happened. Only functions can, such as happened('closed')."""
    return any(rule.when is not None and rule.when.calls for rule in regime.confidentiality.values())


def _candidates(regime: Regime, case: Case, directory: Directory) -> list[Assignee]:
    ordering = (person for order in case.orders.values() for person in (order.by, order.answered_by))
    persons = (case.first_receiver, case.supervisor, *(run.done_by for run in case.steps.values()), *ordering)
    found = [Assignee("", "", person) for person in dict.fromkeys(persons) if person and person not in _NOT_LISTED]
    found += assignees(regime, case, dict.fromkeys((*_PEOPLE, *named_roles(regime), *_working_roles(regime, case))), directory)
    managing = set(managing_roles(regime))
    kept = [one for one in found if one.person or not (one.role in managing and not one.unit)]
    distinct: dict[str, Assignee] = {}
    for one in kept:
        if one.person or (one.role not in _NOT_LISTED and (one.role or one.unit)):
            distinct.setdefault(subject_of(case.regime, one), one)
    return list(distinct.values())


def _working_roles(regime: Regime, case: Case) -> Iterable[str]:
    for run in case.open_runs():
        yield from regime.flow[run.step].by
    for pending in case.approvals.values():
        stage = pending.stages[pending.stage]
        yield from stage.all_of or stage.by
    for roles in case.acknowledgements.values():
        yield from roles
    for document in case.documents.values():
        yield from document.missing()
    for order in case.orders.values():
        if order.is_open:
            yield f"addressee:{order.key}"
        if order.to_accept:
            yield from (role for role in order.accepted_by if role != "giver")
    for role in managing_roles(regime):
        substitute = regime.roles[role].substitute
        if substitute:
            yield role      # resolves to the substitute where the holders are concerned or missing


def _somebody(assignee: Assignee) -> Actor:
    """Whoever the assignee means, to ask the policy about."""
    if assignee.person:
        return Actor(assignee.person)
    return Actor("", frozenset({Holding(assignee.role, assignee.unit or None)}))
