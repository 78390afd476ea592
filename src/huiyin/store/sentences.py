"""Sentences that are kept in a table and read later, each in the language of whoever reads them.

What is kept is the Chinese sentence with its places, marked for the catalog with `gettext_noop`, and the values apart.
"""

import json

from django.utils.translation import gettext

LONGEST_VALUE = 400
"""Characters of a value; what others tell us may be of any length."""


def kept(sentence: str, **values: object) -> str:
    """The sentence as it is kept: `kept(gettext_noop("对方应答 %(status)s"), status=500)`."""
    said = {name: value if isinstance(value, int) else str(value)[:LONGEST_VALUE] for name, value in values.items()}
    return json.dumps([sentence, said], ensure_ascii=False)


def read(text: str) -> str:
    """A kept sentence in the language of the moment; a text of any other form is given as it is, translated if known."""
    if not text:
        return ""
    try:
        sentence, values = json.loads(text)
        said = gettext(sentence)
        return said % values if values else said
    except (ValueError, TypeError, KeyError):
        return gettext(text)


class SentenceError(Exception):
    """An error that says what to do in a sentence; `sentence` is to be kept, the text is in the language of the moment.

    `words` and `values` are what it is made of.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        """`sentence` is marked with `gettext_noop`; its values apart."""
        self.words, self.values = sentence, values
        self.sentence = kept(sentence, **values)
        super().__init__(self.sentence)

    def __str__(self) -> str:
        said = gettext(self.words)
        return said % self.values if self.values else said
