"""What a ledger is: entries that are never changed, and the balance they give.

Accounts are ids of persons, units, parts or cases. Amounts are in the ledger's unit (分, 元, 件); negative ones take
away. A ledger with a period (月绩效分) opens anew with each period.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Period = Literal["month", "quarter", "half-year", "year"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `reverses` is the number of the entry that a counter-entry takes back, 0 for an ordinary one."""

    number: int
    ledger: str
    account: str
    amount: float
    booked_on: date
    measure: str
    case: str
    reverses: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRule:
    """How a ledger counts: what an account opens with, and the period that resets it."""

    id: str
    opens_with: float = 0.0
    period: Period | None = None


def period_key(day: date, period: Period | None) -> str:
    """The name of the period a day lies in, such as 2026-09 or 2026-Q3; empty for a ledger that never resets."""
    match period:
        case "month":
            return f"{day.year}-{day.month:02}"
        case "quarter":
            return f"{day.year}-Q{(day.month - 1) // 3 + 1}"
        case "half-year":
            return f"{day.year}-H{(day.month - 1) // 6 + 1}"
        case "year":
            return str(day.year)
        case None:
            return ""


def balance(rule: LedgerRule, entries: Iterable[Entry], account: str, on: date) -> float:
    """What an account holds on a day: the opening amount and every entry of the running period up to that day."""
    running = period_key(on, rule.period)
    counted = (
        entry.amount
        for entry in entries
        if entry.ledger == rule.id
        and entry.account == account
        and entry.booked_on <= on
        and period_key(entry.booked_on, rule.period) == running
    )
    return math.fsum((rule.opens_with, *counted))


def counter_entry(entry: Entry, *, number: int, on: date, reason: str, reversed_before: Iterable[Entry] = ()) -> Entry:
    """The entry that takes another back on a day; the book itself is never changed.

    It counts in the period of its own day: what was taken away in September and found wrong in October is given back
    in October. `reversed_before` are the counter-entries made so far.

    Raises:
        ValueError: there is no reason, the day lies before the entry's, the entry is itself a counter-entry, or it was
            taken back before.
    """
    if not reason.strip():
        raise ValueError("冲销须写明理由")
    if on < entry.booked_on:
        raise ValueError(f"冲销日期不能早于第{entry.number}笔的{entry.booked_on}")
    if entry.reverses:
        raise ValueError(f"第{entry.number}笔本身是冲销，不能再冲销")
    if any(other.reverses == entry.number for other in reversed_before):
        raise ValueError(f"第{entry.number}笔已经冲销过")
    return Entry(
        number=number,
        ledger=entry.ledger,
        account=entry.account,
        amount=-entry.amount,
        booked_on=on,
        measure=entry.measure,
        case=entry.case,
        reverses=entry.number,
        reason=reason.strip(),
    )
