"""The helper's part: deciding filings without a look at the database."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import override

from huiyin.application.affairs import follow_up
from huiyin.application.filing import record
from huiyin.application.pausing import collector_paused
from huiyin.cases.numbering import write_number
from huiyin.cases.refusals import Refused
from huiyin.cases.state import Case
from huiyin.organisations.regimes import take_up
from huiyin.standing.watching import Counted
from huiyin.store.recording import Recording

from .requests import Answer, Decided, Item, Refusal, Register, Request, Setting


class OutOfReach(RuntimeError):
    """The decision depends on what only the database knows."""


class Decider:
    """Decides filings in one setting, one after the other, each under the number that comes next."""

    def __init__(self, setting: Setting) -> None:
        take_up(setting.version)
        self._world = setting.world
        self._who = setting.who
        self._language = setting.language
        self._pattern = self._world.in_force(setting.version.regime).intake.number
        self._numbers = _Numbers({})

    def answers(self, request: Request) -> list[Answer]:
        """What comes of each filing. One that cannot be told is taken to use up its number: most do."""
        if request.last is not None:
            self._numbers = _Numbers(request.last)
        with collector_paused(), override(self._language):
            return [self._answer(item, request.now) for item in request.items]

    def _answer(self, item: Item, now: datetime) -> Answer:
        world = self._world
        world.now = item.filed_at or now
        number = self._numbers.next(self._pattern, world.today)
        recording = Recording()
        try:
            entered = record(recording, world, self._who, item.ready, number, _NO_LOOKING)
            counts = []
            if item.filed_at is None:       # a past case calls for nothing
                follow_up(recording, world, world.in_force(item.ready.regime), entered.case, entered.events)
                counts = [(row.watch, Counted(entered.case.id, row.at, (row.group,))) for row in recording.counts]
            found = Decided(number, entered.version, recording.pack(), counts)
        except Refused as refused:
            return Refusal(refused.message, tuple(refused.fields.items()))
        except Exception:  # noqa: BLE001 - the writer decides it again; if it still fails, it fails there, where it is told
            found = None
        self._numbers.take(self._pattern, world.today)
        return found


class _Numbers:
    """As `huiyin.store.registers.Numbers`, counted from what is known to be the last."""

    def __init__(self, last: Mapping[Register, int]) -> None:
        self._last = dict(last)

    def next(self, pattern: str, day: date) -> str:
        return write_number(pattern, day, self._last.get((pattern, day.year), 0) + 1)

    def take(self, pattern: str, day: date) -> None:
        self._last[pattern, day.year] = self._last.get((pattern, day.year), 0) + 1


class _NoLooking:
    """A history that cannot be asked."""

    def earlier(self, case: Case, relation: str, state: str, period: str | None) -> int:
        raise OutOfReach

    def earlier_case(self, case: Case, relation: str, state: str) -> str:
        raise OutOfReach

    def offences(self, rule: str, person: str, period: str) -> int:
        raise OutOfReach

    def balance(self, ledger: str, account: str) -> float:
        raise OutOfReach

    def cases(self, ids: tuple[str, ...]) -> tuple[Case, ...]:
        raise OutOfReach

    def standing(self, against: str) -> Mapping[str, datetime]:
        raise OutOfReach


_NO_LOOKING = _NoLooking()
