"""Producing documents: each is composed once, gets its number, and is signed at once by those whose places on it are."""

from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.regime.model import Act, Form

from . import commands as cmd
from .documents.composing import compose, lacking
from .documents.content import digest_of, sheet_to_json
from .documents.values import Production
from .draft import Draft
from .events import DocumentProduced, WorkDone
from .refusals import Refused
from .standing import may
from .state import Document


def signing_roles(draft: Draft, forms: Iterable[str]) -> list[str]:
    """The places on these forms in which the actor signs."""
    places = dict.fromkeys(role for form_id in forms for role in draft.regime.forms[form_id].signed_by)
    return [role for role in places if may(draft.regime, draft.case, draft.actor, (role,), draft.context.directory)]


def produce(
    draft: Draft,
    forms: Iterable[str],
    work: str,
    *,
    by: str,
    member: str = "",
    signatures: Iterable[tuple[str, str]] = (),
) -> None:
    """The forms a piece of work produces, each signed at once by those whose places on it are.

    Where work takes effect by an approval, `signatures` (place, person) were given by `by`, who did the work, and by
    everybody who approved; else the doer signs now. `member`: the copy of the step, where several are done.
    """
    forms, given = list(forms), list(signatures)
    if not given and by == draft.actor.person:
        given = [(role, by) for role in signing_roles(draft, forms)]
    for form_id in forms:
        form = draft.regime.forms[form_id]
        production = _production(draft, form, work, member, by, number=_number(draft, form), version=1)
        draft.add(_produced(draft, form, production, given))


def reissue(draft: Draft, act: Act, command: cmd.Reissue, _fields: Mapping[str, Any]) -> None:
    """Compose a document again, with what the case says now, as a later version in place of the earlier one.

    Raises:
        Refused: there is no such document, a later version stands in its place already, or no reason was given.
    """
    old = draft.case.documents.get(command.document)
    if old is None or old.form not in draft.regime.forms:
        raise Refused("wrong-value", "没有这份文书。", cite=act.cite, fields={"document": "请选择文书"})
    if old.replaced_by:
        raise Refused("not-open-now", f"《{old.title}》已有新的一版。", cite=act.cite)
    if not command.text.strip():
        raise Refused("missing-field", "请写明为什么重新出具。", cite=act.cite, fields={"text": "请写明理由"})
    form = draft.regime.forms[old.form]
    production = _production(draft, form, old.work, old.member, draft.doer, number=old.number, version=old.version + 1)
    given = [(role, draft.doer) for role in signing_roles(draft, [form.id])]
    draft.add(_produced(draft, form, production, given, replaces=old, text=command.text.strip()))


def _production(
    draft: Draft, form: Form, work: str, member: str, by: str, *, number: str, version: int
) -> Production:
    outcome = next((e.outcome for e in reversed(draft.events) if isinstance(e, WorkDone) and e.work == work), "")
    step = draft.case.steps.get(f"{work}#{member}" if member else work)
    return Production(
        key=f"{form.id}-{sum(1 for each in draft.case.documents.values() if each.form == form.id) + 1}",
        form=form.id,
        work=work,
        member=member,
        by=by,
        at=draft.context.now,
        number=number,
        version=version,
        zone=draft.context.calendar.zone,
        outcome=outcome or (step.outcome if step else ""),
    )


def _produced(
    draft: Draft,
    form: Form,
    production: Production,
    given: Iterable[tuple[str, str]],
    *,
    replaces: Document | None = None,
    text: str = "",
) -> DocumentProduced:
    content = sheet_to_json(compose(draft.regime, draft.case, form, production))
    lacks = lacking(draft.regime, draft.case, form, production)
    return DocumentProduced(
        **draft.stamp,
        names=("reissue",) if replaces else (),
        cite=form.cite,
        key=production.key,
        form=form.id,
        form_title=form.title,
        work=production.work,
        needs=dict(form.signed_by),
        signatures=() if lacks else _in_order(form.signed_by, given),
        member=production.member,
        number=production.number,
        version=production.version,
        replaces=replaces.key if replaces else "",
        text=text,
        lacks=lacks,
        content=content,
        digest=digest_of(content),
    )


def _number(draft: Draft, form: Form) -> str:
    """The number in the form's own register, or that of the case with the document's place in the file."""
    if form.number and draft.context.numbering is not None:
        day = draft.context.now.astimezone(draft.context.calendar.zone).date()
        return draft.context.numbering.number(form.number, day)
    return f"{draft.case.number}/{len(draft.case.documents) + 1}"


def _in_order(places: Mapping[str, int], given: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The signatures the form has places for; a place is signed when all before it are, nobody signs a place twice."""
    kept: list[tuple[str, str]] = []
    signers = list(dict.fromkeys(given))
    for role, many in places.items():
        mine = [(each, person) for each, person in signers if each == role][:many]
        kept += mine
        if len(mine) < many:
            break
    return tuple(kept)
