"""A case for the eyes of a party outside, and the cases a body filed, by the same rules as its pages."""

from huiyin.api.schemas.around import FileOut
from huiyin.api.schemas.cases import StoryLine
from huiyin.api.schemas.parties import MaterialOut, PartyOut, SourceCaseOut, SourceOut, SourcePageOut
from huiyin.application.attachments import attachments_of, evidence_seen
from huiyin.application.loading import Opened
from huiyin.application.paging import Page
from huiyin.application.source_cases import SourceCase
from huiyin.application.sources import OwnPage
from huiyin.application.story_words import Words
from huiyin.cases.phases import phase_of
from huiyin.cases.sources import reference_of
from huiyin.cases.standing_still import COMPLETION
from huiyin.organisations.models import Source

from .cases import reference_seen, source_seen, story_out
from .papers import papers_out
from .possible import possible_out
from .tracking import next_for_complainant


def party_out(opened: Opened, key: str) -> PartyOut:
    """The case for the party of this invitation."""
    case, regime, hidden = opened.case, opened.regime, opened.sight.hidden
    invitation = case.invitations[key]
    return PartyOut(
        number=case.number,
        version=opened.row.version,
        rehearsal=opened.world.organisation.rehearsal,
        regime=regime.title,
        kind=regime.kinds.get(case.kind, case.kind),
        source=source_seen(opened),
        reference=reference_seen(opened),
        role=regime.role_title(invitation.role),
        name=invitation.name,
        until=invitation.until,
        state=case.state,
        phase=phase_of(case),
        received_at=case.received_at,
        closed_at=case.closed_at,
        hidden=sorted(hidden),
        matter={
            name: value
            for name, value in case.matter.items()
            if f"matter.{name}" not in hidden and name in regime.intake.fields and not regime.intake.fields[name].private
        },
        points=[] if "matter" in hidden else list(case.points),
        materials=_materials(opened),
        documents=papers_out(opened),
        possible=possible_out(opened),
        story=[_line(line, opened) for line in story_out(opened)],
    )


def _materials(opened: Opened) -> list[MaterialOut]:
    files = {row.evidence: row for row in attachments_of(opened)}
    words = Words(opened.regime, opened.case, opened.world, opened.sight.hidden, opened.open_to())
    found = []
    for item in evidence_seen(opened):
        file = None if item.sealed else files.get(item.key)
        found.append(
            MaterialOut(
                key=item.key,
                kind=item.kind,
                title=words.material(item),
                mine=item.added_by == opened.actor.person,
                file=FileOut(id=str(file.id), name=file.name, type=file.type, size=file.size) if file else None,
            )
        )
    return found


def _line(line: StoryLine, opened: Opened) -> StoryLine:
    """People of the house stay in the house."""
    mine = line.who == opened.case.invitations[opened.actor.person.partition(":")[2]].name
    return line if mine else line.model_copy(update={"who": opened.world.organisation.title})


def source_out(source: Source, pages: tuple[OwnPage, ...], cases: Page[SourceCase]) -> SourceOut:
    """What a body has on its own page."""
    return SourceOut(
        name=source.name,
        pages=[
            SourcePageOut(
                regime=each.regime.id, regime_title=each.regime.title, channel=each.channel.id, title=each.channel.title
            )
            for each in pages
        ],
        cases=[_filed(each) for each in cases.items],
        next=cases.next,
    )


def _filed(each: SourceCase) -> SourceCaseOut:
    case, regime = each.case, each.regime
    out = SourceCaseOut(
        number=case.number, regime=regime.title, filed_at=case.filed_at, open=each.actor is not None, reference="", state="",
        phase="", complete_by=None, next_due=None, next_due_title="",
    )  # fmt: skip
    if each.actor is None:
        return out
    ahead = next_for_complainant(regime, case)
    asked = next((item.due for item in case.running() if item.limit == COMPLETION), None)
    return out.model_copy(
        update={
            "reference": reference_of(regime, case),
            "state": case.state,
            "phase": phase_of(case),
            "complete_by": asked if case.state == "waiting" else None,
            "next_due": ahead.due if ahead else None,
            "next_due_title": ahead.title if ahead else "",
        }
    )
