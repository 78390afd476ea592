"""Pages by key: the next page starts after the last row seen, however many rows there are."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext_noop

from huiyin.store.errors import StoreError

Item = TypeVar("Item")


class BadPageKey(StoreError):
    """A page key that we did not give (HTTP 400)."""

    def __init__(self) -> None:
        super().__init__(gettext_noop("翻页位置无效，请从第一页重新开始。"))


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some rows, and the key of the page after; empty when this is the last."""

    items: tuple[Item, ...]
    next: str = ""


def page_key(*values: Any) -> str:
    """An opaque key made of JSON values."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def read_page_key(key: str, length: int) -> list[Any]:
    """The values of a key. Raises BadPageKey."""
    try:
        values = json.loads(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
    except (ValueError, binascii.Error) as error:
        raise BadPageKey from error
    if not isinstance(values, list) or len(values) != length or not all(isinstance(each, str | int) for each in values):
        raise BadPageKey
    return values
