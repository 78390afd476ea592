"""How what happens to samples is told in a story, as far as the viewer may know where they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyin.cases import events as ev
from huiyin.cases.samples.knowing import is_origin_hidden
from huiyin.cases.samples.sample import WHOLE, Sample
from huiyin.regime.vocabulary import SEAL_STATES

from .story_words import Words, local_time


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, whether it is a warning, and facts beside it."""

    sentence: str
    warns: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)


def taken(event: ev.SampleTaken, words: Words) -> Told | None:
    """Where and when, sealed in whose presence."""
    sample = _known(event.key, words)
    if sample is None:
        return None
    facts = {
        "数量": event.quantity,
        "地点": event.place,
        "时间": local_time(event.taken_at, words),
        "封条编号": event.seal,
        "封样情况": SEAL_STATES.get(event.state, ""),
        "留样至": local_time(event.keep_until, words) if event.keep_until else "",
        **words.present(event.present),
    }
    kind = words.regime.samples.get(event.kind)
    return Told(f"{kind.title if kind else '样品'} {event.number}：{event.name}", event.state not in ("", WHOLE), _filled(facts))


def handed_over(event: ev.SampleHandedOver, words: Words) -> Told | None:
    """From whom to whom, and in which state."""
    sample = _known(event.key, words)
    if sample is None:
        return None
    facts = {
        "交接时间": local_time(event.handed_at, words),
        "封样情况": SEAL_STATES.get(event.state, ""),
        "状况": event.condition,
        "交接有缺": "交出人与记录的保管人不符" if event.gap else "",
    }
    giver = keeper_words(sample, event.giver, words)
    sentence = f"{sample.number} {sample.name} 由{giver}交{event.taker}"
    return Told(sentence, event.gap or event.state not in ("", WHOLE), _filled(facts))


def coded(event: ev.SampleCoded, words: Words) -> Told:
    """Which code; of which sample only to those who may know."""
    sample = _known(event.key, words)
    if sample is None:
        return Told(f"编为盲样 {event.code}")
    facts = _filled({"封样情况": SEAL_STATES.get(event.state, "")})
    return Told(f"{sample.number} {sample.name} 编为盲样 {event.code}", event.state not in ("", WHOLE), facts)


def tested(event: ev.SampleTested, words: Words) -> Told:
    """That a result came in; what it says once all are in."""
    sample, known = words.case.samples[event.key], _known(event.key, words)
    named = event.code or (known.number if known else "")
    in_full = event.round < sample.round or sample.complete
    work = words.work_of(event.work)
    facts = words.fields(event.fields, work.fields if work else {}, "facts") if in_full else {}
    facts |= _filled({"封样情况": SEAL_STATES.get(event.state, "") if known else ""})
    place = f"（{sample.needs}份中的第{event.number}份）" if sample.needs > 1 else ""
    return Told(f"{named} 的检验结果交来{place}", False, facts)


def keeper_words(sample: Sample, keeper: str, words: Words) -> str:
    """Who has a sample: whoever took it by name, later takers as they were written."""
    return words.person(keeper) if keeper == sample.taken_by else keeper


def _known(key: str, words: Words) -> Sample | None:
    """The sample, where this viewer may know its origin."""
    sample = words.case.samples[key]
    return None if is_origin_hidden(sample, words.hidden) else sample


def _filled(facts: Mapping[str, str]) -> dict[str, str]:
    return {title: value for title, value in facts.items() if value}
