"""What stands over the cases: duties as they fall due, watches over many cases, commitments and their figures (pure).

An affair (see `huiyin.regime.affairs`) is opened by `opening`: when a period begins (`occurrences`), when a case calls for it,
or when a watch fires (`watching`). `telling` says what its case of origin has to hear of it; `measuring` gives the figures of
commitments. The callers keep what was opened and what fires now: the stories' player in memory, the application in tables.
"""
