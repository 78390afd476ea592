"""What is known of the matter: evidence, corrections, answers."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.cases import events as ev
from huiyin.cases.state import Case, Evidence, Opening, Seal
from huiyin.records import replace

_KIND_BY_NAME: dict[str, Any] = {"unit": "unit", "person": "person", "name": "person"}


def _evidence_added(case: Case, event: ev.EvidenceAdded) -> None:
    case.evidence += tuple(replace(item, added_by=item.added_by or event.by) for item in event.evidence)


def _evidence_sealed(case: Case, event: ev.EvidenceSealed) -> None:
    seal = Seal(event.seal, event.at, event.by, event.text, event.present)
    keys = {event.evidence, *event.together_with}

    def sealed(item: Evidence) -> Evidence:
        return replace(item, sealed=True, seals=(*item.seals, seal), place=event.place or item.place)

    case.evidence = tuple(sealed(item) if item.key in keys else item for item in case.evidence)


def _evidence_opened(case: Case, event: ev.EvidenceOpened) -> None:
    opening = Opening(event.at, event.by, event.text, event.present)

    def opened(item: Evidence) -> Evidence:
        last = item.seals[-1]
        seals = (*item.seals[:-1], replace(last, openings=(*last.openings, opening)))
        return replace(item, sealed=event.looked_at, seals=seals)

    case.evidence = tuple(opened(item) if item.key in event.evidence else item for item in case.evidence)


def _evidence_weighed(case: Case, event: ev.EvidenceWeighed) -> None:
    case.evidence = tuple(
        replace(item, force=event.force) if item.key == event.evidence else item for item in case.evidence
    )


def _corrected(case: Case, event: ev.Corrected) -> None:
    section, _, name = event.path.partition(".")
    if section == "matter":
        case.matter[name] = event.new
    elif section == "facts":
        case.facts[name] = event.new
    elif section == "respondent":
        kind = case.respondent.kind or _KIND_BY_NAME[name]
        case.respondent = replace(case.respondent, **{name: event.new, "kind": kind})
        if name == "person" and case.handler == event.new:
            case.handler = ""


def _answers_filled(case: Case, event: ev.AnswersFilled) -> None:
    case.answers.update(event.answers)


CHANGES: Mapping[type[ev.Event], Callable[[Case, Any], None]] = {
    ev.EvidenceAdded: _evidence_added,
    ev.EvidenceSealed: _evidence_sealed,
    ev.EvidenceOpened: _evidence_opened,
    ev.EvidenceWeighed: _evidence_weighed,
    ev.Corrected: _corrected,
    ev.AnswersFilled: _answers_filled,
}
