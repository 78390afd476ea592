"""Work on samples, entered: what was filled in is checked and becomes events of the samples it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.calendars import Span
from huiyin.cases.commands import Perform
from huiyin.cases.draft import Draft
from huiyin.cases.due_times import due_time
from huiyin.cases.events import DutyCalled, SampleCoded, SampleHandedOver, SampleTaken, SampleTested
from huiyin.cases.numbering import write_number
from huiyin.cases.refusals import Refused
from huiyin.cases.state import StepRun
from huiyin.cases.values import checked_fields
from huiyin.cases.work import refuse_absent
from huiyin.records import replace
from huiyin.regime.model import SampleKind, Work
from huiyin.regime.vocabulary import KEPT

from .agreeing import in_play, of_kind
from .asking import Asked, asked, begins_anew, kinds_of, moment_of, name_for, round_of, works_on_samples
from .sample import WHOLE, Sample


@dataclass(frozen=True, slots=True)
class Entry:
    """What a command says about samples: which of them, and the values of the fields that `asking` asked for."""

    samples: tuple[Sample, ...]
    values: Mapping[str, Any]
    present: tuple[str, ...]
    run: StepRun | None


def read_entry(draft: Draft, work: Work, command: Perform, run: StepRun | None = None) -> tuple[Entry | None, Perform]:
    """The entry, and the command without what belongs to it; no entry where the work does nothing with samples.

    Raises:
        Refused: as `asked`, or something is missing or wrong.
    """
    if not works_on_samples(work):
        return None, command
    wanted = asked(draft, work, run)
    given = {name: value for name, value in command.fields.items() if name in wanted.fields}
    values = checked_fields(
        wanted.fields,
        (),
        given,
        scope=draft.scope(),
        section="facts",
        zone=draft.context.calendar.zone,
        cite=work.cite,
    )
    rest = replace(command, fields={name: value for name, value in command.fields.items() if name not in given})
    samples = _meant(draft, wanted, values)
    if work.takes:
        kind = _kind_of(draft, work, values)
        refuse_absent(draft, work, command.present, roles=kind.sealed_with, rule=f"samples.{kind.id}.sealed")
        _refuse_unsealed(kind, values)
    return Entry(samples, values, command.present, run), rest


def record_entry(
    draft: Draft, work: Work, entry: Entry | None, fields: Mapping[str, Any], *, by: str
) -> tuple[bool, Mapping[str, Any]]:
    """Put the entry on record. Whether the work is complete by it, and the fields that become facts of the case.

    Work that codes or tests is complete when all samples are; one result among several becomes no fact.
    """
    if entry is None:
        return True, fields
    if work.takes:
        _take(draft, work, entry, entry.values, by)
    elif work.hands_over:
        _hand_over(draft, work, entry, entry.values, by)
    elif work.blinds:
        _code(draft, work, entry, entry.values, by)
        return all(each.code for kind in work.blinds for each in of_kind(draft.case, kind)), fields
    elif work.tests:
        return _test(draft, work, entry, fields, by)
    return True, fields


def _meant(draft: Draft, wanted: Asked, values: Mapping[str, Any]) -> tuple[Sample, ...]:
    named = values.get("sample")
    return tuple(each for each in wanted.samples if named in (None, name_for(draft, each)[0]))


def _kind_of(draft: Draft, work: Work, values: Mapping[str, Any]) -> SampleKind:
    return draft.regime.samples[values.get("sample_kind") or work.takes[0]]


def _refuse_unsealed(kind: SampleKind, values: Mapping[str, Any]) -> None:
    """Of a sample that is to be sealed the state is told; one sealed before witnesses has a seal with a number."""
    if not kind.sealed:
        return
    if not values.get("seal_state"):
        raise _missing(kind, "seal_state", "请写明封样情况")
    if kind.sealed_with and values["seal_state"] != "missing" and not values.get("seal_number"):
        raise _missing(kind, "seal_number", "请填写封条编号")


def _missing(kind: SampleKind, name: str, words: str) -> Refused:
    return Refused("missing-field", f"{words}。", cite=kind.cite, fields={name: words}, rule=f"samples.{kind.id}.sealed")


def _take(draft: Draft, work: Work, entry: Entry, values: Mapping[str, Any], by: str) -> None:
    kind, case = _kind_of(draft, work, values), draft.case
    taken_at = _no_later_than_now(draft, work, "sample_taken_at", moment_of(draft, values.get("sample_taken_at")))
    serial = len(of_kind(case, kind.id)) + 1
    state = values.get("seal_state") or ""
    number, keep_until = _number(draft, kind), _keep_until(draft, kind, taken_at)
    draft.add(
        SampleTaken(
            at=draft.context.now,
            by=by,
            names=_if_broken(state),
            cite=kind.cite,
            key=f"{kind.id}-{serial}",
            kind=kind.id,
            number=number,
            name=values["sample_name"],
            quantity=values["sample_quantity"],
            place=values["sample_place"],
            taken_at=taken_at,
            keeper=values.get("sample_keeper") or by,
            work=work.id,
            needs=kind.testers,
            seal=values.get("seal_number") or "",
            state=state,
            present=tuple(role for role in kind.sealed_with if role in entry.present),
            keep_until=keep_until,
        )
    )
    if keep_until is not None:
        _call_for_disposal(draft, work, kind, number, taken_at, by)


def _call_for_disposal(draft: Draft, work: Work, kind: SampleKind, number: str, taken_at: datetime, by: str) -> None:
    """When its time is over somebody disposes of it: whoever the regime names, else whose work it is to take such samples."""
    duty = f"{kind.id}{KEPT}"
    draft.add(
        DutyCalled(
            at=draft.context.now,
            by=by,
            names=(f"{duty}.opened",),
            cite=kind.cite,
            why=draft.reason(f"samples.{kind.id}.keep"),
            duty=duty,
            members=(number,),
            start=taken_at,
            owner=kind.disposed_by or work.by,
        )
    )


def _keep_until(draft: Draft, kind: SampleKind, taken_at: datetime) -> datetime | None:
    if not isinstance(kind.keep, Span):
        return None
    due = due_time(kind.keep, taken_at, draft.scope(), draft)
    return due.at if due else None


def _number(draft: Draft, kind: SampleKind) -> str:
    """The number in the register of the kind, or that of the case with the sample's place in it."""
    if kind.number and draft.context.numbering is not None:
        return draft.context.numbering.number(kind.number, _today(draft))
    return f"{draft.case.number}/样{len(draft.case.samples) + 1}"


