"""Signatures on documents, and readers who confirm notices."""

from huiyin.regime.model import Act

from . import commands as cmd
from .draft import Draft
from .events import DocumentSigned, NoticeAcknowledged
from .refusals import Refused
from .standing import may
from .state import Document


def sign(draft: Draft, command: cmd.Sign) -> None:
    """Put one's signature on a document that lacks it, when it is one's turn.

    Raises:
        Refused: not-yours, when no document waits for this person's signature; unmet-requirement, when required
            contents are lacking; not-open-now, when somebody has to sign first. Cites the article of the form.
    """
    act = draft.regime.acts["sign"]
    early: Refused | None = None
    for document in draft.case.documents.values():
        if command.document not in ("", document.key) or command.form not in ("", document.form):
            continue
        for role in document.missing():
            signer = _signer(draft, role, command)
            if signer and (role, signer) not in document.signatures:
                trouble = _too_early(draft, document, role, act)
                if trouble is not None:
                    early = early or trouble
                    break
                draft.add(
                    DocumentSigned(
                        **draft.stamp,
                        names=("sign",),
                        cite=act.cite,
                        key=document.key,
                        role=role,
                        signer=signer,
                        digest=document.digest,
                    )
                )
                return
    raise early or Refused("not-yours", "没有等待您签名的文书。", cite=act.cite)


def _too_early(draft: Draft, document: Document, role: str, act: Act) -> Refused | None:
    """Why this place cannot be signed yet: contents are lacking, or another signature comes first."""
    declared = draft.regime.forms.get(document.form)
    cite = (declared.cite if declared else ()) or act.cite
    if document.lacks:
        titles = "、".join(f"“{title}”" for title in document.lacks)
        message = f"《{document.title}》还没有{titles}，补齐后重新出具，再签名。"
        return Refused("unmet-requirement", message, cite=cite)
    first = next(iter(document.missing()))
    if first != role:
        before, after = draft.regime.role_title(first), draft.regime.role_title(role)
        return Refused("not-open-now", f"《{document.title}》先由{before}签名，再由{after}签名。", cite=cite)
    return None


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
