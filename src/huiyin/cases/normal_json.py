"""JSON in the one form that is hashed: keys sorted, no spaces, characters as they are, no NaN."""

from collections.abc import Callable, Iterable
from json.encoder import JSONEncoder, c_make_encoder, encode_basestring
from typing import Any


def writer(otherwise: Callable[[Any], Any]) -> Callable[[Any], str]:
    """A function that writes values in the normal form.

    `otherwise` says what stands for a value that JSON does not know, or raises. As `JSONEncoder(sort_keys=True, …).encode`,
    which makes the encoder inside it anew in each call: for texts as short as events' that is half the work.
    """
    pieces: Callable[[Any, int], Iterable[str]] = c_make_encoder(
        None,                       # no check for circles
        otherwise,
        encode_basestring,
        None,                       # no indent
        ":", ",",
        True,                       # keys sorted
        False, False,               # no other keys than texts, no NaN
    )  # fmt: skip
    return lambda value: "".join(pieces(value, 0))


normal_json = writer(JSONEncoder().default)
"""A JSON value in the normal form. Raises TypeError for what is none, ValueError for a number that is not finite."""
