"""What would happen if this were filed now: the same decision as at filing, but nothing is written."""

from collections.abc import Sequence
from dataclasses import replace

from huiyin.application.evidence import as_evidence, with_evidence
from huiyin.application.privacy import without_private
from huiyin.application.tracking import COMPLAINANT
from huiyin.application.world import World
from huiyin.cases.commands import File
from huiyin.cases.decide import Decision, decide
from huiyin.cases.people import Actor
from huiyin.regime.model import Regime
from huiyin.store.files.storage import Upload, check_uploads
from huiyin.store.history import CaseHistory
from huiyin.store.personal.data import PersonalData

PREVIEW = "00000000-0000-0000-0000-000000000000"


def decide_filing(
    world: World,
    regime: Regime,
    command: File,
    personal: PersonalData | None,
    uploads: Sequence[Upload],
    who: Actor = COMPLAINANT,
) -> Decision:
    """The decision a filing by `who` would bring now.

    Raises:
        Refused: it does not fit the regime, with a message for each field.
    """
    stripped, _ = without_private(regime, command, {}, world.calendar.zone)
    assert isinstance(stripped, File)
    party = replace(stripped.complainant, party=PREVIEW) if personal else stripped.complainant
    history = CaseHistory(world.organisation.pk, regime, world.now, world.calendar.zone, personal)
    context = world.context(who, regime, history, case_id=PREVIEW)
    evidence = as_evidence(check_uploads(uploads), {item.key for item in stripped.evidence})
    return decide(regime, None, with_evidence(replace(stripped, complainant=party), evidence), context)

