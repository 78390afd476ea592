"""How much is measured: everything, or little to see that it works."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Sizes:
    """`small` and `large` are numbers of cases in the two stores that pages are compared on."""

    small: int
    large: int
    due: int
    """Cases of the large store whose time has come."""
    rounds: int
    """How often a page is asked for."""
    filings: int
    """Cases filed over HTTP at each concurrency."""
    moments: int
    """Due times computed in a round."""
    plays: int
    """Random lives of a case the core is measured on."""
    copied: bool = False
    """Make the large store by copying the small one: for lists, search and the sweep only."""


FULL = Sizes(small=1_000, large=100_000, due=1_000, rounds=30, filings=1_000, moments=100_000, plays=300)
QUICK = Sizes(small=500, large=5_000, due=250, rounds=10, filings=200, moments=10_000, plays=60)
MILLION = replace(FULL, large=1_000_000, copied=True)
OPEN_MILLION = replace(FULL, small=1_250, large=1_250_000, copied=True)
"""For the sweep: eight of ten cases are open, so a million are, and one of each copy of the small store is due."""
TINY = Sizes(small=20, large=40, due=10, rounds=1, filings=4, moments=200, plays=3)
TINY_COPIED = replace(TINY, large=80, due=4, copied=True)

SIZES = {
    "full": FULL,
    "million": MILLION,
    "open-million": OPEN_MILLION,
    "quick": QUICK,
    "tiny": TINY,
    "tiny-copied": TINY_COPIED,
}
