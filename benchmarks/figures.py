"""A measured figure with its budget, and the table of them."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Verdict = Literal["kept", "missed", ""]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    `budget` is the most it may be, or with `at_least` the least; None where the design sets none. `beside` says what was
    measured in the same run to compare with.
    """

    subject: str
    what: str
    value: float
    unit: str
    budget: float | None = None
    at_least: bool = False
    beside: str = ""

    @property
    def verdict(self) -> Verdict:
        """Whether the budget was kept; empty without one."""
        if self.budget is None:
            return ""
        kept = self.value >= self.budget if self.at_least else self.value <= self.budget
        return "kept" if kept else "missed"

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        return {**asdict(self), "verdict": self.verdict}


HEADER = ("subject", "what", "figure", "unit", "budget", "verdict", "beside it")


def table(figures: Iterable[Figure]) -> str:
    """All figures as a table in plain text; Chinese characters count as two columns."""
    rows = [HEADER, *map(_cells, figures)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(HEADER))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def _cells(figure: Figure) -> tuple[str, ...]:
    budget = "" if figure.budget is None else f"{'≥' if figure.at_least else '≤'} {_number(figure.budget)}"
    value = _number(figure.value)
    return figure.subject, figure.what, value, figure.unit, budget, figure.verdict, figure.beside


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    right = (2, 4)
    padded = []
    for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (width - _width(cell))
        padded.append(space + cell if column in right else cell + space)
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
