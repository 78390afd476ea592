"""What went out of the house, in words: about one case, and all of it for administrators."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.application.outgoing import sent_for
from huiyin.application.world import World
from huiyin.notices.models import Delivery, State
from huiyin.workbench.words.moments import moment_words


@dataclass(frozen=True, slots=True)
class SentRow:
    """One message: to whom, which way, what about, how far it is, what went wrong. The address stands there masked."""

    to: str
    way: str
    title: str
    state: str
    why: str
    failed: bool


@dataclass(frozen=True, slots=True)
class OutgoingLine:
    """One message in the list of all: its title with the number of its case, to whom and which way in one line, and when.

    `number` and `href` are empty for messages that belong to no case.
    """

    row: Delivery
    title: str
    to: str
    way: str
    number: str
    href: str
    when: str


def sent_rows(opened: Opened) -> list[SentRow]:
    """Messages about the case, newest first."""
    return [_sent_row(opened, each) for each in sent_for(opened.row.id)]


def _sent_row(opened: Opened, each: Delivery) -> SentRow:
    hidden = each.recipient == "complainant" and "complainant" in opened.sight.hidden
    to, way = _recipient(opened.world, each), str(each.channel.get_way_display())
    if each.address and each.recipient != "group" and not hidden:
        way = f"{way} {each.address}"
    when = moment_words(each.ended_at or each.not_before, opened.world)
    words = {
        State.SENT: _("%(when)s送达对方系统"),
        State.WAITING: _("等待发送，最早%(when)s"),
        State.DEAD: _("%(when)s发送失败"),
        State.DROPPED: _("不再发送"),
        State.HELD: _("演练，没有发出"),
    }
    state = State(each.state)
    why = each.why if state in (State.DEAD, State.WAITING) else ""
    title = str(each.contents.get("title", ""))
    return SentRow(to, way if way != to else "", title, words[state] % {"when": when}, why, state == State.DEAD)


def outgoing_lines(world: World, rows: Iterable[Delivery]) -> list[OutgoingLine]:
    """The list of all messages in a state."""
    return [_line(world, each) for each in rows]


def _line(world: World, each: Delivery) -> OutgoingLine:
    number = str(each.contents.get("case.number", ""))
    href = reverse("desk-case", args=[number]) if number else ""
    when = each.ended_at or (each.not_before if each.state == State.WAITING else each.made_at)
    title = each.subject or str(each.contents.get("title", ""))
    title = title if number in title else f"{title}（{number}）"
    to = _recipient(world, each)
    way = " · ".join(dict.fromkeys(filter(None, (to, each.channel.title, each.address))))
    return OutgoingLine(each, title, to, way, number, href, moment_words(when, world))


def _recipient(world: World, each: Delivery) -> str:
    kind, _sep, name = each.recipient.partition(":")
    match kind:
        case "person":
            return world.people.name_of(name)
        case "complainant":
            return _("投诉人")
        case "party" | "source":
            return str(each.contents.get("recipient", "")) or _("外部单位")
        case "test":
            return _("测试")
        case _:
            return each.channel.title
