"""A sample as folding its events gives it: where it came from, through whose hands it went, what testers found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Passage:
    """One hand-over: from hand to hand, recorded `by`. `state`: of the seal, a key of `SEAL_STATES`, empty where none is.

    `gap`: the one who gave it was not the one who had it by the record.
    """

    at: datetime
    giver: str
    taker: str
    by: str
    state: str = ""
    condition: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What one tester found, under the code of that round; `work` is the step or act it was entered in."""

    round: int
    tester: str
    at: datetime
    fields: Mapping[str, Any]
    work: str
    code: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """A code given to the sample for a round of tests, and the state of the seal that was opened for it."""

    round: int
    code: str
    by: str
    at: datetime
    state: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample of the case. `key` names it there (`original-1`), `number` on its label.

    `keeper` is who has it as the record says: a person's id at first, then what the last hand-over calls the taker.
    `needs`: how many results a round of tests has; `round` is the one now running, 0 before the first.
    """

    key: str
    kind: str
    number: str
    name: str
    quantity: str
    place: str
    taken_at: datetime
    taken_by: str
    keeper: str
    needs: int = 1
    seal: str = ""
    state: str = ""
    present: tuple[str, ...] = ()
    keep_until: datetime | None = None
    passages: tuple[Passage, ...] = ()
    codings: tuple[Coding, ...] = ()
    results: tuple[Result, ...] = field(default=())
    round: int = 0

    @property
    def code(self) -> str:
        """The code of the round now running, empty before it was coded."""
        return self.codings[-1].code if self.codings else ""

    @property
    def round_results(self) -> tuple[Result, ...]:
        """The results of the round now running."""
        return tuple(result for result in self.results if result.round == self.round)

    @property
    def complete(self) -> bool:
        """Whether all results of the round now running are in."""
        return self.round > 0 and len(self.round_results) >= self.needs

    @property
    def intact(self) -> bool:
        """Whether every look at the seal found it whole, and no hand-over is missing from the record."""
        looks = [self.state, *(passage.state for passage in self.passages)]
        looks += [*(coding.state for coding in self.codings), *(result.state for result in self.results)]
        return all(state in ("", WHOLE) for state in looks) and not any(passage.gap for passage in self.passages)

    @property
    def last_moved(self) -> datetime:
        """When it last changed hands."""
        return self.passages[-1].at if self.passages else self.taken_at

    def is_open_to(self, tester: str) -> bool:
        """Whether this person's result is none of those that are in already."""
        return all(result.tester != tester for result in self.round_results)

    def shows_result(self, result: Result, reader: str) -> bool:
        """Whether a result may be read: one's own always, others' once all of that round are in."""
        return result.tester == reader or result.round < self.round or self.complete
