"""What was said to a party outside and by it, and what it has done: the events that concern it, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.application.story_words import Words
from huiyin.cases import events as ev
from huiyin.cases.corresponding import TOLD
from huiyin.cases.outsiders import COMPLAINANT
from huiyin.cases.state import Document
from huiyin.documents.produced import readable
from huiyin.site.components import Fact
from huiyin.store.personal.data import HIDDEN

from .messages import beyond_title
from .moments import due_words, moment_words


@dataclass(frozen=True, slots=True)
class Said:
    """A notice, a question or an answer. `papers` are documents that came with it."""

    mine: bool
    at: datetime
    when: str
    title: str
    body: str
    cite: Sequence[str] = ()
    papers: Sequence[Document] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """Something the party did, with what it filled in."""

    when: str
    title: str
    facts: Sequence[Fact] = ()


def said_to(opened: Opened, concerning: Sequence[ev.Event]) -> list[Said]:
    """Notices to the party, what it asked and what it was told, newest first."""
    found = []
    for event in concerning:
        when = _when(opened, event)
        match event:
            case ev.OutsideInvited() if opened.case.transfer and event.key == opened.case.transfer.invitation:
                asked = _("请签收；不归贵单位管的，请写明理由退回。")
                found.append(Said(False, event.at, when, _("案件移送给贵单位"), asked))
            case ev.OutsideInvited() if event.by == opened.actor.person:
                found.append(Said(True, event.at, when, _("提交这件投诉"), ""))
            case ev.OutsideInvited():
                found.append(Said(False, event.at, when, _("请您协助办理"), event.text))
            case ev.CompletionAsked():
                until = _("请在%(due)s补充。") % {"due": _due(opened, event.due)} if event.due else ""
                body = "\n".join(filter(None, (event.text, until)))
                found.append(Said(False, event.at, when, _("请补充材料"), body, event.cite))
            case ev.NoticeQueued() if event.to == (COMPLAINANT,):
                title = _("已告知投诉人：%(title)s") % {"title": event.notice_title}
                found.append(Said(False, event.at, when, title, "", event.cite))
            case ev.NoticeQueued():
                papers = [each for each in opened.case.documents.values() if each.form == event.form and readable(opened, each)]
                found.append(Said(False, event.at, when, event.notice_title, beyond_title(event), event.cite, papers))
            case ev.ActDone() if event.act == TOLD:
                found.append(Said(False, event.at, when, _("告知"), event.text, event.cite))
            case ev.ActDone(act="ask-back"):
                found.append(Said(True, event.at, when, _("提问"), event.text))
    return list(reversed(found))


def done_by(opened: Opened, concerning: Sequence[ev.Event]) -> list[Done]:
    """What the party did, newest first; its questions stand with the answers."""
    found = (_done(opened, event) for event in reversed(concerning) if event.by == opened.actor.person)
    return [each for each in found if each is not None]


def _done(opened: Opened, event: ev.Event) -> Done | None:
    when, notices = _when(opened, event), opened.regime.notices
    match event:
        case ev.WorkDone() | ev.WorkSubmitted():
            return _worked(opened, event, when)
        case ev.DocumentSigned():
            return Done(when, _("在《%(title)s》上签名") % {"title": opened.case.documents[event.key].title})
        case ev.NoticeAcknowledged():
            title = notices[event.notice].title if event.notice in notices else event.notice
            return Done(when, _("确认收到：%(title)s") % {"title": title})
        case ev.Completed():
            words = Words(opened.regime, opened.case, opened.world, opened.sight.hidden)
            said = words.fields(event.matter, opened.regime.intake.fields, "matter")
            facts = [Fact(title, value) for title, value in said.items() if value != HIDDEN]
            return Done(when, _("补充材料"), [*facts, *([Fact(_("说明"), event.text)] if event.text else [])])
        case ev.EvidenceAdded():
            return Done(when, _("交来材料：%(titles)s") % {"titles": _("、").join(each.title for each in event.evidence)})
        case ev.ApprovalVoted():
            return Done(when, _("不同意") if event.against else _("同意"), [Fact(_("说明"), event.text)] if event.text else ())
        case ev.ApprovalRejected():
            return Done(when, _("不同意"), [Fact(_("说明"), event.text)] if event.text else ())
    return None


def _worked(opened: Opened, event: ev.WorkDone | ev.WorkSubmitted, when: str) -> Done:
    words = Words(opened.regime, opened.case, opened.world, frozenset())
    work = words.work_of(event.work)
    outcome = work.outcomes[event.outcome].title if work and event.outcome in work.outcomes else ""
    fields = words.fields(event.fields, work.fields if work else {}, "facts")
    facts = [Fact(title, value) for title, value in fields.items() if value != HIDDEN]
    if isinstance(event, ev.WorkDone) and event.text:
        facts.append(Fact(_("说明"), event.text))
    return Done(when, _("：").join(each for each in (words.work(event.work), outcome) if each), facts)


def _due(opened: Opened, due: datetime) -> str:
    return due_words(due, opened.world.calendar.zone, opened.world.now)


def _when(opened: Opened, event: ev.Event) -> str:
    return moment_words(event.at, opened.world.calendar.zone, opened.world.now)
