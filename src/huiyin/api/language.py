"""The language of an answer: Chinese, or English when Accept-Language asks for it (the site's middleware has read it)."""

from django.utils.translation import get_language


def in_english() -> bool:
    """Whether this request wants English."""
    return (get_language() or "").startswith("en")


def say(chinese: str, english: str) -> str:
    """The sentence in the language of this request."""
    return english if in_english() else chinese


REFUSALS_EN: dict[str, str] = {
    "not-yours": "This is somebody else's to do.",
    "not-open-now": "This cannot be done now.",
    "asked-after-due": "The due time has passed; no more time can be asked for.",
    "too-long": "This is longer than the regime allows.",
    "no-more-rounds": "This has been done as often as the regime allows.",
    "missing-field": "Something has not been filled in.",
    "wrong-value": "Something that was filled in does not fit.",
    "still-open": "Something still has to be finished first.",
    "not-approved": "This waits for approval.",
    "conflict-of-interest": "You are concerned in this case, so you may not handle it.",
    "not-qualified": "You are not qualified for this yet.",
    "forbidden-here": "The regime does not allow this.",
    "unmet-requirement": "A requirement is not met.",
    "future-receipt": "The time of receipt is later than now.",
    "undecided": "A fact that is needed to decide this is missing.",
}
"""Refusal code → English sentence; the regime's own words stay in `original`."""

TROUBLES_EN: dict[str, str] = {
    "unknown-case": "There is no such case, or it is not yours to see.",
    "wrong-code": "Number or tracking code is wrong.",
    "conflict": "The case has changed since the version you based this on. Nothing was done; read it again first.",
    "key-reused": "This Idempotency-Key was used for different content. Use a new one.",
    "too-many-attempts": "Too many wrong tracking codes. Try again later.",
    "too-many-filings": "You have filed as much as you may for now; nothing was filed. Try again later.",
    "upload-refused": "A file was not taken.",
    "bad-page-key": "This page key is not one of ours. Start again from the first page.",
    "unavailable": "The data store cannot take this now. Try again later with the same Idempotency-Key; nothing is done twice.",
    "unknown-regime": "No such regime is in force here.",
}
"""Trouble code → English sentence, for what the store says in Chinese."""
