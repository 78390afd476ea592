"""Documents and notices."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.application.story_words import Words
from huiyin.cases import events as ev
from huiyin.cases.recalled import is_number_hidden
from huiyin.regime.vocabulary import RECALL_STAGES

from .entry import Entry, Tone, say


def _noticed(event: ev.NoticeQueued, words: Words) -> Entry:
    to = "、".join(words.role(role) for role in event.to)
    return say(f"通知{to}：{event.notice_title}", "plain", "contact",
                event.text if event.text.rstrip("。") != event.notice_title else "")


def _documented(event: ev.DocumentProduced, _words: Words) -> Entry:
    if event.replaces:
        return say(f"重新出具《{event.form_title}》，第{event.version}版", "act", "decision", event.text)
    return say(f"出具《{event.form_title}》", "act", "decision")


def _recalled(event: ev.PaperRecalled, words: Words) -> Entry | None:
    if is_number_hidden(words.case, event.number, words.hidden):
        return None
    stage, _event = RECALL_STAGES[event.stage]
    tone: Tone = "warn" if event.stage in ("lost", "voided") else "act"
    named = f"《{event.paper_title}》" if event.is_document else f"编号{event.number}的文书"
    return say(f"{named}原件{stage}", tone, "decision", event.text)


def _signed(event: ev.DocumentSigned, words: Words) -> Entry:
    document = words.case.documents.get(event.key)
    where = f"在《{document.title}》上" if document else ""
    return say(f"{words.role(event.role)}{where}签名", "act", "decision")


TELL: Mapping[type[ev.Event], Callable[[Any, Words], Entry | None]] = {
    ev.DocumentProduced: _documented,
    ev.DocumentSigned: _signed,
    ev.PaperRecalled: _recalled,
    ev.NoticeQueued: _noticed,
    ev.NoticeAcknowledged: lambda e, w: say(f"{w.role(e.role)}确认收到", "plain", "contact"),
}
