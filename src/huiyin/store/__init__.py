"""Where cases are kept: the event log, its projections, parties, files, outbox, search, verification (Django app)."""
