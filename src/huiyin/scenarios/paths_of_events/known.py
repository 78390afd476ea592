"""What earlier events of a story told, and how rules are named."""

from collections.abc import Iterable, Iterator
from functools import singledispatch

from huiyin.cases import events as ev
from huiyin.cases.state import Obligation, PendingApproval
from huiyin.regime.model import Regime


class Known:
    """What earlier events of the story told: events name obligations, proposals and documents by key."""

    def __init__(self, regime: Regime) -> None:
        self.regime = regime
        self.obligations: dict[str, Obligation] = {}
        self.approvals: dict[str, PendingApproval] = {}
        self.forms: dict[str, str] = {}
        self.samples: dict[str, str] = {}
        self.orders: dict[str, str] = {}

    def work(self, name: str) -> str:
        """The path of a step or act."""
        return f"flow.{name}" if name in self.regime.flow else f"acts.{name}"

    def roles(self, names: Iterable[str]) -> Iterator[str]:
        """Roles of the regime among these names; people of the case are none."""
        return (f"roles.{name}" for name in names if name in self.regime.roles)


def in_file(rule: str) -> str:
    """The rule an event names as its reason, as a path of the regime file."""
    section, _, name = rule.partition(".")
    of_rules = section in ("severity", "accountability") and not name.startswith("measures.")
    return f"{section}.rules.{name}" if of_rules else rule


@singledispatch
def paths_by_kind(_event: ev.Event, _known: Known) -> Iterator[str]:
    """What an event tells by its kind; each kind is registered by the module of its subject."""
    yield from ()
