"""The REST interface at /api/v1: reads requests into commands, gives projections back; no rule lives here.

Start at `interface.py`; `tokens.py` says who may come in, `problems.py` how errors look.
"""
