"""What a compiled regime is checked for beyond its form and its names."""

from huiyin.regime.compiling import Desk
from huiyin.regime.model import Regime

from .accountability import check_accountability
from .flow import check_flow
from .leftovers import check_leftovers
from .not_yet import check_not_yet
from .people import check_people
from .samples import check_samples
from .standing import check_standing
from .structure import check_structure
from .tables import check_tables
from .transfers import check_transfers


def check_all(desk: Desk, regime: Regime, *, publishing: bool) -> None:
    """Add every finding to `desk.found`. With `publishing` settings without an answer are errors."""
    check_structure(desk)
    check_tables(desk, regime)
    check_flow(desk, regime)
    check_transfers(desk, regime)
    check_people(desk, regime)
    check_leftovers(desk, regime)
    check_standing(desk, regime)
    check_samples(desk, regime)
    check_accountability(desk, regime)
    check_not_yet(desk, regime)
    desk.report_unanswered(publishing)
