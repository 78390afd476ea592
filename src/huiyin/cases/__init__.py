"""The life of a case: commands, events, state, decide, evolve (pure)."""
