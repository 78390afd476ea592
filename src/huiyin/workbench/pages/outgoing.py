"""What went out of the house about a case, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.application.outgoing import sent_for
from huiyin.notices.models import Delivery, State
from huiyin.workbench.words.moments import moment_words


@dataclass(frozen=True, slots=True)
class SentRow:
    """One message: to whom, which way, what about, how far it is. The address stands there masked."""

    to: str
    way: str
    title: str
    state: str
    failed: bool


def sent_rows(opened: Opened) -> list[SentRow]:
    """Messages about the case, newest first."""
    return [_row(opened, each) for each in sent_for(opened.row.id)]


def _row(opened: Opened, each: Delivery) -> SentRow:
    kind, _sep, name = each.recipient.partition(":")
    if kind == "person":
        to = opened.world.people.name_of(name)
    elif kind == "complainant":
        to = _("投诉人")
    else:
        to = each.channel.title
    hidden = kind == "complainant" and "complainant" in opened.sight.hidden
    way = str(each.channel.get_way_display())
    if each.address and kind != "group" and not hidden:
        way = f"{way} {each.address}"
    when = moment_words(each.ended_at or each.not_before, opened.world)
    words = {
        State.SENT: _("%(when)s送达对方系统"),
        State.WAITING: _("等待发送"),
        State.DEAD: _("发送失败"),
        State.DROPPED: _("不再发送"),
        State.HELD: _("演练，没有发出"),
    }
    title = str(each.contents.get("title", ""))
    return SentRow(to, way, title, words[State(each.state)] % {"when": when}, each.state == State.DEAD)
