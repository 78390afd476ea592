"""Ledgers: entries are never changed, balances follow from them, a period opens the book anew."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.ledgers import Entry, LedgerRule, balance, counter_entry, period_key

POINTS = LedgerRule("points", opens_with=100, period="month")
FINES = LedgerRule("fines")


def entry(number: int, day: str, amount: float, account: str = "钱护士", ledger: str = "points") -> Entry:
    return Entry(number, ledger, account, amount, date.fromisoformat(day), "score", "case-1")


def test_an_account_opens_with_its_points_and_every_entry_counts() -> None:
    book = [entry(1, "2026-03-02", -5), entry(2, "2026-03-20", -2)]
    assert balance(POINTS, [], "钱护士", date(2026, 3, 31)) == 100
    assert balance(POINTS, book, "钱护士", date(2026, 3, 10)) == 95
    assert balance(POINTS, book, "钱护士", date(2026, 3, 20)) == 93


def test_a_monthly_ledger_opens_anew_on_the_first_of_the_month() -> None:
    book = [entry(1, "2026-03-31", -5)]
    assert balance(POINTS, book, "钱护士", date(2026, 3, 31)) == 95
    assert balance(POINTS, book, "钱护士", date(2026, 4, 1)) == 100


def test_a_ledger_without_period_keeps_everything() -> None:
    book = [entry(1, "2024-01-31", 200, ledger="fines"), entry(2, "2026-03-02", 300, ledger="fines")]
    assert balance(FINES, book, "钱护士", date(2026, 12, 31)) == 500


def test_accounts_and_ledgers_are_kept_apart() -> None:
    book = [
        entry(1, "2026-03-02", -5),
        entry(2, "2026-03-02", -3, account="赵医生"),
        entry(3, "2026-03-02", 200, ledger="fines"),
    ]
    assert balance(POINTS, book, "钱护士", date(2026, 3, 2)) == 95
    assert balance(POINTS, book, "赵医生", date(2026, 3, 2)) == 97


@pytest.mark.parametrize(
    ("period", "day", "name"),
    [
        ("month", "2026-01-31", "2026-01"),
        ("quarter", "2026-03-31", "2026-Q1"),
        ("quarter", "2026-04-01", "2026-Q2"),
        ("half-year", "2026-06-30", "2026-H1"),
        ("half-year", "2026-07-01", "2026-H2"),
        ("year", "2026-12-31", "2026"),
        (None, "2026-12-31", ""),
    ],
)
def test_periods_have_names(period: str | None, day: str, name: str) -> None:
    assert period_key(date.fromisoformat(day), period) == name  # type: ignore[arg-type]


def test_a_counter_entry_takes_back_and_says_why() -> None:
    wrong = entry(1, "2026-03-02", -5)
    back = counter_entry(wrong, number=2, on=date(2026, 3, 9), reason=" 复核后撤销 ")
    assert (back.amount, back.reverses, back.reason) == (5, 1, "复核后撤销")
    assert balance(POINTS, [wrong, back], "钱护士", date(2026, 3, 9)) == 100


def test_a_counter_entry_counts_on_its_own_day() -> None:
    wrong = entry(1, "2026-03-02", -5)
    back = counter_entry(wrong, number=2, on=date(2026, 4, 1), reason="复核后撤销")
    assert balance(POINTS, [wrong, back], "钱护士", date(2026, 3, 31)) == 95
    assert balance(POINTS, [wrong, back], "钱护士", date(2026, 4, 1)) == 105


def test_an_entry_is_taken_back_once_later_and_with_a_reason() -> None:
    wrong = entry(1, "2026-03-02", -5)
    back = counter_entry(wrong, number=2, on=date(2026, 3, 9), reason="撤销")
    with pytest.raises(ValueError, match="已经冲销过"):
        counter_entry(wrong, number=3, on=date(2026, 3, 9), reason="再撤", reversed_before=[back])
    with pytest.raises(ValueError, match="不能再冲销"):
        counter_entry(back, number=3, on=date(2026, 3, 9), reason="反悔")
    with pytest.raises(ValueError, match="不能早于"):
        counter_entry(wrong, number=3, on=date(2026, 3, 1), reason="倒签")
    with pytest.raises(ValueError, match="理由"):
        counter_entry(wrong, number=3, on=date(2026, 3, 9), reason=" ")


AMOUNTS = st.lists(st.integers(-10_000, 10_000).map(lambda cents: cents / 100), max_size=20)


@given(amounts=AMOUNTS)
def test_taking_everything_back_gives_the_opening_amount_to_the_cent(amounts: list[float]) -> None:
    day = date(2026, 3, 2)
    book = [entry(number, "2026-03-02", amount) for number, amount in enumerate(amounts, start=1)]
    back = [counter_entry(each, number=100 + each.number, on=day, reason="全部撤销") for each in book]
    assert balance(POINTS, [*book, *back], "钱护士", day + timedelta(days=1)) == 100
