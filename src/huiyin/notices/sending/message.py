"""A message ready to go."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """`key` is the same each time this message is sent; `to` the address, empty for a group.

    `language` is that of the words. `ways_href`: where the reader chooses what to be told, empty for who cannot choose.
    `data` is what a system on the other side gets besides the words.
    """

    way: str
    key: str
    to: str
    subject: str
    text: str
    language: str = "zh-hans"
    ways_href: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
