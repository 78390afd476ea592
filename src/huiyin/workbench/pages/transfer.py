"""The transfer of a case on its page: to whom, how far it has come, the package."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.application.transfers import may_fetch_package, package_titles
from huiyin.cases.people import OutsideBody
from huiyin.cases.state import TransferOut
from huiyin.site.components import Fact
from huiyin.workbench.words.moments import date_words, moment_words


@dataclass(frozen=True, slots=True)
class TransferPanel:
    """A body outside that the case brings into play. `word`: how far its transfer has come; `href`: the package."""

    title: str
    name: str
    state: str
    word: str
    facts: list[Fact]
    href: str


def transfer_panel(opened: Opened) -> TransferPanel | None:
    """The panel; None where the case brings no body outside into play."""
    case = opened.case
    transfer = case.transfer
    body = transfer.body if transfer else case.body
    if body is None:
        return None
    state, word = stage_words(transfer) if transfer else ("", "")
    return TransferPanel(
        title=_("移送") if case.assessment == "transfer" or transfer else _("应向何处反映"),
        name=body.name,
        state=state,
        word=word,
        facts=[*_progress(opened, transfer), *body_facts(body)],
        href=reverse("desk-transfer-package", args=[case.number]) if may_fetch_package(opened) else "",
    )


def stage_words(transfer: TransferOut) -> tuple[str, str]:
    """State and word of a pill for how far a transfer has come."""
    return {
        "decided": ("assess", _("待移送")),
        "sent": ("paused", _("已移送，待签收")),
        "received": ("closed", _("对方已签收")),
        "returned": ("stopped", _("对方退回")),
    }[transfer.stage]


def _progress(opened: Opened, transfer: TransferOut | None) -> list[Fact]:
    if transfer is None:
        return []
    world = opened.world
    found = [
        (_("移送文号"), opened.case.transfer_number),
        (_("发出"), moment_words(transfer.sent_at, world) if transfer.sent_at else ""),
        (_("签收"), f"{transfer.received_by} {date_words(transfer.received_on, world.today)}" if transfer.received_on else ""),
        (_("对方编号"), transfer.their_number),
        (_("案卷"), "、".join(package_titles(opened)) if transfer.sent_at else ""),
        (_("退回理由"), transfer.reason),
    ]
    return [Fact(label, value) for label, value in found if value]


def body_facts(body: OutsideBody) -> list[Fact]:
    """How the body is reached, as far as that is known."""
    found = [
        (_("职责"), body.remit), (_("地址"), body.address), (_("电话"), body.phone), (_("电子邮箱"), body.email),
        (_("网址"), body.website), (_("办公时间"), body.hours),
    ]  # fmt: skip
    return [Fact(label, value) for label, value in found if value]
