"""Cases and obligations for the caller's eyes."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from huiyin.api.problems import cites
from huiyin.api.schemas.cases import (
    BodyOut,
    CaseItem,
    CaseOut,
    ComplainantOut,
    ObligationItem,
    ObligationOut,
    RespondentOut,
    StoryLine,
    TransferOut,
)
from huiyin.application.case_lists import CaseItem as ListedCase
from huiyin.application.loading import Opened
from huiyin.application.personal import COMPLAINANT, parties_of
from huiyin.application.story import story
from huiyin.cases.explaining import explain_due
from huiyin.cases.people import Actor, OutsideBody
from huiyin.cases.phases import phase_of
from huiyin.cases.sources import is_source, reference_of
from huiyin.cases.state import Obligation
from huiyin.store.models import TurnRow

from .affairs import occasion_out, related_out
from .around import documents_out, flags_out, invitations_out, orders_carried_out, orders_out, sent_out, turns_out
from .evidence import evidence_out
from .possible import possible_out
from .samples import recalls_out, samples_out


def case_item(item: ListedCase, who: Actor) -> CaseItem:
    """A case in a list. Who filed it is the house's to know."""
    row = item.row
    return CaseItem(
        id=str(row.id),
        number=row.number,
        regime=row.regime,
        kind=row.kind,
        channel=row.channel,
        source="" if who.kind == "outside" else row.source,
        state=row.state,
        phase=row.phase,
        title=row.title,
        category=row.category,
        severity=row.severity,
        complainant=item.complainant,
        handling_unit=row.handling_unit,
        handler=row.handler,
        received_at=row.received_at,
        next_due=row.next_due,
        overdue=row.overdue,
        version=row.version,
    )


def obligation_item(row: TurnRow) -> ObligationItem:
    """Something owed, in a list."""
    return ObligationItem(
        number=row.number,
        regime=row.regime,
        kind=row.kind,
        work=row.work,
        title=row.title,
        case_title=row.case_title,
        severity=row.severity,
        due=row.due,
        provisional=row.provisional,
        overdue=row.overdue,
        paused=row.paused,
        since=row.since,
        role=row.role,
        unit=row.unit,
        person=row.person,
        cite=list(row.cite),
    )


def body_out(body: OutsideBody | None) -> BodyOut | None:
    """A body outside, where there is one."""
    return BodyOut(**asdict(body)) if body is not None else None


def _transfer(opened: Opened, hides: "Hidden") -> TransferOut | None:
    transfer = opened.case.transfer
    if transfer is None:
        return None
    return TransferOut(
        stage=transfer.stage,
        number=opened.case.transfer_number,
        decided_at=transfer.decided_at,
        sent_at=transfer.sent_at,
        enclosures=[] if hides.any_of("evidence") else list(transfer.enclosures),
        received_on=transfer.received_on,
        received_by=transfer.received_by,
        their_number=transfer.their_number,
        returned_at=transfer.returned_at,
        reason=transfer.reason,
    )


