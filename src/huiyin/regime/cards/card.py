"""A rule as a card: what it is called, what it says aspect by aspect, on which articles it rests."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Card:
    """One rule in Chinese words.

    `path` is where it stands in the file (`flow.register`), `kind` what sort of rule it is (环节, 时限). `says` maps an
    aspect (由谁办, 审批) to words; the aspect without a name is what the rule is mainly about, such as the figure of a limit.
    """

    path: str
    kind: str
    title: str
    says: Mapping[str, str] = field(default_factory=dict)
    cite: tuple[str, ...] = ()
    note: str = ""

    @property
    def section(self) -> str:
        """The part of the file it stands in: `flow`, `limits`, `accountability`."""
        return self.path.partition(".")[0]


def filled(says: Mapping[str, str]) -> dict[str, str]:
    """The aspects about which something is said."""
    return {aspect: words for aspect, words in says.items() if words}