def _hand_over(draft: Draft, work: Work, entry: Entry, values: Mapping[str, Any], by: str) -> None:
    at = _no_later_than_now(draft, work, "handed_at", moment_of(draft, values.get("handed_at")))
    for sample in entry.samples:
        if at < sample.last_moved:
            words = "早于样品上一次采取或交接的时间"
            raise Refused("wrong-value", f"交接时间{words}。", cite=work.cite, fields={"handed_at": words})
        giver, state = values.get("handed_from") or sample.keeper, values.get("seal_state") or ""
        gap = giver != sample.keeper
        draft.add(
            SampleHandedOver(
                at=draft.context.now,
                by=by,
                names=(*_if_broken(state), *(("custody-broken",) if gap else ())),
                cite=work.cite,
                key=sample.key,
                giver=giver,
                taker=values["handed_to"],
                handed_at=at,
                work=work.id,
                state=state,
                condition=values.get("sample_condition") or "",
                gap=gap,
            )
        )


def _code(draft: Draft, work: Work, entry: Entry, values: Mapping[str, Any], by: str) -> None:
    for sample in entry.samples:
        kind, state = draft.regime.samples[sample.kind], values.get("seal_state") or ""
        draft.add(
            SampleCoded(
                at=draft.context.now,
                by=by,
                names=_if_broken(state),
                cite=kind.cite,
                key=sample.key,
                code=_blind_code(draft, kind),
                round=sample.round + 1,
                work=work.id,
                state=state,
            )
        )


def _blind_code(draft: Draft, kind: SampleKind) -> str:
    """A code nobody can guess and no other sample of the organisation has; without registers, one within the case."""
    if draft.context.numbering is not None:
        return draft.context.numbering.blind_code(kind.blind, _today(draft))
    codes = sum(len(sample.codings) for sample in draft.case.samples.values())
    return write_number(kind.blind.replace("{code:", "{serial:"), _today(draft), codes + 1)


def _test(
    draft: Draft, work: Work, entry: Entry, fields: Mapping[str, Any], by: str
) -> tuple[bool, Mapping[str, Any]]:
    sample = entry.samples[0]
    kind, state, number = draft.regime.samples[sample.kind], entry.values.get("seal_state") or "", round_of(sample)
    draft.add(
        SampleTested(
            at=draft.context.now,
            by=by,
            names=_if_broken(state),
            cite=kind.cite,
            key=sample.key,
            round=number,
            number=1 if number > sample.round else len(sample.round_results) + 1,
            work=work.id,
            code=sample.code,
            state=state,
            fields=fields,
        )
    )
    tested = [each for kind in kinds_of(draft, work.tests) for each in in_play(draft.case, kind)]
    waiting = [each for each in tested if not each.complete or begins_anew(draft, each, work, entry.run)]
    return not waiting, fields if sample.needs == 1 else {}


def _no_later_than_now(draft: Draft, work: Work, name: str, moment: datetime) -> datetime:
    if moment > draft.context.now:
        raise Refused("wrong-value", "时间不能晚于现在。", cite=work.cite, fields={name: "不能晚于现在"})
    return moment


def _if_broken(state: str) -> tuple[str, ...]:
    return ("seal-broken",) if state not in ("", WHOLE) else ()


def _today(draft: Draft) -> Any:
    return draft.context.now.astimezone(draft.context.calendar.zone).date()
