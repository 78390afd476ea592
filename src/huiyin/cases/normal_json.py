"""JSON in the one form that is hashed: keys sorted, no spaces, characters as they are, no NaN."""

from collections.abc import Callable, Iterable
from json import encoder
from typing import Any

_pieces: Callable[[Any, int], Iterable[str]] = encoder.c_make_encoder(  # type: ignore[attr-defined]  # the types leave it out
    None,                       # no check for circles
    encoder.JSONEncoder().default,  # refuses what is no JSON value
    encoder.encode_basestring,
    None,                       # no indent
    ":", ",",
    True,                       # keys sorted
    False, False,               # no other keys than texts, no NaN
)  # fmt: skip
"""What `JSONEncoder(sort_keys=True, …).encode` makes anew in each call: for texts as short as events' that is a third of it."""


def normal_json(value: Any) -> str:
    """A JSON value in the normal form. Raises TypeError for what is none, ValueError for a number that is not finite."""
    return "".join(_pieces(value, 0))
