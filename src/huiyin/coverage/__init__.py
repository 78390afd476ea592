"""Proof that a pack carries out its inventory, fact by fact (regime-language 9; pure).

An inventory is the numbered list of everything a source document asks for. `coverage.yaml` beside a pack says for each
fact which rules carry it out and which stories show it; `check_coverage` sees that this is so.
"""

from .checking import CoverageReport, Tally, check_coverage
from .features import FEATURES

__all__ = ["FEATURES", "CoverageReport", "Tally", "check_coverage"]
