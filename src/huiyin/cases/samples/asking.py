"""What work on samples asks besides its own fields, in one case and of one person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from huiyin.cases.draft import Draft
from huiyin.cases.refusals import Refused
from huiyin.cases.state import StepRun
from huiyin.cases.work import path_of
from huiyin.regime.model import Field, FieldType, SampleKind, Work
from huiyin.regime.vocabulary import SAMPLE_FIELDS, SEAL_STATES

from .agreeing import in_play, of_kind, results_lacking
from .knowing import knows_origin
from .sample import Sample


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields to fill in, the roles that have to be there, the samples that may be meant."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    present: tuple[str, ...] = ()
    samples: tuple[Sample, ...] = ()


NOTHING = Asked()


def works_on_samples(work: Work) -> bool:
    """Whether the work takes, hands over, codes, tests or compares samples."""
    return bool(work.takes or work.hands_over or work.blinds or work.tests or work.compares)


def asked(draft: Draft, work: Work, run: StepRun | None = None) -> Asked:
    """What the work asks of the actor now. `run`: the open copy where it is a step.

    Raises:
        Refused: there is no sample to do it with, the actor may not do it, or results are still lacking.
    """
    if work.takes:
        return _taking(draft, work)
    if work.hands_over:
        return _handing_over(draft, work)
    if work.blinds:
        return _coding(draft, work)
    if work.tests:
        return _testing(draft, work, run)
    if work.compares:
        _refuse_comparing(draft, work)
    return NOTHING


def kinds_of(draft: Draft, names: Iterable[str]) -> list[SampleKind]:
    """The declared kinds of these names."""
    return [draft.regime.samples[name] for name in names]


def _taking(draft: Draft, work: Work) -> Asked:
    kinds = kinds_of(draft, work.takes)
    fields = [_field("sample_name", required=True), _field("sample_quantity", required=True)]
    fields += [_field("sample_place", required=True), _field("sample_taken_at", FieldType.DATETIME, note="不填为现在")]
    if len(kinds) > 1:
        fields.insert(0, _choice("sample_kind", {kind.id: kind.title for kind in kinds}, required=True))
    if any(kind.sealed for kind in kinds):
        every = all(kind.sealed for kind in kinds)
        fields += [_field("seal_number"), _choice("seal_state", SEAL_STATES, required=every)]
    fields.append(_field("sample_keeper", note="不填为采取的人"))
    witnesses = dict.fromkeys(role for kind in kinds for role in kind.sealed_with)
    return Asked(_by_name(fields), tuple(witnesses))


def _handing_over(draft: Draft, work: Work) -> Asked:
    samples = [sample for kind in work.hands_over for sample in of_kind(draft.case, kind)]
    samples = [sample for sample in samples if _may_know(draft, sample)]
    _refuse_none(samples, work, "hands_over", "案件里还没有可以交接的样品")
    fields = [*_which(draft, samples, required=False), _field("handed_from", note="与现在的保管人不同的才填")]
    fields += [_field("handed_to", required=True), _field("handed_at", FieldType.DATETIME, note="不填为现在")]
    fields += [*_seal(draft, samples), _field("sample_condition")]
    return Asked(_by_name(fields), samples=tuple(samples))


def _coding(draft: Draft, work: Work) -> Asked:
    """Samples without a code come first; one that has a code gets another for a new round, once all results are in."""
    samples = [sample for kind in work.blinds for sample in of_kind(draft.case, kind)]
    _refuse_none(samples, work, "blinds", "案件里还没有可以编码的样品")
    waiting = [sample for sample in samples if not sample.code] or [sample for sample in samples if sample.complete]
    _refuse_none(waiting, work, "blinds", "样品已经编码，检验结果还没有交齐")
    return Asked(_by_name([*_which(draft, waiting, required=False), *_seal(draft, waiting)]), samples=tuple(waiting))


def _testing(draft: Draft, work: Work, run: StepRun | None) -> Asked:
    case, me = draft.case, draft.actor.person
    samples = [sample for kind in kinds_of(draft, work.tests) for sample in in_play(case, kind)]
    _refuse_none(samples, work, "tests", "还没有可以检验的样品；须编盲样的，请先编码")
    known = [sample for sample in samples if _has_seen_behind(draft, sample)]
    if known and len(known) == len(samples):
        message = f"您知道盲样的来源，“{work.title}”须由不知道来源的人办理。"
        raise Refused("conflict-of-interest", message, cite=_cite(draft, known[0], work))
    waiting = [sample for sample in samples if sample not in known and (not sample.complete or begins_anew(draft, sample, work, run))]
    _refuse_none(waiting, work, "tests", "检验结果已经交齐；再检须重新编码")
    mine = [sample for sample in waiting if sample.complete or sample.is_open_to(me)]
    if not mine:
        message = f"您已经交来检验结果，“{work.title}”的另一份须由他人各自检验。"
        raise Refused("conflict-of-interest", message, cite=_cite(draft, waiting[0], work), rule=_testers_rule(waiting[0]))
    blind = any(draft.regime.samples[sample.kind].blind for sample in mine)
    seal = [] if blind else _seal(draft, mine)
    return Asked(_by_name([*_which(draft, mine, required=True), *seal]), samples=tuple(mine))


def _has_seen_behind(draft: Draft, sample: Sample) -> bool:
    """Whether the actor may or does know where a coded sample came from."""
    if not draft.regime.samples[sample.kind].blind:
        return False
    coded = any(coding.by == draft.actor.person for coding in sample.codings)
    return coded or _may_know(draft, sample)


def _may_know(draft: Draft, sample: Sample) -> bool:
    return knows_origin(draft.regime, draft.case, draft.actor, sample.kind, draft.context.directory)


def begins_anew(draft: Draft, sample: Sample, work: Work, run: StepRun | None) -> bool:
    """Whether a sample that everybody tested is to be tested once more: by other work, or by a step opened again since.

    One that has a code gets another before.
    """
    if draft.regime.samples[sample.kind].blind:
        return False
    return all(result.work != work.id or (run is not None and result.at < run.opened_at) for result in sample.round_results)


def round_of(sample: Sample) -> int:
    """The round a result entered now belongs to."""
    return sample.round + 1 if sample.complete or sample.round == 0 else sample.round


def _refuse_comparing(draft: Draft, work: Work) -> None:
    kinds = kinds_of(draft, work.compares)
    samples = [sample for kind in kinds for sample in in_play(draft.case, kind)]
    _refuse_none(samples, work, "compares", "还没有可以比对的检验结果")
    lacking = results_lacking(draft.case, kinds)
    if lacking:
        first = next(sample for sample in samples if not sample.complete)
        message = f"还有{lacking}份检验结果没有交来，交齐之后才能办理“{work.title}”。"
        raise Refused("unmet-requirement", message, cite=_cite(draft, first, work), rule=_testers_rule(first))


def _refuse_none(samples: list[Sample], work: Work, key: str, why: str) -> None:
    if not samples:
        raise Refused("unmet-requirement", f"{why}。", cite=work.cite, rule=f"{path_of(work)}.{key}")


def _testers_rule(sample: Sample) -> str:
    return f"samples.{sample.kind}.testers"


def _cite(draft: Draft, sample: Sample, work: Work) -> tuple[str, ...]:
    return draft.regime.samples[sample.kind].cite or work.cite


# -- fields ------------------------------------------------------------------------------------------------------------


def _field(name: str, kind: FieldType = FieldType.TEXT, *, required: bool = False, note: str = "") -> Field:
    return Field(name, SAMPLE_FIELDS[name], kind, required=required, note=note)


def _choice(name: str, choices: Mapping[str, str], *, required: bool) -> Field:
    return Field(name, SAMPLE_FIELDS[name], FieldType.CHOICE, choices=choices, required=required)


def _seal(draft: Draft, samples: Iterable[Sample]) -> list[Field]:
    """The state of the seal, where it has one to look at."""
    sealed = [draft.regime.samples[sample.kind].sealed for sample in samples]
    return [_choice("seal_state", SEAL_STATES, required=all(sealed))] if any(sealed) else []


def _which(draft: Draft, samples: list[Sample], *, required: bool) -> list[Field]:
    """Which sample is meant, where there are several; those who may not know its origin choose by the code."""
    if len(samples) == 1:
        return []
    return [_choice("sample", dict(name_for(draft, sample) for sample in samples), required=required)]


def name_for(draft: Draft, sample: Sample) -> tuple[str, str]:
    """What the actor calls a sample in a command, and reads in a list."""
    if _may_know(draft, sample):
        return sample.key, f"{sample.number} {sample.name}"
    return sample.code, sample.code


def _by_name(fields: Iterable[Field]) -> dict[str, Field]:
    return {each.id: each for each in fields}


def moment_of(draft: Draft, text: str | None) -> datetime:
    """A time that was entered, or now."""
    return draft.scope().moment(text) if text else draft.context.now
