"""Signatures on documents, and readers who confirm notices."""

from . import commands as cmd
from .draft import Draft
from .events import DocumentSigned, NoticeAcknowledged
from .refusals import Refused
from .standing import may


def sign(draft: Draft, command: cmd.Sign) -> None:
    """Put one's signature on a document that lacks it.

    Raises:
        Refused: not-yours, when no document waits for this person's signature.
    """
    act = draft.regime.acts["sign"]
    for document in draft.case.documents.values():
        if command.document not in ("", document.key) or command.form not in ("", document.form):
            continue
        for role in document.missing():
            signer = _signer(draft, role, command)
            if signer and (role, signer) not in document.signatures:
                draft.add(
                    DocumentSigned(
                        **draft.stamp, names=("sign",), cite=act.cite, key=document.key, role=role, signer=signer
                    )
                )
                return
    raise Refused("not-yours", "没有等待您签名的文书。", cite=act.cite)


def _signer(draft: Draft, role: str, command: cmd.Sign) -> str:
    """Who signs in this place: the actor, the complainant whose signature on paper staff enter, or nobody."""
    if role == "complainant" and command.on_behalf and draft.actor.kind == "staff":
        return "complainant"
    mine = may(draft.regime, draft.case, draft.actor, (role,), draft.context.directory)
    return draft.actor.person if mine else ""


def acknowledge(draft: Draft, command: cmd.Acknowledge) -> None:
    """Confirm having read notices.

    Raises:
        Refused: not-open-now, when no notice waits for this person.
    """
    confirmed = False
    for notice, roles in list(draft.case.acknowledgements.items()):
        if command.notice not in ("", notice):
            continue
        for role in roles:
            if not may(draft.regime, draft.case, draft.actor, (role,), draft.context.directory):
                continue
            left = draft.case.acknowledgements.get(notice, ())
            declared = draft.regime.notices.get(notice)
            draft.add(
                NoticeAcknowledged(
                    **draft.stamp,
                    names=("informed",),
                    cite=declared.cite if declared else (),
                    notice=notice,
                    role=role,
                    all_done=len(left) == 1,
                )
            )
            confirmed = True
    if not confirmed:
        raise Refused("not-open-now", "没有等待您确认的通知。")
