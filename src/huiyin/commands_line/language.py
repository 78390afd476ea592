"""The language the command line speaks: Chinese, or English with `--lang en` or LANG=en…"""

import os
from collections.abc import Sequence

LANGUAGES = ("zh", "en")
_OPTION = "--lang"

_chosen = "zh"


def choose(language: str) -> None:
    """Speak this language from now on: zh or en."""
    global _chosen  # noqa: PLW0603 - one process speaks one language
    _chosen = language


def chosen() -> str:
    """The language spoken now."""
    return _chosen


def say(chinese: str, english: str) -> str:
    """The sentence in the language spoken now."""
    return english if _chosen == "en" else chinese


def wanted(words: Sequence[str]) -> str:
    """The language these arguments ask for, else the surroundings (LANG), else Chinese."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        asked = following if word == _OPTION else word.removeprefix(f"{_OPTION}=")
        if asked in LANGUAGES and word.startswith(_OPTION):
            return asked
    return "en" if os.environ.get("LANG", "").lower().startswith("en") else "zh"


def in_front(words: Sequence[str]) -> list[str]:
    """The arguments with `--lang` moved to the front, where the command line reads it."""
    front: list[str] = []
    rest: list[str] = []
    following = iter(words)
    for word in following:
        if word == _OPTION:
            front += [word, *[value for value in [next(following, None)] if value is not None]]
        elif word.startswith(f"{_OPTION}="):
            front.append(word)
        else:
            rest.append(word)
    return front + rest
