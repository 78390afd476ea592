"""Append-only books of points, fines, rewards: entries, counter-entries and balances (pure)."""

from .book import Entry, LedgerRule, balance, counter_entry, period_key

__all__ = ["Entry", "LedgerRule", "balance", "counter_entry", "period_key"]