def case_out(opened: Opened) -> CaseOut:
    """A case in full, without what is hidden from the caller."""
    case, hides = opened.case, Hidden(opened.sight.hidden)
    return CaseOut(
        id=case.id,
        number=case.number,
        version=opened.row.version,
        rehearsal=opened.world.organisation.rehearsal,
        regime=case.regime,
        regime_version=case.regime_version,
        kind=case.kind,
        channel=case.channel,
        source=source_seen(opened),
        reference=reference_seen(opened),
        state=case.state,
        phase=phase_of(case),
        title=opened.row.title,
        category=case.category,
        severity=case.severity,
        first_receiver=case.first_receiver,
        received_at=case.received_at,
        filed_at=case.filed_at,
        closed_at=case.closed_at,
        seen_as=opened.sight.reason,
        hidden=sorted(opened.sight.hidden),
        complainant=None if hides.any_of("complainant") else _complainant(opened),
        respondent=None if hides.any_of("respondent") else _respondent(opened),
        matter=hides.without("matter", case.matter),
        points=[] if hides.whole("matter") else list(case.points),
        facts=hides.without("facts", case.facts),
        answers=hides.without("answers", case.answers),
        evidence=evidence_out(opened),
        samples=samples_out(opened),
        recalls=recalls_out(opened),
        body=body_out(case.body),
        transfer=_transfer(opened, hides),
        decided=case.decided,
        undecided={table: list(paths) for table, paths in case.undecided.items()},
        handling_role=case.handling_role,
        handling_unit=case.handling_unit,
        handler=case.handler,
        also=list(case.also),
        obligations=[_obligation(each, opened) for each in case.obligations.values()],
        turns=turns_out(opened),
        flags=flags_out(opened),
        orders=orders_out(opened),
        orders_carried=orders_carried_out(opened),
        documents=documents_out(opened),
        invitations=invitations_out(opened),
        sent=sent_out(opened),
        occasion=occasion_out(opened),
        related=related_out(opened),
        possible=possible_out(opened),
        story=story_out(opened),
    )


def source_seen(opened: Opened) -> str:
    """The body outside that filed the case: the house knows, and the body itself; other parties do not."""
    case, outside = opened.case, opened.actor.kind == "outside"
    return "" if outside and not is_source(case, opened.actor) else case.source


def reference_seen(opened: Opened) -> str:
    """The number it has given the matter, where its field is not hidden from the caller."""
    channel = opened.regime.intake.channels.get(opened.case.channel)
    field = channel.reference if channel is not None else None
    return "" if f"matter.{field}" in opened.sight.hidden else reference_of(opened.regime, opened.case)


class Hidden:
    """Paths the caller may not see: `complainant`, `matter`, `matter.address`."""

    def __init__(self, paths: frozenset[str]) -> None:
        self._paths = paths

    def any_of(self, section: str) -> bool:
        """Whether the section or anything in it is hidden."""
        return any(path == section or path.startswith(f"{section}.") for path in self._paths)

    def whole(self, section: str) -> bool:
        """Whether the section as a whole is hidden."""
        return section in self._paths

    def without(self, section: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values of a section that may be shown."""
        if self.whole(section):
            return {}
        return {name: value for name, value in values.items() if f"{section}.{name}" not in self._paths}


def _complainant(opened: Opened) -> ComplainantOut:
    who = opened.case.complainant
    data = parties_of(opened).get(COMPLAINANT)
    return ComplainantOut(
        anonymous=who.anonymous,
        reachable=who.reachable,
        people=who.people,
        name=data.name if data else "",
        phone=data.phone if data else "",
        address=data.address if data else "",
        email=data.email if data else "",
    )


def _respondent(opened: Opened) -> RespondentOut:
    about, people = opened.case.respondent, opened.world.people
    return RespondentOut(
        kind=about.kind,
        unit=about.unit,
        unit_title=people.unit_title(about.unit) if about.unit else "",
        person=about.person,
        name=people.name_of(about.person) if about.person else about.name,
    )


def _obligation(item: Obligation, opened: Opened) -> ObligationOut:
    reason = explain_due(opened.case, item, opened.world.calendar)
    return ObligationOut(
        key=item.key,
        title=item.title,
        status=item.status,
        started_at=item.started_at,
        due=item.due,
        provisional=item.provisional,
        paused=item.paused_at is not None,
        cite=cites(item.cite, opened.regime.articles),
        why=[[word, sentence] for word, sentence in (*reason.sentences, *reason.changes)],
    )


def story_out(opened: Opened) -> list[StoryLine]:
    """What happened, newest first, as far as the caller may know."""
    return [
        StoryLine(
            sequence=line.sequence,
            at=line.at,
            who=line.who_name,
            sentence=line.sentence_zh,
            body=line.body,
            facts=[[title, value] for title, value in line.facts],
            cite=cites(line.cite, opened.regime.articles),
        )
        for line in story(opened)
    ]
