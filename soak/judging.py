"""What has to be true after all: everything that fell due has exactly its notices, and each was sent at least once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from typing import Any

from huiyin.application.upkeep import verify
from huiyin.cases.events import RungReached
from huiyin.notices.composing import ALONE
from huiyin.notices.models import Delivery, State
from huiyin.organisations.models import Organisation
from huiyin.store.loading import load_many
from huiyin.store.log import read_event
from huiyin.store.models import CaseRow, EventRow, NoticeRow, OutboxRow
from huiyin.store.subjects import COMPLAINANT


def findings(organisation: Organisation, mails: Iterable[EmailMessage], hooks: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """Everything that is not as it should be, in words; nothing when all is well."""
    for finding in verify(organisation):
        yield f"verify: {finding}"
    yield from rungs({0, 1, 2})
    yield from notices()
    yield from _deliveries({str(mail["Message-ID"]) for mail in mails}, {headers["webhook-id"] for _, headers, _ in hooks})


def rungs(expected: set[int]) -> Iterator[str]:
    """Each of these rungs of each limit that ran past it was reached exactly once, each missed limit was recorded once."""
    reached = Counter(
        (str(row.case_id), event.key, event.rung)
        for row in EventRow.objects.filter(kind="RungReached").iterator()
        if isinstance(event := read_event(row), RungReached)
    )
    breached = Counter(str(case) for case in EventRow.objects.filter(kind="ObligationBreached").values_list("case_id", flat=True))
    yield from (f"rung twice: {rung}" for rung, times in reached.items() if times > 1)
    yield from (f"missed twice: {case}" for case, times in breached.items() if times > 1)
    rows = list(CaseRow.objects.filter(regime="service"))
    found = load_many(rows)
    for row in rows:
        for key, owed in found[row.id].case.obligations.items():
            if owed.status != "overdue":
                continue
            found_rungs = {rung for case, of, rung in reached if (case, of) == (str(row.id), key)}
            if found_rungs != expected:
                yield f"{row.number}: reached {sorted(found_rungs)} of {len(expected)} rungs"
            if breached[str(row.id)] != 1:
                yield f"{row.number}: missed {breached[str(row.id)]} times"


def notices() -> Iterator[str]:
    """Everything in the outbox was delivered, to everybody it was for and to nobody else, once each."""
    for row in OutboxRow.objects.iterator():
        if row.done_at is None:
            yield f"outbox not done: {row.key}"
        expected = {f"{row.key}:{subject}" for subject in row.payload.get("to", ())}
        found = set(NoticeRow.objects.filter(key__startswith=f"{row.key}:").values_list("key", flat=True))
        if found != expected:
            yield f"notices of {row.key}: {sorted(found ^ expected)}"


def _deliveries(mails: set[str], hooks: set[str]) -> Iterator[str]:
    states = Counter(Delivery.objects.values_list("state", flat=True))
    if set(states) - {State.SENT}:
        yield f"not all sent: {dict(states)}"
    told = sum(any(to != COMPLAINANT for to in row.payload.get("to", ())) for row in OutboxRow.objects.iterator())
    for way in ("email", "webhook"):
        made = Delivery.objects.filter(channel__way=way)
        if way == "webhook" and made.count() != told:
            yield f"webhook: {made.count()} messages for {told} things told"
        keys = made.values("folded", "key")
        distinct = len({row["key"] if row["folded"] == ALONE else row["folded"] for row in keys})
        came = mails if way == "email" else hooks
        if len(came) != distinct:
            yield f"{way}: {distinct} messages, {len(came)} identities came"
