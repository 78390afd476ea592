"""Measuring Huiyin against the budgets of its design: `python -m benchmarks [--quick] [NAME ...]`.

Each subject is a module with `measure(sizes)`, which gives figures; `__main__` prints them as one table. Nothing here
touches a data folder that is in use: everything happens in a temporary one.
"""
