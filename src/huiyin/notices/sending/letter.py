"""A message as HTML for mail programs: the same words, with links that can be pressed. No pictures, nothing fetched."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .message import Message

_BODY = "margin:0;padding:24px;background:#f4f5f7;color:#1f2933;font:16px/1.7 'PingFang SC','Microsoft YaHei',sans-serif"
_ADDRESS = re.compile(r"(https?://[!-~]+)")
_SHEET = "max-width:600px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #d9dee4;border-radius:8px"


def as_html(message: Message) -> str:
    """A whole document; every word of the message is escaped. Styles stand inside, because mail programs drop style sheets."""
    paragraphs = format_html_join("", '<p style="margin:0 0 12px">{}</p>', ((_lines(part),) for part in _parts(message.text)))
    return format_html(
        '<!DOCTYPE html><html lang="{}"><head><meta charset="utf-8"><title>{}</title></head>'
        '<body style="{}"><div style="{}">{}</div></body></html>',
        message.language, message.subject, _BODY, _SHEET, paragraphs,
    )  # fmt: skip


def _parts(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part.strip()]


def _lines(part: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((_linked(line),) for line in part.splitlines()))


def _linked(line: str) -> SafeString:
    """The line with its addresses as links; they may follow a Chinese word without a space."""
    words = _ADDRESS.split(line)
    pieces = ((_link(word) if number % 2 else word,) for number, word in enumerate(words))
    return format_html_join("", "{}", pieces)


def _link(address: str) -> SafeString:
    return format_html('<a href="{}" style="color:#1d5fa8">{}</a>', address, address)
