"""Append-only books of points, fines, rewards: rules and balances (pure)."""
