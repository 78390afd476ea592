"""Blind indexes: keyed digests of normalised values, so that equal values are found without being readable.

The organisation enters the digest: the same telephone number in two organisations cannot be linked.
"""

import hmac
from uuid import UUID

from .data import PersonalData, normal_email, normal_id_number, normal_name, normal_phone
from .keys import index_key

IDENTIFYING = ("id-number", "phone", "email")
"""Fields that name one person; a name alone does not."""

TAIL = 4
"""Digits of a telephone number people quote."""


def digest(organisation_id: UUID, field: str, value: str) -> str:
    """The digest of one normalised value, 128 bits in hexadecimal."""
    text = organisation_id.bytes + field.encode() + b"\0" + value.encode()
    return hmac.digest(index_key(), text, "sha256").hex()[:32]


def digests_of(organisation_id: UUID, data: PersonalData) -> dict[str, str]:
    """Field → digest for everything of a person that can be searched."""
    phone = normal_phone(data.phone)
    values = {
        "name": normal_name(data.name),
        "phone": phone,
        "phone-tail": phone[-TAIL:] if len(phone) > TAIL else "",
        "id-number": normal_id_number(data.id_number),
        "email": normal_email(data.email),
    }
    return {field: digest(organisation_id, field, value) for field, value in values.items() if value}
