"""Codes of blind samples: each from a register of its own, scrambled by a key, so that nobody can tell where it came from.

The nth code of a register is n, put through a permutation of all numbers of as many digits (a Feistel network with
HMAC-SHA256, walking on until the result has the right size). So two codes are never the same, no table of codes is
needed, and without the key file, which is outside the database, neither the order nor the next code can be guessed.
"""

import hashlib
import hmac
import re
from datetime import date

from .personal.keys import receipt_key

_PLACE = re.compile(r"\{code:(\d{1,2})\}")
_ROUNDS = 8


def scrambled_code(pattern: str, day: date, serial: int, register: str) -> str:
    """The code for the `serial`th sample, e.g. `B30718` for `B{code:5}`. `register` tells organisations apart."""
    place = _PLACE.search(pattern)
    wanted = int(place[1]) if place else 4
    digits = max(wanted, len(str(serial)))  # a register that outgrows its pattern gets longer codes
    low = 10 ** (digits - 1) if digits > wanted else 0
    number = low + _permuted(serial - low, 10**digits - low, f"{register} {pattern} {digits}".encode())
    return _PLACE.sub(str(number).zfill(digits), pattern).replace("{year}", str(day.year))


def _permuted(value: int, size: int, purpose: bytes) -> int:
    """Where `value` goes in a permutation of 0 … size-1."""
    half = max((size - 1).bit_length() + 1, 2) // 2
    key = hmac.new(receipt_key(), b"blind\0" + purpose, hashlib.sha256).digest()
    while True:
        value = _feistel(value, half, key)
        if value < size:
            return value


def _feistel(value: int, half: int, key: bytes) -> int:
    mask = (1 << half) - 1
    left, right = value >> half, value & mask
    for number in range(_ROUNDS):
        mixed = hmac.new(key, bytes([number]) + right.to_bytes(8, "big"), hashlib.sha256).digest()
        left, right = right, left ^ (int.from_bytes(mixed[:8], "big") & mask)
    return left << half | right
