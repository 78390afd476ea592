"""Tracking codes: what the complainant gets with the number. The database does not hold them in any form.

A code is derived from the case's id by the receipt key, a file outside the database. So a filing that comes again under
its key shows the same code, and nobody reads codes from a stolen database. 8 characters of 32: 40 bits.
"""

import hmac
from uuid import UUID

from .personal.keys import receipt_key

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which people mix up on the phone."""

LENGTH = 8


def code_of(case_id: UUID, issue: int = 0) -> str:
    """The code as shown, e.g. `K7QF-3MXA`. `issue` 0 is the code of the receipt; each further one voids those before."""
    return _derived(case_id.bytes if issue == 0 else b"issue\0" + case_id.bytes + str(issue).encode())


def code_fits(case_id: UUID, typed: str, issue: int = 0) -> bool:
    """Whether that is the code; case, spaces and hyphens do not matter. Takes the same time either way."""
    return _same(code_of(case_id, issue), typed)


def invitation_code(case_id: UUID, key: str, issue: int = 0) -> str:
    """The code that goes with a link for a party outside; `key` is the invitation's within the case, `issue` as above."""
    renewed = f"\0{issue}" if issue else ""
    return _derived(b"invitation\0" + case_id.bytes + f"{key}{renewed}".encode("utf-8", "replace"))


def invitation_code_fits(case_id: UUID, key: str, typed: str, issue: int = 0) -> bool:
    """As `code_fits`, for an invitation."""
    return _same(invitation_code(case_id, key, issue), typed)


def _derived(subject: bytes) -> str:
    digest = hmac.digest(receipt_key(), subject, "sha256")
    letters = "".join(ALPHABET[byte & 31] for byte in digest[:LENGTH])
    return f"{letters[:4]}-{letters[4:]}"


def _same(code: str, typed: str) -> bool:
    cleaned = "".join(letter for letter in typed.upper() if letter.isalnum()).encode("utf-8", "replace")
    return hmac.compare_digest(code.replace("-", "").encode(), cleaned)
