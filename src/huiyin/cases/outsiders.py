"""What somebody who is not of the house sees of a case: a party outside, and the complainant. Deny by default.

A party outside sees its own tasks, what is addressed to it, and what it did itself; of the rest only what the regime lists
for its role (`sees`). Rules of confidentiality take away from that; they add nothing. The body that filed a case also knows
what it has to complete, and of what the complainant is told the title.
"""

from functools import lru_cache

from huiyin.records import replace
from huiyin.regime.model import Regime, RoleGroup, fields_of_work

from . import events as ev
from .corresponding import TOLD
from .inviting import OUTSIDE
from .people import Actor, Directory
from .sources import hears_of, is_source
from .standing import may
from .state import Case, Document, Evidence

COMPLAINANT = "complainant"
_SECTIONS = ("respondent", "matter", "facts", "answers", "evidence")


def seen_by(regime: Regime, actor: Actor) -> frozenset[str]:
    """What the regime lists for the roles this party holds."""
    roles = (regime.roles.get(holding.role) for holding in actor.holdings)
    return frozenset(path for role in roles if role and role.group is RoleGroup.OUTSIDE for path in role.sees)


@lru_cache(maxsize=256)
def withheld(regime: Regime, seen: frozenset[str]) -> frozenset[str]:
    """Contents of a case that are kept from a party outside because its role does not list them."""
    single = {"matter": set(regime.intake.fields), "facts": set(fields_of_work(regime))}
    hidden = {section for section in _SECTIONS if section not in seen and not _in_part(section, seen)}
    hidden |= {"samples"} - seen if regime.samples and not _in_part("samples", seen) else set()
    hidden |= {f"samples.{kind}" for kind in regime.samples if not seen & {"samples", f"samples.{kind}"}}
    hidden |= {"matter"} - seen  # demands and free words belong to the whole
    for section, names in single.items():
        hidden |= {f"{section}.{name}" for name in names if not seen & {section, f"{section}.{name}"}}
    return frozenset(hidden)


def _in_part(section: str, seen: frozenset[str]) -> bool:
    return any(path.startswith(f"{section}.") for path in seen)


def evidence_of(regime: Regime, case: Case, actor: Actor, hidden: frozenset[str]) -> tuple[Evidence, ...]:
    """The evidence this person sees; `hidden` is what the policy keeps from this person. Own pieces are always seen."""
    if actor.kind != "outside":
        return () if "evidence" in hidden else case.evidence
    seen = frozenset() if "evidence" in hidden else seen_by(regime, actor)
    return tuple(
        item
        for item in case.evidence
        if item.added_by == actor.person or "evidence" in seen or f"evidence.{item.kind}" in seen
    )


def may_read(regime: Regime, case: Case, document: Document, actor: Actor, directory: Directory) -> bool:
    """Whether this person, who sees the case, may read a document of it.

    Of the house everybody may. Others read what is made out, copied or sent to them once it is finished and as long as it
    stands, what waits for their signature or has it, what work of theirs has them read before, and what the regime lists.
    """
    if actor.kind in ("staff", "system"):
        return True
    mine = [role for role in document.needs if may(regime, case, actor, (role,), directory)]
    if any((role, actor.person) in document.signatures for role in mine):
        return True
    if document.replaced_by:
        return False
    if any(role in document.next_to_sign() for role in mine):
        return True
    if document.lacks or document.missing():
        return False
    form = regime.forms.get(document.form)
    addressed = (*(form.to if form else ()), *(form.copies_to if form else ()), *case.sent.get(document.form, ()))
    addressed += readers_of(regime, document.form)
    listed = actor.kind == "outside" and f"forms.{document.form}" in seen_by(regime, actor)
    return listed or may(regime, case, actor, addressed, directory)


@lru_cache(maxsize=1024)
def readers_of(regime: Regime, form: str) -> tuple[str, ...]:
    """The roles whose work has them read a form before."""
    works = (*regime.flow.values(), *regime.acts.values())
    return tuple(dict.fromkeys(role for work in works if form in work.reads for role in work.by))


_OWN = (
    ev.WorkDone,
    ev.WorkSubmitted,
    ev.ActDone,
    ev.EvidenceAdded,
    ev.DocumentSigned,
    ev.NoticeAcknowledged,
    ev.ApprovalVoted,
    ev.ApprovalRejected,
    ev.Completed,
)
"""What somebody does; what follows from it bears the same name, but is not for this person to know."""


def as_known(regime: Regime, case: Case, event: ev.Event, actor: Actor, directory: Directory) -> ev.Event | None:
    """What a party outside may know of something that happened: what it did itself, what was said to it; else None.

    Of a notice to the complainant the body that filed the case knows the title: the text may speak of what it does not see.
    """
    if _concerns(regime, case, event, actor, directory):
        return event
    if isinstance(event, ev.NoticeQueued) and hears_of(event) and is_source(case, actor):
        return replace(event, to=(COMPLAINANT,), text="")
    return None


def _concerns(regime: Regime, case: Case, event: ev.Event, actor: Actor, directory: Directory) -> bool:
    match event:
        case ev.NoticeQueued():
            return may(regime, case, actor, event.to, directory)
        case ev.CompletionAsked():
            return is_source(case, actor)
        case ev.DocumentProduced():
            document = case.documents.get(event.key)
            return document is not None and may_read(regime, case, document, actor, directory)
        case ev.OutsideInvited() | ev.LinkRenewed():
            return OUTSIDE + event.key == actor.person
        case ev.ActDone() if event.act == TOLD:
            return OUTSIDE + event.to == actor.person
        case _:
            return isinstance(event, _OWN) and event.by == actor.person
