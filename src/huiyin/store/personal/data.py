"""What we may know of a person, how it is brought into one form, and how it looks when masked."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyin.cases.values import PRIVATE
from huiyin.records import made_quickly

HIDDEN = PRIVATE
"""Stands in a case for a private value; the value itself lies sealed beside the case."""

_NOT_DIGITS = re.compile(r"\D")


@made_quickly
@dataclass(frozen=True, slots=True)
class PersonalData:
    """Personal data of one person as entered; everything may be empty. `other` holds further private values by name."""

    name: str = ""
    phone: str = ""
    address: str = ""
    id_number: str = ""
    email: str = ""
    other: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any((self.name, self.phone, self.address, self.id_number, self.email, self.other))

    def masked(self) -> "PersonalData":
        """The same with everything but a little hidden, to be shown where the viewer need not know more."""
        return PersonalData(
            name=mask_name(self.name),
            phone=mask_phone(self.phone),
            address=mask_address(self.address),
            id_number=mask_id_number(self.id_number),
            email=mask_email(self.email),
            other=dict.fromkeys(self.other, HIDDEN),
        )


def normal_name(name: str) -> str:
    """A name for comparing: compatibility forms folded, no spaces or middle dots, lower case."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def normal_phone(phone: str) -> str:
    """Digits only, without the country's prefix (+86, 0086)."""
    digits = _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", phone))
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and len(digits) - len(prefix) >= 11:
            return digits[len(prefix) :]
    return digits


def normal_id_number(number: str) -> str:
    """Letters and digits in upper case."""
    if not number:
        return ""
    folded = unicodedata.normalize("NFKC", number).upper()
    return "".join(letter for letter in folded if letter.isalnum())


def normal_email(email: str) -> str:
    """Without spaces, lower case."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def mask_name(name: str) -> str:
    """林晓雨 → 林**; an organisation's long name keeps two characters."""
    name = name.strip()
    if len(name) <= 1:
        return "*" * len(name)
    shown = 1 if len(name) <= 4 else 2
    return name[:shown] + "*" * min(len(name) - shown, 4)


def mask_phone(phone: str) -> str:
    """13800005521 → 138****5521; a short number keeps its last two digits."""
    digits = normal_phone(phone)
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * max(0, len(digits) - 2) + digits[-2:] if len(digits) > 4 else "*" * len(digits)


def mask_id_number(number: str) -> str:
    """First three and last two places of an identity number."""
    cleaned = normal_id_number(number)
    return f"{cleaned[:3]}{'*' * (len(cleaned) - 5)}{cleaned[-2:]}" if len(cleaned) >= 10 else "*" * len(cleaned)


def mask_address(address: str) -> str:
    """The first six characters: enough for the district."""
    address = address.strip()
    return address[:6] + "****" if len(address) > 6 else "*" * len(address)


def mask_email(email: str) -> str:
    """The first letter and the domain."""
    name, at, domain = email.strip().partition("@")
    return f"{name[:1]}***@{domain}" if at else "*" * len(name)
