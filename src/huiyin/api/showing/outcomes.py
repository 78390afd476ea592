"""What a command brought about, for the one who gave it."""

from collections.abc import Sequence

from huiyin.api.problems import cites
from huiyin.api.schemas.outcomes import Happening, Outcome, Wording
from huiyin.application.running import Result
from huiyin.cases.advice import Discouraged
from huiyin.cases.phases import phase_of
from huiyin.regime.model import Regime


def outcome_of(result: Result, regime: Regime, advised: Sequence[Discouraged] = ()) -> Outcome:
    """The case after the command, and the events by their titles; what they say stands in the case itself."""
    return Outcome(
        number=result.case.number,
        version=result.version,
        state=result.case.state,
        phase=phase_of(result.case),
        events=[
            Happening(
                kind=type(event).__name__, title=event.title, at=event.at, cite=cites(event.cite, regime.articles)
            )
            for event in result.events
        ],
        wording=[
            Wording(phrase=each.phrase, better=each.better, cite=cites(each.cite, regime.articles)) for each in advised
        ],
    )
