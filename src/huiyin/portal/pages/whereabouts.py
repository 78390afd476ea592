"""Where a matter has gone, or where the complainant is to turn: the body outside, how to reach it, how far its transfer is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.cases.state import TransferOut
from huiyin.site.components import Fact

from .moments import moment_words, short_day


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What the page says: a heading, a sentence on what happens there, how to reach the body."""

    title: str
    sentence: str
    name: str
    facts: list[Fact]
    phone: str
    website: str


def whereabouts_of(opened: Opened) -> Whereabouts | None:
    """None where no body outside comes into play, or where it gave the matter back."""
    case = opened.case
    body = case.body
    if body is None:
        return None
    transfer = case.transfer
    moved = case.assessment == "transfer"
    number = case.transfer_number if transfer else ""
    rows = [(_("移送文号"), number), (_("对方编号"), transfer.their_number if transfer else ""), (_("管什么"), body.remit),
            (_("地址"), body.address), (_("办公时间"), body.hours), (_("电子邮箱"), body.email)]  # fmt: skip
    return Whereabouts(
        title=_("移送到哪里") if moved else _("请向哪里反映"),
        sentence=_how_far(opened, transfer) if moved else _("这件事由下面的单位办理，您可以直接去反映。"),
        name=body.name,
        facts=[Fact(label, value) for label, value in rows if value],
        phone=body.phone,
        website=body.website if body.website.startswith(("https://", "http://")) else "",
    )


def _how_far(opened: Opened, transfer: TransferOut | None) -> str:
    if transfer is None:
        return _("已经移送，由下面的单位办理。")
    zone, now = opened.world.calendar.zone, opened.world.now
    if transfer.sent_at is None:
        return _("已经决定移送，发出后会告诉您移送文号。")
    when = moment_words(transfer.sent_at, zone, now)
    if transfer.received_on is not None:
        day = short_day(transfer.received_on, now.astimezone(zone).date())
        return _("%(when)s移送，%(day)s对方签收，由对方办理并答复您。") % {"when": when, "day": day}
    return _("%(when)s移送，等对方签收；签收后会告诉您。") % {"when": when}
