"""The rule book: model, source, conditions, checker, scenarios (pure)."""
