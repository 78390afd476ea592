"""What is known of the matter: evidence, samples, corrections, answers."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from huiyin.application import sample_words
from huiyin.application.story_words import Words
from huiyin.cases import events as ev

from .entry import Entry, Tone, say


def _material(keys: Iterable[str], words: Words) -> str:
    """Pieces of evidence by name, as far as this viewer may know them."""
    if "evidence" in words.hidden:
        return ""
    titles = [words.material(item) for item in words.case.evidence if item.key in set(keys)]
    return f"“{'、'.join(titles)}”" if titles else ""


def _added(event: ev.EvidenceAdded, words: Words) -> Entry:
    return say(f"补充材料：{'、'.join(words.material(item) for item in event.evidence)}", "act", "contact")


def _sealed(event: ev.EvidenceSealed, words: Words) -> Entry:
    named = _material((event.evidence, *event.together_with), words)
    facts = {"封条编号": event.seal, "保管处": event.place, **words.present(event.present)}
    return say(f"封存材料{named}", "act", "decision", event.text, _filled_in(facts))


def _unsealed(event: ev.EvidenceOpened, words: Words) -> Entry:
    act = "拆阅" if event.looked_at else "启封"
    facts = {"封条编号": event.seal, **words.present(event.present)}
    return say(f"{act}{_material(event.evidence, words)}", "warn", "decision", event.text, _filled_in(facts))


def _weighed(event: ev.EvidenceWeighed, words: Words) -> Entry:
    levels = words.regime.intake.force
    level = levels[event.force].title if event.force in levels else event.force
    other = levels[event.suggested].title if event.suggested in levels and event.suggested != event.force else ""
    sentence = f"认定材料{_material((event.evidence,), words)}的效力：{level}"
    return say(sentence, "act", "decision", event.text, _filled_in({"制度建议": other}))


def _filled_in(facts: Mapping[str, str]) -> dict[str, str]:
    return {title: said for title, said in facts.items() if said}


def _of_sample(told: sample_words.Told | None) -> Entry | None:
    if told is None:
        return None
    return say(told.sentence, "warn" if told.warns else "act", "decision", facts=told.facts)


def _filled(event: ev.AnswersFilled, words: Words) -> Entry:
    asked = words.regime.questionnaires.get(event.questionnaire)
    questions = asked.questions if asked else {}
    facts = {
        questions[name].title if name in questions else name: words.answer(value, questions.get(name))
        for name, value in event.answers.items()
    }
    verdict = {True: "：满意", False: "：不满意", None: ""}[event.satisfied]
    tone: Tone = "good" if event.satisfied else "warn" if event.satisfied is False else "plain"
    filled = "填写" if event.on_behalf else ""
    return say(f"{filled}{asked.title if asked else '问卷'}{verdict}", tone, "contact", "", facts)


def _corrected(event: ev.Corrected, words: Words) -> Entry | None:
    if event.path in words.hidden or event.path.partition(".")[0] in words.hidden:
        return None
    old, new = (words.value(event.path, value) if value not in (None, "", []) else "（空）" for value in (event.old, event.new))
    return say(f"更正“{words.path(event.path)}”：{old} → {new}", "act", "decision", event.text)


TELL: Mapping[type[ev.Event], Callable[[Any, Words], Entry | None]] = {
    ev.EvidenceAdded: _added,
    ev.EvidenceSealed: _sealed,
    ev.EvidenceOpened: _unsealed,
    ev.EvidenceWeighed: _weighed,
    ev.Corrected: _corrected,
    ev.AnswersFilled: _filled,
    ev.SampleTaken: lambda e, w: _of_sample(sample_words.taken(e, w)),
    ev.SampleHandedOver: lambda e, w: _of_sample(sample_words.handed_over(e, w)),
    ev.SampleCoded: lambda e, w: _of_sample(sample_words.coded(e, w)),
    ev.SampleTested: lambda e, w: _of_sample(sample_words.tested(e, w)),
}
