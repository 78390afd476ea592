"""Rule tables: a last row, rows that are never reached, rows that may overlap."""

import re
from collections.abc import Sequence

from huiyin.regime.compiling import Desk
from huiyin.regime.expressions import Condition
from huiyin.regime.model import AssessmentRow, Regime, RoutingRow

_EQUAL = re.compile(r"([a-z_.]+) == '([^']*)'\Z")
_PLAIN = re.compile(r"(!?)([a-z]+\.[a-z_]+)\Z")
_UNDER = re.compile(r"under\('([^']*)'\)\Z")
_ORDER = re.compile(r"(.+?) (<=|>=|<|>) (-?[0-9.]+)\Z")

Rows = Sequence[AssessmentRow] | Sequence[RoutingRow]


def check_tables(desk: Desk, regime: Regime) -> None:
    """E18, W1, W7."""
    _last_row(desk, "assessment", regime.assessment)
    _last_row(desk, "routing", regime.routing)
    if not regime.routing:
        desk.found.add("no-last-row", (), table="routing")
    for table, rows in (("assessment", regime.assessment), ("routing", regime.routing)):
        _unreached(desk, table, rows)
        _overlapping(desk, regime, table, rows)
    for number, rule in enumerate(regime.severity.rules[:-1]):
        if _always(rule.when, ("severity", "rules", rule.id, "when") in desk.source.values):
            below = regime.severity.rules[number + 1]
            path = ("severity", "rules", below.id)
            desk.found.add("never-reached", path, at_key=True, row=f"severity.{below.id}", before=rule.id)


def _always(when: object, written: bool) -> bool:
    return when is None and not written


def _last_row(desk: Desk, table: str, rows: Rows) -> None:
    if rows and not any(_always(row.when, (table, row.id, "when") in desk.source.values) for row in rows):
        desk.found.add("no-last-row", (table,), at_key=True, table=table)


def _unreached(desk: Desk, table: str, rows: Rows) -> None:
    before = ""
    for row in rows:
        if before:
            desk.found.add("never-reached", (table, row.id), at_key=True, row=f"{table}.{row.id}", before=before)
        elif _always(row.when, (table, row.id, "when") in desk.source.values):
            before = row.id


def _overlapping(desk: Desk, regime: Regime, table: str, rows: Rows) -> None:
    """Rows that look at the same things and lead elsewhere, without being exclusive on the face of it."""
    conditional = [row for row in rows if isinstance(row.when, Condition)]
    for number, row in enumerate(conditional):
        for above in conditional[:number]:
            if _effect(row) == _effect(above):
                continue
            first, second = above.when, row.when
            assert isinstance(first, Condition)
            assert isinstance(second, Condition)
            shared = first.reads & second.reads or ("earlier" in first.calls and "earlier" in second.calls)
            if shared and not _exclusive(regime, first.source, second.source):
                path = (table, row.id)
                desk.found.add("may-overlap", path, at_key=True, row=f"{table}.{above.id}", other=f"{table}.{row.id}")


def _effect(row: AssessmentRow | RoutingRow) -> tuple[object, ...]:
    if isinstance(row, AssessmentRow):
        return (row.outcome, row.to, row.to_regime)
    return (row.to, row.handler, row.also, row.choose)


def _exclusive(regime: Regime, first: str, second: str) -> bool:
    return any(_contradict(regime, one, other) for one in _parts(first) for other in _parts(second))


def _parts(source: str) -> list[str]:
    """The sides of `&&` at the top; a condition with `||` at the top is one part."""
    depth, start, parts = 0, 0, []
    for place, letter in enumerate(source):
        depth += (letter in "([") - (letter in ")]")
        if depth == 0 and source.startswith("&&", place):
            parts.append(source[start:place].strip())
            start = place + 2
        elif depth == 0 and source.startswith("||", place):
            return [source.strip()]
    return [*parts, source[start:].strip()]


def _contradict(regime: Regime, one: str, other: str) -> bool:
    if (a := _EQUAL.match(one)) and (b := _EQUAL.match(other)):
        return a[1] == b[1] and a[2] != b[2]
    if (a := _PLAIN.match(one)) and (b := _PLAIN.match(other)):
        return a[2] == b[2] and a[1] != b[1]
    if (a := _UNDER.match(one)) and (b := _UNDER.match(other)):
        return b[1] not in _line(regime, a[1]) and a[1] not in _line(regime, b[1])
    if (a := _ORDER.match(one)) and (b := _ORDER.match(other)) and a[1] == b[1]:
        return _apart(a[2], float(a[3]), b[2], float(b[3])) or _apart(b[2], float(b[3]), a[2], float(a[3]))
    return one == f"!{other}" or other == f"!{one}"


def _line(regime: Regime, category: str) -> list[str]:
    """A category and its parents."""
    line, here = [], category
    while here in regime.categories:
        line.append(here)
        here = regime.categories[here].parent or ""
    return line


def _apart(below: str, most: float, above: str, least: float) -> bool:
    """Whether `x below most` and `x above least` cannot both hold."""
    if below not in {"<", "<="} or above not in {">", ">="}:
        return False
    return most < least or (most == least and (below == "<" or above == ">"))
