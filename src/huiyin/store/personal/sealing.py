"""Envelope encryption: each record has its own AES-256-GCM key, which is wrapped by the master key its row names.

Record, wrapping and the row they belong to are bound together: the row's id and organisation enter as additional
data, so a sealed record copied into another row does not open.
"""

import json
import secrets
from dataclasses import fields
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from huiyin.cases.normal_json import normal_json

from .data import PersonalData
from .keys import CURRENT, master_key

_NONCE = 12
_PARTS = tuple(each.name for each in fields(PersonalData))


class SealBroken(RuntimeError):
    """A sealed record does not open: it was changed, moved to another row, or the key is not the right one."""


def seal(record_id: UUID, organisation_id: UUID, data: PersonalData) -> tuple[str, bytes, bytes]:
    """(key id, wrapped key, sealed record) for a row of this id."""
    said = {name: value for name in _PARTS if (value := getattr(data, name))}
    return seal_bytes(record_id, organisation_id, normal_json(said).encode())


def unseal(record_id: UUID, organisation_id: UUID, key_id: str, wrapped: bytes, sealed: bytes) -> PersonalData:
    """The record of a row.

    Raises:
        SealBroken: see there.
    """
    try:
        values: dict[str, Any] = json.loads(unseal_bytes(record_id, organisation_id, key_id, wrapped, sealed))
    except ValueError as error:
        raise _broken(record_id) from error
    return PersonalData(**values)


def seal_bytes(record_id: UUID, organisation_id: UUID, content: bytes) -> tuple[str, bytes, bytes]:
    """(key id, wrapped key, sealed content) for a row of this id."""
    own, bound = AESGCM.generate_key(256), _bound(record_id, organisation_id)
    return CURRENT, _encrypt(_wrapping(master_key(CURRENT)), own, bound), _encrypt(AESGCM(own), content, bound)


def unseal_bytes(record_id: UUID, organisation_id: UUID, key_id: str, wrapped: bytes, sealed: bytes) -> bytes:
    """The content of a row.

    Raises:
        SealBroken: see there.
    """
    bound = _bound(record_id, organisation_id)
    try:
        return _decrypt(AESGCM(_decrypt(_wrapping(master_key(key_id)), bytes(wrapped), bound)), bytes(sealed), bound)
    except (InvalidTag, ValueError) as error:
        raise _broken(record_id) from error


def _broken(record_id: UUID) -> SealBroken:
    return SealBroken(f"加密记录 {record_id} 无法解开：内容被改动，或密钥不对。")


def _bound(record_id: UUID, organisation_id: UUID) -> bytes:
    return record_id.bytes + organisation_id.bytes


@lru_cache(maxsize=8)
def _wrapping(key: bytes) -> AESGCM:
    """The cipher of a master key, made ready once."""
    return AESGCM(key)


def _encrypt(cipher: AESGCM, plain: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + cipher.encrypt(nonce, plain, bound)


def _decrypt(cipher: AESGCM, sealed: bytes, bound: bytes) -> bytes:
    return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
