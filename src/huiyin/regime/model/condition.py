"""What the core asks of a compiled condition; `huiyin.regime.expressions` provides it."""

from collections.abc import Mapping
from typing import Any, Protocol

ConditionScope = Any  # `huiyin.regime.expressions.scope.Scope`: a protocol too wide to repeat here


class Condition(Protocol):
    """A checked expression, compiled once.

    `evaluate` raises `huiyin.regime.expressions.Undecided` when a field it needs is empty.
    """

    @property
    def source(self) -> str:
        """The expression as the rule writer wrote it."""
        ...

    @property
    def reads(self) -> frozenset[str]:
        """Dotted paths it reads, such as `matter.harm`."""
        ...

    @property
    def calls(self) -> frozenset[str]:
        """Functions it may ask, such as `happened`."""
        ...

    @property
    def events(self) -> frozenset[str]:
        """Events it asks about by name, such as `risk-flagged`."""
        ...

    def evaluate(self, scope: ConditionScope) -> Any:
        """The value under this scope."""
        ...

    def values(self, scope: ConditionScope) -> Mapping[str, Any]:
        """The values it read, by path: the reason shown on screen."""
        ...
