"""The package of a transfer: who may fetch it."""

from huiyin.cases.inviting import came_by_link, is_invited
from huiyin.cases.transferring import parts_of_package
from huiyin.regime.model import EVIDENCE, STATEMENT

from .loading import Opened
from .personal import log_access

_CARRIES = ("complainant", "matter", "evidence")


def may_fetch_package(opened: Opened) -> bool:
    """Whether the package is for this reader.

    It is for the body it was sent to, while the link holds; and for those of our staff whose role needs personal data and
    from whom nothing that it carries is kept back.
    """
    case, actor = opened.case, opened.actor
    if case.transfer is None or case.transfer.sent_at is None or opened.regime.transfers is None:
        return False
    if came_by_link(actor):
        own = actor.person.endswith(f":{case.transfer.invitation}") and case.transfer.returned_at is None
        return own and is_invited(case, actor)
    kept_back = any(path.partition(".")[0] in _CARRIES for path in opened.sight.hidden)
    return actor.kind == "staff" and opened.sight.personal and not kept_back


def package_titles(opened: Opened) -> tuple[str, ...]:
    """What the package of a transfer that was sent holds, in words, in its order."""
    case, transfer = opened.case, opened.case.transfer
    if transfer is None:
        return ()
    words = {STATEMENT: "投诉人陈述", EVIDENCE: f"材料{len(transfer.enclosures)}件"}
    forms = {form.id: f"《{form.title}》" for form in opened.regime.forms.values()}
    return ("目录", *((forms | words).get(part, part) for part in parts_of_package(case, opened.regime)))


def log_fetching(opened: Opened) -> None:
    """Log that the package was taken out, before it is given."""
    log_access(opened, "export", f"移送案卷 {opened.case.transfer_number}".strip())
