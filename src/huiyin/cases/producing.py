"""Producing documents: each is composed once, gets its number, and is signed at once by those whose places on it are."""

from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.records import replace
from huiyin.regime.model import Act, Form
from huiyin.regime.vocabulary import RECALL_STAGES

from . import commands as cmd
from .documents.composing import compose, lacking
from .documents.content import Run, Text, digest_of, sheet_to_json
from .documents.values import Production
from .documents.wording import day_words
from .draft import Draft
from .events import DocumentProduced, WorkDone
from .handed_down import handed_down
from .recalled import replaced_paper
from .refusals import Refused
from .standing import may
from .state import Case, Document


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
        stands_for = replaced_paper(draft.case, form.replaces) if form.replaces else ""
        old = _to_replace(draft, form)
        production = _production(
            draft,
            form,
            work,
            member,
            by,
            number=old.number if old else _number(draft, form),
            version=old.version + 1 if old else 1,
            change=change_mark(draft, form, old, stands_for),
        )
        draft.add(_produced(draft, form, production, given, replaces=old, stands_for=stands_for))


def _to_replace(draft: Draft, form: Form) -> Document | None:
    """The document in whose place another of the form comes: of a form that replaces papers only one holds at a time."""
    if not form.replaces:
        return None
    return next((each for each in draft.case.documents.values() if each.form == form.id and not each.replaced_by), None)


def change_mark(draft: Draft, form: Form, old: Document | None, stands_for: str, why: str = "") -> Text:
    """How often a document was changed, what it replaces, what became of that, and why: 更改1：代替编号 水2026-010 的文书."""
    if old is None and not stands_for:
        return ()
    zone = draft.context.calendar.zone
    changes = (old.version if old else 0) + (1 if stands_for else 0)
    if old is not None:
        day = day_words(old.produced_at.astimezone(zone).date())
        replaced: Text = (Run(f"更改{changes}：代替第{old.version}版（{day}出具）"),)
    else:  # its number is a content of the case, which may be withheld from a reader
        replaced = (Run(f"更改{changes}：代替编号"), Run(stands_for, form.replaces), Run("的文书"))
    rest = "".join(f"；{each}" for each in (_recalled(draft, old, stands_for), why) if each)
    return (*replaced, *((Run(rest),) if rest else ()))


def _recalled(draft: Draft, old: Document | None, stands_for: str) -> str:
    """What became of the copies of the paper that is replaced."""
    recall = draft.case.recalls.get(old.key if old else stands_for)
    if recall is None or not recall.steps:
        return ""
    stage, at, _by, _text = recall.steps[-1]
    return f"原件{day_words(at.astimezone(draft.context.calendar.zone).date())}{RECALL_STAGES[stage][0]}"


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
    produce_again(draft, old, command.text.strip(), names=("reissue",))


def produce_again(draft: Draft, old: Document, why: str, *, names: tuple[str, ...] = ()) -> None:
    """A later version of a document in place of the earlier one, with what the case says now."""
    form = draft.regime.forms[old.form]
    stands_for = replaced_paper(draft.case, form.replaces) if form.replaces else ""
    production = _production(
        draft,
        form,
        old.work,
        old.member,
        draft.doer,
        number=old.number,
        version=old.version + 1,
        change=change_mark(draft, form, old, stands_for, why),
    )
    given = [(role, draft.doer) for role in signing_roles(draft, [form.id])]
    produced = _produced(draft, form, production, given, replaces=old, text=why, stands_for=stands_for)
    draft.add(replace(produced, names=names))


def _production(
    draft: Draft, form: Form, work: str, member: str, by: str, *, number: str, version: int, change: Text = ()
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
        change=change,
        carried=_carried(draft, form),
        handed_down=handed_down(draft.regime, draft.case, form, draft.context.history),
    )


def _carried(draft: Draft, form: Form) -> tuple[Case, ...]:
    """The earlier affairs with points still open, for a form that lists what was carried over."""
    occasion = draft.case.occasion
    listed = any(line.each == "carried" for line in form.lines)
    return draft.context.history.cases(occasion.carried) if listed and occasion is not None else ()


def _produced(
    draft: Draft,
    form: Form,
    production: Production,
    given: Iterable[tuple[str, str]],
    *,
    replaces: Document | None = None,
    text: str = "",
    stands_for: str = "",
) -> DocumentProduced:
    content = sheet_to_json(compose(draft.regime, draft.case, form, production))
    lacks = lacking(draft.regime, draft.case, form, production)
    return DocumentProduced(
        **draft.stamp,
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
        stands_for=stands_for,
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
