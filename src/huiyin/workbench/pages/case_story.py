"""The story of a case on its page: entries in words, filtered, with the system's passing notes folded."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.application.story import Entry
from huiyin.site.components import StoryEntry
from huiyin.workbench.words.articles import first_cited
from huiyin.workbench.words.moments import moment_words

GROUPS = ("all", "decision", "contact", "system")
"""Filters of the story; among all of it, what the system noted in passing is folded."""

_ENTRY_ICONS = {
    "Filed": "phone",
    "Assessed": "check",
    "Assigned": "merge",
    "Graded": "trend",
    "WorkDone": "check",
    "WorkSubmitted": "stamp",
    "ApprovalAsked": "stamp",
    "ApprovalVoted": "stamp",
    "ApprovalRejected": "stamp",
    "ActDone": "pen",
    "EvidenceAdded": "clip",
    "EvidenceSealed": "lock",
    "EvidenceOpened": "lock",
    "EvidenceWeighed": "shield",
    "NoticeQueued": "bell",
    "RungReached": "bell",
    "ObligationStarted": "clock",
    "ObligationMet": "clock",
    "ObligationBreached": "alert",
    "ObligationMoved": "clock",
    "DeadlineMoved": "clock",
    "DocumentProduced": "file",
    "DocumentSigned": "pen",
    "AnswersFilled": "star",
    "Suspended": "pause",
    "Resumed": "arrow",
    "Closed": "archive",
    "SanctionConfirmed": "ledger",
    "LedgerBooked": "ledger",
    "BookingReversed": "ledger",
    "AttemptRefused": "lock",
    "Corrected": "pen",
    "Ordered": "flag",
    "CorrectiveOpened": "flag",
    "DutyCalled": "cal",
    "Heard": "merge",
}


def story_entries(opened: Opened, entries: Sequence[Entry], group: str) -> list[StoryEntry]:
    """The entries of a group; among all of them, what the system noted in passing is folded into one line a time."""
    shown_entries: list[StoryEntry] = []
    passing: list[Entry] = []
    for entry in entries:
        if group == "all" and entry.group == "system" and entry.tone == "plain":
            passing.append(entry)
            continue
        if group not in ("all", entry.group):
            continue
        shown_entries += _folded(opened, passing)
        passing = []
        shown_entries.append(_story_entry(opened, entry))
    return shown_entries + _folded(opened, passing)


def _folded(opened: Opened, passing: Sequence[Entry]) -> list[StoryEntry]:
    if not passing:
        return []
    when = moment_words(passing[0].at, opened.world)
    words = _("；").join(entry.sentence_zh for entry in reversed(passing))
    return [StoryEntry(when, "dots", words, at=passing[0].at, folded=True)]


def _story_entry(opened: Opened, entry: Entry) -> StoryEntry:
    article = first_cited(opened.regime, entry.cite)
    own_words = entry.kind in ("Filed", "Closed")  # the matter stands at the top of the page; closing says enough
    facts = "" if own_words else "\n".join(f"{title}：{value}" for title, value in entry.facts)
    return StoryEntry(
        when=moment_words(entry.at, opened.world),
        icon=_icon(opened, entry),
        title=entry.sentence_zh,
        at=entry.at,
        tone=entry.tone,
        cite=article.label,
        cite_text=article.text,
        cite_href=article.href,
        note=entry.who_name,
        quote=entry.body if entry.tone == "approval" else "",
        body="\n".join(filter(None, (facts, "" if own_words or entry.tone == "approval" else entry.body))),
    )


def _icon(opened: Opened, entry: Entry) -> str:
    if opened.regime.is_affair and entry.kind == "Filed":  # nobody called
        return "cal"
    return _ENTRY_ICONS.get(entry.kind, "dots")


def story_groups(chosen: str, entries: Sequence[Entry]) -> list[tuple[str, str, bool, int]]:
    """Filters of the story: key, word, whether chosen, how many."""
    words = {"all": _("全部"), "decision": _("决定"), "contact": _("往来"), "system": _("系统")}
    return [
        (key, words[key], key == chosen, sum(1 for entry in entries if key in ("all", entry.group))) for key in GROUPS
    ]
