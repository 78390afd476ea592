"""What can go wrong in the store, said in a sentence a person can act on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, gettext_noop


class StoreError(Exception):
    """Something the caller must tell the user; nothing was written.

    `message_zh` is a whole Chinese sentence, `said` the same in the language of the moment. `words` are marked with
    `gettext_noop`; their values apart.
    """

    def __init__(self, words: str, **values: object) -> None:
        self.words, self.values = words, values
        self.message_zh = words % values if values else words
        super().__init__(self.message_zh)

    @property
    def said(self) -> str:
        """The sentence in the language of whoever reads it; in Chinese where the catalog does not know it."""
        words = gettext(self.words)
        return words % self.values if self.values else words


class StoreUnavailable(StoreError):
    """The database or the disk cannot take the change now: locked, read-only, full, unreachable (HTTP 503)."""


class UnknownCase(StoreError):
    """There is no such case here, or this person may not know of it: both look the same (HTTP 404)."""

    def __init__(self, message_zh: str = gettext_noop("没有找到这件案件；请核对编号。")) -> None:
        super().__init__(message_zh)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened since: when (UTC), by whom (person id), and its Chinese title."""

    at: datetime
    by: str
    title: str


class Conflict(StoreError):
    """The case has moved on since the version the command was based on (HTTP 409)."""

    def __init__(self, version: int, changes: Sequence[Change]) -> None:
        self.version = version
        self.changes = tuple(changes)
        titles = "、".join(dict.fromkeys(change.title for change in changes)) or "新的变化"
        super().__init__(gettext_noop("您打开之后，这件案件有了变化（%(titles)s）。您的操作没有执行，请看过新内容后再办。"), titles=titles)


class KeyReused(StoreError):
    """An idempotency key came again with different content (HTTP 422)."""

    def __init__(self) -> None:
        super().__init__("这个提交编号（Idempotency-Key）已用于另一份内容；请换一个新的编号再提交。")


class UploadRefused(StoreError):
    """A file was not taken; `name` is the name it came with, `reason` one of type, name, size, count, empty."""

    def __init__(self, name: str, reason: str, words: str, **values: object) -> None:
        self.name = name
        self.reason = reason
        super().__init__(words, **values)


class TooManyFilings(StoreError):
    """A body outside has filed as much as it may for now (HTTP 429); nothing was filed.

    `most`: so many within an hour, or with `daily` a day; `retry_after` in seconds.
    """

    def __init__(self, most: int, retry_after: int, *, daily: bool) -> None:
        self.most, self.retry_after, self.daily = most, retry_after, daily
        minutes = -(-retry_after // 60)
        if daily:
            words = gettext_noop("贵单位一天内最多提交%(most)s件，这一件还没有收下；请%(hours)s小时后再交。")
            super().__init__(words, most=most, hours=-(-minutes // 60))
        else:
            words = gettext_noop("贵单位一小时内最多提交%(most)s件，这一件还没有收下；请%(minutes)s分钟后再交。")
            super().__init__(words, most=most, minutes=minutes)


class TooManyAttempts(StoreError):
    """Wrong tracking codes were tried too often (HTTP 429). `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        minutes = max(1, round(retry_after / 60))
        super().__init__(gettext_noop("查询码输错次数太多，请 %(minutes)s 分钟后再试。"), minutes=minutes)
