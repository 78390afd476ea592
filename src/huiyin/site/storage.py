"""Static files under addresses that change with their content, so that browsers may keep them for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@lru_cache(maxsize=256)
def content_digest(name: str) -> str:
    """The first ten hexadecimal digits of the SHA-256 of a static file; empty when there is no such file."""
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10] if found else ""


class VersionedStaticFiles(StaticFilesStorage):
    """Adds ?v=DIGEST to each address. The digest is computed once per process (each time when debugging)."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        if settings.DEBUG:
            content_digest.cache_clear()
        digest = content_digest(name) if name else ""
        return f"{address}?v={digest}" if digest else address
