"""Text for full-text search: folded, and split into single characters so that any two neighbours can be found."""

import unicodedata
from collections.abc import Iterator
from functools import cache

from opencc import OpenCC

_PRIVATE_USE = "x"
_LAST_OF_BASIC_PLANE = "\uffff"


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """Compatibility forms, case and traditional characters folded: ＡＢＣ → abc, 電梯 → 电梯."""
    folded: str = _to_simplified().convert(unicodedata.normalize("NFKC", text).casefold())
    return folded


def characters(text: str) -> Iterator[str]:
    """The letters and digits of a folded text, one by one, each as a token an index understands.

    Punctuation and spaces are left out, on both sides, so 收费，问题 is found by 收费问题. Characters beyond the Basic
    Multilingual Plane (𠮷) are spelled as their code, since tokenisers do not know all of them.
    """
    folded = fold(text)
    letters = filter(str.isalnum, folded)
    if max(folded, default="") <= _LAST_OF_BASIC_PLANE:
        return letters
    return (letter if letter <= _LAST_OF_BASIC_PLANE else f"{_PRIVATE_USE}{ord(letter):x}" for letter in letters)


def indexed(text: str) -> str:
    """The text as indexed: tokens with spaces between."""
    return " ".join(characters(text))
