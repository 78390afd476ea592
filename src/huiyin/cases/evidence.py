"""Evidence: taken in with what the regime asks about it, sealed and opened on record, weighed."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from huiyin.records import replace
from huiyin.regime.model import Act, EvidenceKind, ForceRule, Regime

from . import commands as cmd
from .context import Context
from .draft import Draft
from .events import EvidenceAdded, EvidenceOpened, EvidenceSealed, EvidenceWeighed, Reason
from .own_acts import refuse_act_in_state, refuse_forbidden
from .people import Actor, Directory
from .principles import COMPLETE_RECORDS, WHO_MAY
from .refusals import Refused
from .scope import CaseScope
from .standing import is_concerned, may
from .state import Case, Evidence, Seal
from .values import checked_fields

LONGEST_PLACE = 200
"""Characters for where a thing is kept."""

WITH_THE_GIVER = {"complainant": "由投诉人保管", "outside": "由提交的一方保管"}
"""Where a thing is kept that somebody from outside tells of and nobody has taken in, by kind of actor."""

LOOK_LASTS = timedelta(hours=1)
"""How long the file of a piece sealed for some stays open to the person who opened it on record."""

SEALED_WHEN_TAKEN_IN = "收件时即封存"


# -- taking in ---------------------------------------------------------------------------------------------------------


def add_evidence(draft: Draft, act: Act, command: cmd.AddEvidence, _fields: Mapping[str, Any]) -> None:
    """Add evidence of the kinds the regime knows, or of none."""
    _add(draft, act, command.evidence, on_behalf=command.on_behalf)


def accompany(draft: Draft, command: cmd.Accompany) -> None:
    """Take what comes along with another command into the file.

    Who may give that command may send something with it: what the regime asks of `add-evidence` (fields, who takes
    part, an approval …) it asks of that act alone.

    Raises:
        Refused: the regime takes no evidence, the case is closed, the actor is concerned, a piece does not fit.
    """
    act = draft.regime.acts["add-evidence"]
    refuse_forbidden(draft, act)
    refuse_act_in_state(draft, act)
    _add(draft, act, command.evidence, on_behalf=command.on_behalf)


def _add(draft: Draft, act: Act, evidence: tuple[Evidence, ...], *, on_behalf: bool) -> None:
    if not evidence:
        raise Refused("missing-field", "请选择要补充的材料。", cite=act.cite, fields={"evidence": "请选择材料"})
    taken_in = checked_pieces(draft.regime, draft.case, draft.context, evidence, act.cite)
    names = ("add-evidence", "evidence-added")
    draft.add(EvidenceAdded(**draft.stamp, names=names, cite=act.cite, evidence=taken_in, on_behalf=on_behalf))


def checked_pieces(
    regime: Regime, case: Case, context: Context, evidence: Iterable[Evidence], cite: tuple[str, ...]
) -> tuple[Evidence, ...]:
    """The pieces as they go into the file: data checked, keys new in the case, sealed where their kind comes in sealed.

    Raises:
        Refused: unknown kind, data missing or wrong (by `evidence.KIND.fields.NAME`), or a thing without a place.
    """
    taken = {item.key for item in case.evidence}
    found: list[Evidence] = []
    for item in evidence:
        kind = regime.intake.evidence.get(item.kind)
        if item.kind and kind is None:
            titles = "、".join(each.title for each in regime.intake.evidence.values())
            message = f"没有“{item.kind}”这类材料。" + (f"可选：{titles}。" if titles else "")
            raise Refused("wrong-value", message, cite=cite, fields={"evidence": "请选择材料种类"})
        key = _new_key(item.key, taken)
        taken.add(key)
        piece = replace(
            item,
            key=key,
            title=_title(kind, item),
            data=_checked_data(regime, case, context, kind, item, cite),
            place=_checked_place(context, kind, item, cite),
            sealed=False,
            force="",
            seals=(),
            for_some=False,
        )
        if kind is not None and kind.sealed_for:
            number = seal_number(case, {seal.number for each in found for seal in each.seals})
            seal = Seal(number, context.now, context.actor.person, SEALED_WHEN_TAKEN_IN)
            piece = replace(piece, sealed=True, seals=(seal,), for_some=True)
        found.append(piece)
    return tuple(found)


def _title(kind: EvidenceKind | None, item: Evidence) -> str:
    """What a piece is called: as it came, else as its kind. The id of the kind is no name that people read."""
    title = item.title.strip()
    return kind.title if kind is not None and title in ("", kind.id) else title


def _new_key(key: str, taken: set[str]) -> str:
    if key not in taken:
        return key
    stem, number = key.rstrip("0123456789").rstrip("-") or "item", 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _checked_data(
    regime: Regime, case: Case, context: Context, kind: EvidenceKind | None, item: Evidence, cite: tuple[str, ...]
) -> Mapping[str, Any]:
    try:
        return checked_fields(
            kind.fields if kind else {},
            (),
            item.data,
            scope=CaseScope(regime, case, context, piece=item),
            section="evidence",
            zone=context.calendar.zone,
            cite=(kind.cite if kind else ()) or cite,
        )
    except Refused as refused:
        at = f"evidence.{item.kind}.fields."
        message = f"{kind.title if kind else item.title}：{refused.message}"
        fields = {at + name: words for name, words in refused.fields.items()}
        raise Refused(refused.code, message, cite=refused.cite, fields=fields) from refused


def _checked_place(context: Context, kind: EvidenceKind | None, item: Evidence, cite: tuple[str, ...]) -> str:
    """Where a thing is kept: staff who take one in must say; of one that somebody from outside tells of, it is with them."""
    place = item.place.strip()[:LONGEST_PLACE]
    if place or kind is None or not kind.physical or item.digest:
        return place
    if context.actor.kind in WITH_THE_GIVER:
        return WITH_THE_GIVER[context.actor.kind]
    words = f"请写明“{kind.title}”保管在哪里"
    fields = {f"evidence.{kind.id}.place": words}
    raise Refused("missing-field", words + "。", cite=kind.cite or cite or COMPLETE_RECORDS, fields=fields)


# -- sealing and opening -----------------------------------------------------------------------------------------------


def seal_number(case: Case, besides: Iterable[str] = ()) -> str:
    """The next number for a seal of this case, such as `2026-0001封2`."""
    used = {seal.number for item in case.evidence for seal in item.seals} | set(besides)
    number = 1
    while f"{case.number}封{number}" in used:
        number += 1
    return f"{case.number}封{number}"


def seal_evidence(draft: Draft, act: Act, command: cmd.SealEvidence, _fields: Mapping[str, Any]) -> None:
    """Seal pieces of evidence that are not sealed, under one seal with a number no other seal of the case has."""
    keys = tuple(dict.fromkeys((command.evidence, *command.together_with)))
    open_now = {item.key for item in draft.case.evidence if not item.sealed}
    if not set(keys) <= open_now:
        raise Refused("wrong-value", "没有这件可以封存的材料。", cite=act.cite, fields={"evidence": "请选择材料"})
    seal = command.seal.strip()[:LONGEST_PLACE] or seal_number(draft.case)
    if any(seal == each.number for item in draft.case.evidence for each in item.seals):
        words = f"封条编号“{seal}”已经用过"
        raise Refused("wrong-value", words + "。", cite=act.cite or COMPLETE_RECORDS, fields={"seal": words})
    draft.add(
        EvidenceSealed(
            **draft.stamp,
            names=("seal-evidence", "sealed"),
            cite=act.cite,
            evidence=keys[0],
            together_with=keys[1:],
            seal=seal,
            present=command.present,
            text=command.text,
            place=command.place.strip()[:LONGEST_PLACE],
        )
    )


def open_evidence(draft: Draft, act: Act, command: cmd.OpenEvidence, _fields: Mapping[str, Any]) -> None:
    """Open a seal with everything under it; what came in sealed for some is only looked at, by one of those.

    Raises:
        Refused: nothing sealed of that key, no reason, or it is sealed for others.
    """
    item = next((each for each in draft.case.evidence if each.key == command.evidence and each.sealed), None)
    if item is None:
        raise Refused("wrong-value", "没有这件封存着的材料。", cite=act.cite, fields={"evidence": "请选择材料"})
    if not command.text.strip():
        words = "请写明为什么启封"
        raise Refused("missing-field", words + "。", cite=act.cite or COMPLETE_RECORDS, fields={"text": words})
    kind = draft.regime.intake.evidence.get(item.kind)
    if is_closed_to(draft.regime, draft.case, draft.actor, draft.context.directory, item):
        who = "、".join(draft.regime.role_title(role) for role in kind.sealed_for) if kind else ""
        rule = f"intake.evidence.{item.kind}.sealed_for"
        raise Refused("not-yours", f"这件材料只能由{who}拆阅。", cite=kind.cite if kind else WHO_MAY, rule=rule)
    if not _may_break(draft, act, item):
        who = "、".join(draft.regime.role_title(role) for role in act.by)
        raise Refused("not-yours", f"“{act.title}”由{who}提出。", cite=act.cite or WHO_MAY, rule=f"acts.{act.id}.by")
    seal = item.seals[-1].number if item.seals else ""
    together = [each.key for each in draft.case.evidence if each.sealed and each.seals[-1:] == item.seals[-1:]]
    draft.add(
        EvidenceOpened(
            **draft.stamp,
            names=("open-evidence", "unsealed"),
            cite=act.cite,
            evidence=(item.key,) if item.for_some or not seal else tuple(together),
            seal=seal,
            present=command.present,
            text=command.text.strip(),
            looked_at=item.for_some,
        )
    )


def _may_break(draft: Draft, act: Act, item: Evidence) -> bool:
    """Whether the actor may open an ordinary seal: whom other evidence comes in sealed for may not by that alone."""
    behalf = draft.acting_for != ""  # it was approved as the act of somebody who might
    return item.for_some or behalf or may(draft.regime, draft.case, draft.actor, act.by, draft.context.directory)


def is_closed_to(regime: Regime, case: Case, actor: Actor, directory: Directory, item: Evidence) -> bool:
    """Whether a piece came in sealed for others: this actor sees that it exists, and nothing of it."""
    kind = regime.intake.evidence.get(item.kind)
    if not item.for_some or kind is None:
        return False
    return is_concerned(case, actor.person) or not may(regime, case, actor, kind.sealed_for, directory)


def may_read(regime: Regime, case: Case, actor: Actor, directory: Directory, item: Evidence, now: datetime) -> bool:
    """Whether the file of a piece may be handed out: not sealed, or looked at on record by this person a moment ago."""
    if not item.sealed:
        return True
    if not item.for_some or is_closed_to(regime, case, actor, directory, item):
        return False
    openings = (each for seal in item.seals for each in seal.openings)
    return any(each.by == actor.person and now - each.at <= LOOK_LASTS for each in openings)


def pieces_for(draft: Draft, act: str) -> list[Evidence]:
    """The pieces that can be sealed, opened or weighed now, by the act of that name."""
    regime, case = draft.regime, draft.case
    if act == "seal-evidence":
        return [item for item in case.evidence if not item.sealed]
    if act == "weigh-evidence":
        return list(case.evidence) if regime.intake.force else []
    directory, opening = draft.context.directory, regime.acts["open-evidence"]
    return [
        item
        for item in case.evidence
        if item.sealed
        and not is_closed_to(regime, case, draft.actor, directory, item)
        and _may_break(draft, opening, item)
    ]


# -- weighing ----------------------------------------------------------------------------------------------------------


def suggested_force(regime: Regime, case: Case, context: Context, item: Evidence) -> ForceRule | None:
    """The first rule that holds for the piece; None where the regime has none, or a person has to judge."""
    kind = regime.intake.evidence.get(item.kind)
    scope = CaseScope(regime, case, context, piece=item)
    for rule in kind.force if kind else ():
        if rule.when is None or scope.holds(rule.when):
            return rule
        if scope.holds(rule.when, undecided=True):
            return None
    return None


def weigh_evidence(draft: Draft, act: Act, command: cmd.WeighEvidence, _fields: Mapping[str, Any]) -> None:
    """Record the force of a piece of evidence; other than suggested only with a reason.

    Raises:
        Refused: unknown piece or level, or no reason.
    """
    item = next((each for each in draft.case.evidence if each.key == command.evidence), None)
    if item is None:
        raise Refused("wrong-value", "没有这件材料。", cite=act.cite, fields={"evidence": "请选择材料"})
    levels = draft.regime.intake.force
    if command.force not in levels:
        words = "请选择：" + "、".join(each.title for each in levels.values())
        raise Refused("wrong-value", words + "。", cite=act.cite or COMPLETE_RECORDS, fields={"force": words})
    rule = suggested_force(draft.regime, draft.case, draft.context, item)
    if rule is not None and rule.level != command.force and not command.text.strip():
        words = f"制度建议“{levels[rule.level].title}”（{rule.title}），另作认定请写明理由"
        raise Refused("missing-field", words + "。", cite=rule.cite, fields={"text": words})
    why = Reason(f"intake.evidence.{item.kind}.force.{rule.id}", dict(item.data)) if rule is not None else None
    draft.add(
        EvidenceWeighed(
            **draft.stamp,
            names=("weigh-evidence", "weighed"),
            cite=rule.cite if rule is not None and rule.level == command.force else act.cite,
            why=why,
            evidence=item.key,
            force=command.force,
            suggested=rule.level if rule is not None else "",
            text=command.text.strip(),
        )
    )
