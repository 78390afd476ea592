"""Fetching back a paper that turned out wrong: its copies asked for, returned or lost, and voided.

The paper is a document of the case, or one from elsewhere that is known only by its number.
"""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Act
from huiyin.regime.vocabulary import RECALL_STAGES

from . import commands as cmd
from .draft import Draft
from .events import PaperRecalled
from .refusals import Refused
from .state import Recall


def recall(draft: Draft, act: Act, command: cmd.Recall, _fields: Mapping[str, Any]) -> None:
    """Put on record how far the recall of a paper is.

    Raises:
        Refused: no paper is named, it is void already, it was neither returned nor declared lost, or no reason is given
            for a copy that did not come back.
    """
    paper, text = command.paper.strip(), command.text.strip()
    if not paper:
        raise Refused("missing-field", "请写明收回哪份文书。", cite=act.cite, fields={"paper": "请填写编号或选择文书"})
    document = draft.case.documents.get(paper)
    title = document.title if document else paper
    before = draft.case.recalls.get(paper) or Recall(paper, paper, title, document is not None)
    if before.is_void or (document is not None and document.voided_at is not None and not document.replaced_by):
        raise Refused("not-open-now", f"“{title}”已经作废。", cite=act.cite)
    _refuse_out_of_order(act, before, command)
    if command.stage == "lost" and not text:
        words = "请写明为什么没有收回"
        raise Refused("missing-field", f"{words}。", cite=act.cite, fields={"text": words})
    draft.add(
        PaperRecalled(
            **draft.stamp,
            names=("recall", RECALL_STAGES[command.stage][1]),
            cite=act.cite,
            paper=paper,
            number=document.number if document else paper,
            paper_title=title,
            stage=command.stage,
            is_document=document is not None,
            text=text,
        )
    )


def _refuse_out_of_order(act: Act, before: Recall, command: cmd.Recall) -> None:
    """Only a copy that came back, or that is known not to, is stamped void; what came back is not lost."""
    if command.stage == "voided" and not (before.reached("returned") or before.reached("lost")):
        raise Refused("unmet-requirement", "请先记下原件已收回，或者未能收回的原因，再作废。", cite=act.cite)
    if before.reached("returned") and command.stage != "voided":
        raise Refused("not-open-now", f"“{before.title}”已经收回。", cite=act.cite)
