"""Filing again: would the regime have taken the case in, as it was filed?"""

from dataclasses import replace

from huiyin.cases.commands import File
from huiyin.cases.draft import Draft
from huiyin.cases.events import Filed
from huiyin.cases.filing import file_case
from huiyin.cases.people import Actor
from huiyin.cases.refusals import Refused
from huiyin.cases.sources import source_actor
from huiyin.regime.model import Regime

from .ground import Ground
from .outcome import Outcome, Row
from .past import Past

REFUSED_FILING = "refused-filing"


def file_again(regime: Regime, ground: Ground, past: Past, outcome: Outcome) -> None:
    """File the case once more; a refusal becomes its admission, what was not asked then is left open.

    What this regime does not ask any more is left out, so that nobody is refused for having been asked more.
    """
    filed, case = past.filed, past.moments[0].case
    actor = Actor(filed.by, kind="complainant" if filed.by == "complainant" else "staff")
    if filed.source:
        actor = source_actor(regime, filed.channel)
    draft = Draft(regime, None, ground.context(filed.at, case.id, case.organisation, actor))
    try:
        file_case(draft, _command(regime, filed, outcome))
    except Refused as refused:
        not_asked = [name for name in refused.fields if name in regime.intake.fields and name not in past.asked]
        if refused.code == "missing-field" and not_asked:
            outcome.leave("intake", "not-asked", tuple(f"matter.{name}" for name in not_asked))
            return
        outcome.admission = Row(refused.code, REFUSED_FILING, refused.cite)


def _command(regime: Regime, filed: Filed, outcome: Outcome) -> File:
    intake = regime.intake
    if filed.category and filed.category not in regime.categories:
        outcome.leave("categories", "not-there", (filed.category,))
    kinds = {piece.kind for piece in filed.evidence if piece.kind and piece.kind not in intake.evidence}
    if kinds:
        outcome.leave("intake.evidence", "not-there", tuple(sorted(kinds)))
    return File(
        kind=filed.kind,
        channel=filed.channel,
        matter={name: value for name, value in filed.matter.items() if name in intake.fields},
        category=filed.category if filed.category in regime.categories else "",
        points=filed.points,
        complainant=filed.complainant,
        respondent=filed.respondent,
        passed_on_by=filed.passed_on_by,
        received_at=filed.received_at if filed.received_at != filed.at else None,
        late_reason=filed.late_reason or "—",
        evidence=tuple(replace(piece) for piece in filed.evidence if piece.kind not in kinds),
        source=filed.source,
    )
