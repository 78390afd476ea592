"""What a compiled regime is checked for beyond its form and its names."""

from ..compiling import Desk
from ..model import Regime


def check_all(desk: Desk, regime: Regime, *, publishing: bool) -> None:
    """Add every finding to `desk.found`."""
    desk.report_unanswered(publishing)
