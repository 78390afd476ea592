"""Text for full-text search: folded, and cut into overlapping pairs of neighbours, so that any part of it can be found.

Pairs and not single characters: where each of two characters stands in most cases, hardly any may have them side by
side, and the index must not look through all cases to learn that. Of digits and Latin letters there are too few for pairs
to tell cases apart (every number has a year in it), so of these always three go together.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from operator import add
from typing import NamedTuple

from opencc import OpenCC

_CODED = "ᚁ"
"""Begins the spelling of a character by its code: a letter of Ogham, so that no text of today has it."""

_LAST_OF_BASIC_PLANE = "\uffff"
_THREE_OR_MORE = re.compile("[0-9a-z]{3,}")
_FEW = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
"""Characters of which three go together."""


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
    return (letter if letter <= _LAST_OF_BASIC_PLANE else f"{_CODED}{ord(letter):x}" for letter in letters)


def grams(text: str) -> list[str]:
    """What is indexed of a text: a gram for each character, which begins with it and goes on with the next one.

    电梯a123 → 电梯, 梯a, a12, 123, 23, 3. The last ones lack neighbours; whoever looks for a part of the text asks for
    them as beginnings of grams (`asked`).
    """
    return _grams(list(characters(text)))


class Asked(NamedTuple):
    """Grams that stand one after the other wherever the words do; the last may be the `beginning` of a gram."""

    grams: list[str]
    beginning: bool


def asked(word: str, most: int) -> Asked | None:
    """By which grams a word is found, or its first characters if it has more than so many; None when it has none."""
    letters = list(characters(word))[:most]
    if not letters:
        return None
    found = _grams(letters)
    if len(letters) == 1:
        return Asked(found, beginning=True)
    del found[-1]       # the pair before holds the last character
    if not _FEW.issuperset(letters[-2:]):
        return Asked(found, beginning=False)
    if len(letters) > 2 and letters[-3] in _FEW:
        del found[-1]   # the three before hold both
        return Asked(found, beginning=False)
    return Asked(found, beginning=True)


def _grams(letters: list[str]) -> list[str]:
    found = list(map(add, letters, [*letters[1:], ""]))
    text = "".join(letters)
    if len(text) != len(letters):
        text = "".join(letter if len(letter) == 1 else _LAST_OF_BASIC_PLANE for letter in letters)
    for run in _THREE_OR_MORE.finditer(text):
        for start in range(run.start(), run.end() - 2):
            found[start] = text[start : start + 3]
    return found


def indexed(text: str) -> str:
    """The text as indexed: grams with spaces between."""
    return " ".join(grams(text))
