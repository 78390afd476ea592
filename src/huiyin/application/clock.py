"""Time within a case."""

from datetime import datetime

from huiyin.cases.state import Case


def after_the_last(now: datetime, case: Case) -> datetime:
    """Time never runs backwards within a case, even when a machine's clock does."""
    return max([now, *[signal.last for signal in case.signals.values()]])
