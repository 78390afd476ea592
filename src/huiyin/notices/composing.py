"""Making messages ready to go: addresses looked up, words filled in, many reminders to one person folded into one.

After a night or a breakdown a person may have many reminders waiting. One message that lists them says more than thirty.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote
from uuid import UUID

import structlog
from django.conf import settings
from django.utils.translation import gettext_noop

from huiyin.organisations.clock import now_of
from huiyin.organisations.models import Organisation, Staff
from huiyin.organisations.uuid7 import uuid7
from huiyin.store.personal.data import mask_email, mask_phone
from huiyin.store.personal.records import COMPLAINANT, OUTSIDE, readable_records_of
from huiyin.store.receipts import invitation_code
from huiyin.store.sentences import kept

from .choosing import NOWHERE, Reach, reach_of
from .kinds import EMAIL, ORDER, REMINDER, SMS, WAYS, Way
from .models import ALONE, Channel, Delivery
from .sending import Message
from .sources import addresses_of
from .wording import DIGEST, TEST, TO_COMPLAINANT, TO_PARTY, TO_SOURCE, Text, Wordings, fill, wordings_of

_log = structlog.get_logger(__name__)
NO_WORDS = Text("", "")

FOLD_FROM = 4
"""So many reminders waiting for one person on one channel go as one message."""

MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class Composed:
    """One message for one or more rows. `message` None: it cannot be sent, `trouble` says why.

    `noted` is what the log keeps of the words: those sent, with a mark in place of a name or a code.
    """

    rows: Sequence[Delivery]
    message: Message | None
    noted: Text = NO_WORDS
    address: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class _Addressee:
    name: str
    address: str
    language: str
    readable: bool = True


def compose(channel: Channel, rows: Sequence[Delivery]) -> list[Composed]:
    """Messages for rows of one channel, in their order. A number of queries that does not grow with the rows."""
    organisation = channel.organisation
    found = _addressees(organisation, channel.way, rows)
    wordings = wordings_of([organisation.pk])[organisation.pk]
    composed = []
    for group in _folded(rows):
        try:
            composed.append(_compose(channel, group, found.get((group[0].case_id, group[0].recipient), _NOBODY), wordings))
        except Exception as error:  # noqa: BLE001 - one message that cannot be made must not hold up the others
            _log.exception("message-not-made", message=str(group[0].pk))
            trouble = kept(gettext_noop("消息没有做成，程序出错：%(why)s。"), why=type(error).__name__)
            composed.append(Composed(group, None, trouble=trouble))
    return composed


_KNOWN_HERE = ("person:", "source:", "group")
"""Recipients whose addresses do not lie sealed beside the case."""

_NOBODY = _Addressee("", "", "zh-hans")
_MARK = "…"


def _folded(rows: Sequence[Delivery]) -> list[list[Delivery]]:
    """Rows that go together. What was begun is kept, alone or folded, so that a second try says the same under the same key.

    A first try may have reached the other side although its worker died before it could write that down.
    """
    alone: list[list[Delivery]] = []
    begun: dict[str, list[Delivery]] = defaultdict(list)
    reminders: dict[str, list[Delivery]] = defaultdict(list)
    for row in rows:
        if row.folded == ALONE:
            alone.append([row])
        elif row.folded:
            begun[row.folded].append(row)
        elif row.message in (REMINDER, ORDER) and row.recipient != "group":
            reminders[row.recipient].append(row)
        else:
            alone.append([row])
    for together in reminders.values():
        if len(together) < FOLD_FROM:
            alone += [[row] for row in together]
            continue
        fold = str(uuid7())
        for row in together:
            row.folded = fold
        Delivery.objects.filter(id__in=[row.id for row in together]).update(folded=fold)
        alone.append(together)
    for (row, *others) in alone:
        if not others:
            row.folded = ALONE
    Delivery.objects.filter(id__in=[group[0].id for group in alone if len(group) == 1]).update(folded=ALONE)
    return sorted([*alone, *begun.values()], key=lambda group: (group[0].not_before, group[0].id))


def _addressees(
    organisation: Organisation, way: str, rows: Iterable[Delivery]
) -> Mapping[tuple[UUID, str], _Addressee]:
    """(case, recipient) → who that is and where."""
    rows = list(rows)
    persons = {row.recipient.removeprefix("person:") for row in rows if row.recipient.startswith("person:")}
    reach: Mapping[str, Reach] = reach_of(organisation.pk, persons) if persons else {}
    here = Staff.objects.filter(organisation=organisation, person__in=persons) if persons else Staff.objects.none()
    names = dict(here.values_list("person", "name"))
    strangers = {row.case_id for row in rows if not row.recipient.startswith(_KNOWN_HERE)}
    filers = {row.recipient.removeprefix("source:") for row in rows if row.recipient.startswith("source:")}
    sources = addresses_of(organisation.pk, filers, now_of(organisation)) if filers else {}
    records, unreadable = readable_records_of(strangers)
    found: dict[tuple[UUID, str], _Addressee] = {}
    for row in rows:
        if row.case_id in unreadable and not row.recipient.startswith(_KNOWN_HERE):
            found[row.case_id, row.recipient] = replace(_NOBODY, readable=False)
        elif row.recipient.startswith("person:"):
            person = row.recipient.removeprefix("person:")
            reached = reach.get(person, NOWHERE)
            found[row.case_id, row.recipient] = _Addressee(names.get(person, ""), reached.address(way), reached.language)
        elif row.recipient == "complainant":
            data = records.get(row.case_id, {}).get(COMPLAINANT)
            address = {EMAIL: data.email, SMS: data.phone}.get(way, "") if data else ""
            found[row.case_id, row.recipient] = _Addressee(data.name if data else "", address, "zh-hans")
        elif row.recipient.startswith("party:"):
            parties = records.get(row.case_id, {}).get(OUTSIDE)
            address = parties.other.get(row.recipient.removeprefix("party:"), "") if parties else ""
            found[row.case_id, row.recipient] = _Addressee(str(row.contents.get("recipient", "")), address, "zh-hans")
        elif row.recipient.startswith("source:"):
            address = sources.get(row.recipient.removeprefix("source:"), "")
            found[row.case_id, row.recipient] = _Addressee(str(row.contents.get("recipient", "")), address, "zh-hans")
    return found


def _compose(channel: Channel, rows: Sequence[Delivery], to: _Addressee, wordings: Wordings) -> Composed:
    first, way = rows[0], WAYS[channel.way]
    if not to.readable:
        return Composed(rows, None, trouble=kept(gettext_noop("收信人的地址解不开，请系统运维人员运行 huiyin verify。")))
    if way.personal and not to.address and first.message != TEST:
        return Composed(rows, None, trouble=kept(gettext_noop("没有可用的地址。")))
    address = first.contents.get("address", "") if first.message == TEST else to.address
    name = DIGEST if len(rows) > 1 else first.message
    values = _values(rows, to, channel.organisation)
    is_open = any(row.open for row in rows)
    wording = wordings.text(name, str(first.contents.get("regime.id", "")), to.language, is_open=is_open)
    text = _fitting(wording, values, way)
    data = {
        "type": f"huiyin.{name}",
        "organisation": channel.organisation.slug,
        "case": first.contents.get("case.number", ""),
        "title": first.contents.get("title", ""),
        "link": values["link"],
    }
    message = Message(
        way=channel.way,
        key=first.key if first.folded == ALONE else first.folded,
        to=address,
        subject=text.subject,
        text=text.text,
        language=to.language,
        ways_href=_below("/desk/notices/ways/") if first.recipient.startswith("person:") else "",
        data=data,
    )
    masked = {EMAIL: mask_email, SMS: mask_phone}.get(channel.way, lambda _address: channel.title)(address)
    noted = _fitting(wording, values | {name: _MARK for name in ("recipient", "code") if values.get(name)}, way)
    return Composed(rows, message, noted, masked)


def _fitting(wording: Text, values: Mapping[str, str], way: Way) -> Text:
    """The words, cut to what the way carries; contents are shortened before the rest, so that a link at the end stays whole."""
    text = fill(wording, values)
    for name in ("lines", "text", "title"):
        over = len(text.text) - way.most
        if way.most and over > 0 and values.get(name):
            values = {**values, name: values[name][: max(0, len(values[name]) - over - 1)] + _MARK}
            text = fill(wording, values)
    return replace(text, text=text.text[:way.most]) if way.most else text


def _values(rows: Sequence[Delivery], to: _Addressee, organisation: Organisation) -> dict[str, str]:
    first = rows[0]
    values = {name: str(value) for name, value in first.contents.items()}
    values["recipient"] = to.name
    values["link"] = link_to(first, organisation)
    if first.message == TO_PARTY:
        key = first.recipient.removeprefix("party:")
        values["code"] = invitation_code(first.case_id, key, int(first.contents.get("issue", 0)))
    if len(rows) > 1:
        lines = [f"· {row.contents['title']}（{row.contents['case.number']}）" for row in rows[:MOST_LINES]]
        lines += ["……"] if len(rows) > MOST_LINES else []
        values |= {"count": str(len(rows)), "lines": "\n".join(lines), "link": _below("/desk/")}
    return values


def link_to(row: Delivery, organisation: Organisation) -> str:
    """Where the recipient reads on; empty as long as the operator has not said under which address we are reached."""
    number = row.contents.get("case.number", "")
    if row.message == TO_PARTY:
        return _below(f"/o/{organisation.slug}/outside/{quote(number)}/{row.recipient.removeprefix('party:')}/")
    if row.message == TO_SOURCE:
        return _below(f"/o/{organisation.slug}/source/{row.recipient.removeprefix('source:')}/")
    return _below("/track/" if row.message == TO_COMPLAINANT else f"/desk/cases/{number}/" if number else "/desk/")


def _below(path: str) -> str:
    return settings.HUIYIN_URL.rstrip("/") + path if settings.HUIYIN_URL else ""
