"""The keys of the store: files in the data folder, outside database and backup of the database.

`personal-1` is the master key that wraps the records' own keys; `index` keys blind indexes and fingerprints; `receipt`
gives the tracking codes. A new master key gets the next number; rows name the key they were wrapped with.
"""

from functools import cache
from pathlib import Path

from django.conf import settings

from huiyin.site.keys import load_or_create_key

CURRENT = "personal-1"
"""The master key new records are wrapped with."""


@cache
def _key(folder: str | Path, name: str) -> bytes:
    return load_or_create_key(Path(folder), name)


def master_key(key_id: str) -> bytes:
    """A master key by the id a row names."""
    return _key(settings.HUIYIN_DATA, key_id)


def index_key() -> bytes:
    """The key of blind indexes and fingerprints."""
    return _key(settings.HUIYIN_DATA, "index")


def receipt_key() -> bytes:
    """The key of tracking codes."""
    return _key(settings.HUIYIN_DATA, "receipt")
