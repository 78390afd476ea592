"""Samples and recalled papers for the caller's eyes."""

from huiyin.api.schemas.samples import CustodyOut, RecallOut, RecallStep, ResultOut, SampleOut
from huiyin.application.loading import Opened
from huiyin.cases.recalled import recalls_in_sight
from huiyin.cases.samples.knowing import in_sight, is_origin_hidden, results_in_sight
from huiyin.cases.samples.sample import Sample


def samples_out(opened: Opened) -> list[SampleOut]:
    """The samples the caller may know of, without what the caller may not."""
    return [_sample(opened, sample) for sample in in_sight(opened.case, opened.sight.hidden)]


def _sample(opened: Opened, sample: Sample) -> SampleOut:
    hidden = opened.sight.hidden
    results = [
        ResultOut(
            round=each.round,
            code=each.code,
            tester=opened.world.people.name_of(each.tester),
            at=each.at,
            fields={name: value for name, value in each.fields.items() if f"facts.{name}" not in hidden},
        )
        for each in results_in_sight(sample, opened.actor.person)
    ]
    if is_origin_hidden(sample, hidden):
        return SampleOut(code=sample.code, name=sample.name, quantity=sample.quantity, results=results)
    return SampleOut(
        code=sample.code,
        name=sample.name,
        quantity=sample.quantity,
        results=results,
        key=sample.key,
        kind=sample.kind,
        number=sample.number,
        place=sample.place,
        taken_at=sample.taken_at,
        taken_by=sample.taken_by,
        keeper=sample.keeper,
        seal=sample.seal,
        intact=sample.intact,
        keep_until=sample.keep_until,
        custody=[
            CustodyOut(
                at=each.at,
                giver=each.giver,
                taker=each.taker,
                seal_state=each.state,
                condition=each.condition,
                gap=each.gap,
            )
            for each in sample.passages
        ],
    )


def recalls_out(opened: Opened) -> list[RecallOut]:
    """The papers that are fetched back, or were."""
    return [
        RecallOut(
            paper=recall.paper,
            number=recall.number,
            void=recall.is_void,
            steps=[RecallStep(stage=stage, at=at, by=by, text=text) for stage, at, by, text in recall.steps],
        )
        for recall in recalls_in_sight(opened.case, opened.sight.hidden)
    ]
