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
        return gettext(sentence) % values if values else gettext(sentence)
    except (ValueError, TypeError, KeyError):
        return gettext(text)
