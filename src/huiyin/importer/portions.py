"""The rows of a table in portions, each made ready, and where it helps decided ahead, while those before it are written."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from huiyin.application.ahead.portions import Ahead, Asked, can_help
from huiyin.application.filing import Filing
from huiyin.application.filing_many import Row
from huiyin.application.pausing import collector_paused
from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.store.personal.data import PersonalData

from .mapping import Mapping
from .rows import BadRow, Incoming, incoming
from .sheets import SheetRow

WORTH_A_HELPER = 2_000
"""Rows from which on a helper process pays, which takes about a second of processor time to start."""

AHEAD = 3
"""Portions that are asked about at the same time: enough that the helper never waits, few enough for memory."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not brought in."""

    line: int
    reason: str


@dataclass(slots=True)
class Portion:
    """Rows that are brought in together: those that can be filed, with what they say, and those that cannot be read."""

    read: list[SheetRow]
    items: list[Incoming] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    asked: Asked | None = None


class Portions:
    """Portions in the order of the table; a helper takes part where there are many rows and a processor to spare.

    They have `size` rows, or `size_ahead` where the helper was asked about them. The portion given last must have been
    brought in before the next one is taken. `trial`: each is taken back. To be closed.
    """

    def __init__(
        self,
        organisation: Organisation,
        who: Actor,
        mapping: Mapping,
        rows: Iterator[SheetRow],
        zone: ZoneInfo,
        size: int,
        size_ahead: int,
        *,
        trial: bool = False,
    ) -> None:
        self._mapping = mapping
        self._zone = zone
        self._size = size
        self._size_ahead = size_ahead
        first = list(islice(rows, WORTH_A_HELPER))
        self._rows = chain(first, rows)
        self._waiting: deque[Portion] = deque()
        many = len(first) == WORTH_A_HELPER
        self._ahead = Ahead(organisation, who, mapping.regime, for_good=not trial) if many and can_help() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def trouble(self) -> str:
        """How the helper was lost, e.g. `SIGKILL`; empty while it was not."""
        return self._ahead.trouble if self._ahead else ""

    def __iter__(self) -> Iterator[Portion]:
        while (portion := self.next()) is not None:
            yield portion

    def next(self) -> Portion | None:
        """The next portion, with what the helper says to it; None after the last."""
        with collector_paused():
            while len(self._waiting) < AHEAD and (not self._waiting or self._waiting[-1].asked is not None):
                portion = self._read()
                if portion is None:
                    break
                self._waiting.append(portion)
        if not self._waiting:
            return None
        portion = self._waiting.popleft()
        if portion.asked is not None:
            portion.asked.settle()
        return portion

    def close(self) -> None:
        """End the helper, if there is one."""
        if self._ahead is not None:
            self._ahead.close()

    def _read(self) -> Portion | None:
        ahead = self._ahead if self._ahead and self._ahead.may_ask(first=not self._waiting) else None
        portion = Portion(list(islice(self._rows, self._size_ahead if ahead else self._size)))
        if not portion.read:
            return None
        for row in portion.read:
            try:
                item = incoming(self._mapping, row, self._zone)
            except BadRow as trouble:
                portion.refused.append(Refusal(row.line, str(trouble)))
            else:
                portion.items.append(item)
                portion.rows.append(_row(self._mapping, item))
        if ahead is not None:
            portion.asked = ahead.ask(portion.rows)
        return portion


def key_of(mapping: Mapping, item: Incoming) -> str:
    """By what a second run knows the row."""
    return f"import:{mapping.regime}:{item.key}"


def past_key_of(mapping: Mapping, item: Incoming) -> str:
    """By what a second run knows the past of the row."""
    return f"{key_of(mapping, item)}#past"


def _row(mapping: Mapping, item: Incoming) -> Row:
    return Row(item.line, Filing(mapping.regime, item.command, _personal(item), key=key_of(mapping, item)), item.filed_at)


def _personal(item: Incoming) -> PersonalData | None:
    said = item.personal
    if not said:
        return None
    return PersonalData(
        name=said.get("name", ""),
        phone=said.get("phone", ""),
        email=said.get("email", ""),
        address=said.get("address", ""),
    )
