"""Who acts for whom in a story, and who is on duty: `given: {deputies: […], on_duty: […]}`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from .script import ScriptError

_DEPUTY = frozenset({"deputy", "of", "since", "until"})
_TURN = frozenset({"role", "who", "from", "until"})


@dataclass(frozen=True, slots=True)
class Deputy:
    """`deputy` acts for `of` from one day to another, both included."""

    deputy: str
    of: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody on the roster of a role, from one moment to another (local times, the end not included)."""

    role: str
    who: str
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class StandingIn:
    """Deputies and roster of a story."""

    deputies: tuple[Deputy, ...] = ()
    turns: tuple[Turn, ...] = field(default_factory=tuple)

    @classmethod
    def given(cls, given: Mapping[str, Any]) -> Self:
        """Read what a story gives.

        Raises:
            ScriptError: an entry lacks something, or says more than there is.
        """
        deputies = [
            Deputy(str(row["deputy"]), str(row["of"]), row["since"], row["until"])
            for row in _rows(given, "deputies", _DEPUTY)
        ]
        turns = [
            Turn(str(row["role"]), str(row["who"]), _moment(row["from"]), _moment(row["until"]))
            for row in _rows(given, "on_duty", _TURN)
        ]
        return cls(tuple(deputies), tuple(turns))

    def represented_by(self, person: str, now: datetime | None) -> tuple[str, ...]:
        """Those for whom this person acts today."""
        return tuple(each.of for each in self._today(now) if each.deputy == person)

    def deputies_of(self, persons: Iterable[str], now: datetime | None) -> tuple[str, ...]:
        """Those who act today for any of these persons."""
        wanted = set(persons)
        return tuple(each.deputy for each in self._today(now) if each.of in wanted)

    def on_duty(self, role: str, now: datetime | None) -> tuple[str, ...]:
        """Who is on the roster of the role now; nobody where no turn runs."""
        if now is None:
            return ()
        clock = now.replace(tzinfo=None)
        return tuple(turn.who for turn in self.turns if turn.role == role and turn.begins <= clock < turn.ends)

    def _today(self, now: datetime | None) -> Iterator[Deputy]:
        if now is not None:
            yield from (each for each in self.deputies if each.since <= now.date() <= each.until)


def _rows(given: Mapping[str, Any], key: str, wanted: frozenset[str]) -> list[Mapping[str, Any]]:
    rows = given.get(key) or []
    for row in rows:
        if not isinstance(row, dict) or set(row) != wanted:
            raise ScriptError(f"given 的 {key} 每行应写 {'、'.join(sorted(wanted))}")
    return list(rows)


def _moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime.fromisoformat(str(value))
