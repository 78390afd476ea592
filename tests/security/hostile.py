"""Strings that broke other products: collected by others and read in place, and a few of our own that always run."""

import base64
import json
from functools import cache
from pathlib import Path

import pytest

COLLECTED = Path(__file__).parents[3] / "shared" / "data" / "attack_strings_dev.jsonl"
"""Beside the project where it is developed; never copied into it."""

OURS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE store_event; --",
    "{{ settings.SECRET_KEY }}{% debug %}",
    '=HYPERLINK("http://evil.example","看回执")',
    "林晓雨\x00晓雨",
    "\u202egnp.exe",
    "\ud83d half of a smile",
    "\U0001f600 whole",
    "a" * 5_000,
    "投" * 19_999,
    "%s%n%p {0} ${7*7} #{7*7}",
    "../../../../etc/passwd",
    "\r\nSet-Cookie: huiyin_session=stolen",
    "\x1b[2J\x07\x08",
    "ﷺ" * 300,
    "İıſK",
    "\u0000",
    " ",
    "\u200b\u2066\u2069",
)
"""Short, telling, and written by us."""


@cache
def collected() -> tuple[str, ...]:
    """The collected strings as text: what is no UTF-8 comes as half surrogates, as a careless client would send it."""
    lines = COLLECTED.read_text(encoding="utf-8").splitlines()
    raw = (base64.b64decode(json.loads(line)["string_b64"]) for line in lines)
    return tuple(dict.fromkeys(each.decode("utf-8", "surrogateescape") for each in raw))


def strings() -> tuple[str, ...]:
    """Ours and, where they are, the collected ones."""
    if not COLLECTED.is_file():
        pytest.skip("../shared/data/attack_strings_dev.jsonl 不在这台机器上；自带的字符串另有测试。")
    return collected()


def sendable(text: str) -> str:
    """The text as a browser or HTTP client can send it: half surrogates become replacement characters."""
    return text.encode("utf-8", "replace").decode("utf-8")
