"""What went to and fro between the complainant and us. Nothing that stays inside the house is told here.

Ours are: notices to the complainant, papers made out to the complainant with the fields they carry, the reply itself,
progress told, decisions on acceptance. What happened at one moment on one side is one message, with the title of every
part in it; the filing stands by itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.application.story_words import said, shown
from huiyin.application.tracking import COMPLAINANT
from huiyin.cases import events as ev
from huiyin.portal.forms.fields import scale
from huiyin.regime.model import Field, Regime, fields_of_work
from huiyin.site.components import Fact
from huiyin.store.personal.data import HIDDEN

from .milestones import for_complainant
from .moments import due_words, moment_words

ME = COMPLAINANT.person


@dataclass(slots=True)
class Message:
    """One message. `mine`: the complainant's own; `files` are digests of files that came with it."""

    mine: bool
    at: datetime
    when: str
    title: str = ""
    body: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    cite: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    reply: bool = False
    paper: bool = False
    filing: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What one event adds to a message. A `paper` gives its title to the whole and says what the `reply` would."""

    mine: bool
    title: str = ""
    body: str = ""
    facts: Sequence[Fact] = ()
    files: Sequence[str] = ()
    reply: bool = False
    paper: bool = False
    filing: bool = False


class Teller:
    """Turns the events of one case into messages, keeping what is known so far."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.regime = opened.regime
        self.known: dict[str, Any] = dict(opened.case.matter)
        self.unsigned = {document.key for document in opened.case.documents.values() if document.missing() or document.replaced_by}

    def messages(self, events: Sequence[ev.Event]) -> list[Message]:
        """All messages, newest first."""
        found: list[Message] = []
        for event in events:
            if isinstance(event, ev.WorkDone):
                self.known.update(event.fields)
            tell = _TELL.get(type(event))
            part: Part | None = tell(self, event) if tell else None
            if part is not None:
                self._add(found, event, part)
        return [message for message in reversed(found) if message.title or message.body or message.facts]

    def _add(self, found: list[Message], event: ev.Event, part: Part) -> None:
        last = found[-1] if found else None
        if last is None or last.filing or last.mine != part.mine or last.at != event.at:
            zone, now = self.opened.world.calendar.zone, self.opened.world.now
            last = Message(part.mine, event.at, moment_words(event.at, zone, now), filing=part.filing)
            found.append(last)
        if part.paper and last.facts and not last.paper:
            last.facts.clear()  # the paper carries what the step said
        if not (last.paper and part.reply):
            last.facts.extend(fact for fact in part.facts if fact not in last.facts)
        self._add_words(last, part)
        last.cite.extend(each for each in event.cite if each not in last.cite)
        last.files.extend(part.files)
        last.reply, last.paper = last.reply or part.reply, last.paper or part.paper

    def _add_words(self, message: Message, part: Part) -> None:
        """Title and body; where the message has a title already, the other one stands before its own words.

        A title that the next one contains (办结归档, 案件已办结归档) is said once, in the longer words.
        """
        words = part.body
        message.body[:] = [each for each in message.body if each not in part.title]
        if part.paper or not message.title or (message.title in part.title and not message.paper):
            if message.title not in part.title and not message.reply:
                message.body.insert(0, message.title)
            message.title = part.title
        elif part.title not in ("", message.title) and not (message.paper and part.reply):
            labelled = "：" in part.body.partition("，")[0]  # 接收单位：…
            words = ("。" if labelled else "：").join(filter(None, (part.title, part.body)))
        if words and words not in message.body:
            message.body.append(words)

    # -- ours ----------------------------------------------------------------------------------------------------------

    def notice(self, event: ev.NoticeQueued) -> Part | None:
        """A notice to the complainant."""
        if "complainant" not in event.to:
            return None
        return Part(mine=False, title=event.notice_title, body=beyond_title(event))

    def document(self, event: ev.DocumentProduced) -> Part | None:
        """A paper made out to the complainant, once it is signed."""
        form = self.regime.forms.get(event.form)
        if form is None or "complainant" not in form.to or event.key in self.unsigned:
            return None
        return Part(mine=False, title=event.form_title, facts=self._facts(form.names), paper=True)

    def done(self, event: ev.WorkDone) -> Part | None:
        """The reply, where it is a step without a paper; the complainant's own acts."""
        work = self.regime.flow.get(event.work) or self.regime.acts.get(event.work)
        facts = _shown(event.fields, work.fields if work else {}, self.opened.world.calendar.zone)
        title = work.title if work else event.work
        if event.by == ME:
            return Part(mine=True, title=title, body=event.text, facts=facts)
        if "replied" not in event.names:
            return None
        return Part(mine=False, title=_("答复"), body=event.text, facts=facts, reply=True)

    def act(self, event: ev.ActDone) -> Part | None:
        """Progress told to the complainant, and what the complainant did."""
        act = self.regime.acts.get(event.act)
        if event.by != ME and event.act != "tell-progress":
            return None
        title = act.title if act else event.act
        facts = _shown(event.fields, act.fields if act else {}, self.opened.world.calendar.zone)
        return Part(mine=event.by == ME, title=title, body=event.text, facts=facts)

    def assessed(self, event: ev.Assessed) -> Part | None:
        """Any decision but a plain acceptance, with its ground."""
        titles = {
            "refuse": _("不予受理"),
            "explain": _("说明情况，不立案"),
            "merge": _("并入在办的一件"),
            "transfer": _("转给有权处理的部门"),
            "settle": _("当场解决"),
        }
        if event.outcome not in titles:
            return None
        ground = next((row.title for row in self.regime.assessment if row.id == event.row), "")
        whom = event.body.name if event.body else self.regime.role_title(event.to)
        to = _("转给：%(to)s") % {"to": whom} if event.to else ""
        return Part(mine=False, title=titles[event.outcome], body="\n".join(filter(None, (ground, to, event.text))))

    def asked(self, event: ev.CompletionAsked) -> Part:
        """What has to be completed, and until when."""
        zone, now = self.opened.world.calendar.zone, self.opened.world.now
        until = _("请在%(due)s补充。") % {"due": due_words(event.due, zone, now)} if event.due else ""
        return Part(mine=False, title=_("请补充材料"), body="\n".join(filter(None, (event.text, until))))

    def moved(self, event: ev.ObligationMoved) -> Part | None:
        """A day the complainant waits for has changed."""
        item = event.obligation
        if item.due is None or not for_complainant(self.regime, item):
            return None
        zone, now = self.opened.world.calendar.zone, self.opened.world.now
        words = _("“%(title)s”改到%(due)s") % {"title": item.title, "due": due_words(item.due, zone, now)}
        return Part(mine=False, title=_("时限有变化"), body=words)

    # -- the complainant's ---------------------------------------------------------------------------------------------

    def filed(self, event: ev.Filed) -> Part:
        """What was brought up."""
        files = [item.digest for item in event.evidence if item.digest]
        facts = _shown(event.matter, self.regime.intake.fields, self.opened.world.calendar.zone)
        return Part(mine=True, title=_("反映的情况"), body="\n".join(event.points), facts=facts, files=files, filing=True)

    def completed(self, event: ev.Completed) -> Part:
        """What was completed."""
        self.known.update(event.matter)
        facts = _shown(event.matter, self.regime.intake.fields, self.opened.world.calendar.zone)
        return Part(mine=True, title=_("补充"), body=event.text, facts=facts)

    def evidence(self, event: ev.EvidenceAdded) -> Part | None:
        """Evidence and words the complainant added."""
        if event.by != ME:
            return None
        words = "\n".join(item.title for item in event.evidence if not item.digest)
        return Part(
            mine=True, title=_("补充"), body=words, files=[item.digest for item in event.evidence if item.digest]
        )

    def answers(self, event: ev.AnswersFilled) -> Part | None:
        """The complainant's rating."""
        if event.by != ME:
            return None
        asked = self.regime.questionnaires.get(event.questionnaire)
        questions = asked.questions if asked else {}
        facts = [
            Fact(questions[name].title if name in questions else name, _answer(value, name, questions))
            for name, value in event.answers.items()
        ]
        return Part(mine=True, title=_("评价"), facts=facts)

    def _facts(self, names: Sequence[str]) -> list[Fact]:
        """Fields of a paper that say something about the matter; number, names and addresses stand elsewhere."""
        declared, zone = fields_of(self.regime), self.opened.world.calendar.zone
        found = []
        for path in names:
            section, _dot, name = path.rpartition(".")
            value = self.known.get(name)
            if section in ("", "facts", "matter") and name in declared and value not in (None, "", [], HIDDEN):
                found.append(Fact(declared[name].title, said(value, declared[name], zone)))
        return found


def beyond_title(event: ev.NoticeQueued) -> str:
    """What a notice says besides its title, which the core's own texts begin with."""
    title, text = event.notice_title, event.text
    return text[len(title) + 1 :] if text == title or text.startswith(f"{title}。") else text


def fields_of(regime: Regime) -> dict[str, Field]:
    """Every field of the regime by id: of the matter and of work."""
    return {**regime.intake.fields, **fields_of_work(regime)}


def _shown(values: Mapping[str, Any], declared: Mapping[str, Field], zone: ZoneInfo) -> list[Fact]:
    """Values in the order in which their fields are declared."""
    return [
        Fact(field.title, said(values[name], field, zone))
        for name, field in declared.items()
        if name in values and values[name] not in (None, "", [], HIDDEN, False)
    ]


def _answer(value: Any, name: str, questions: Mapping[str, Any]) -> str:
    if name in questions and questions[name].type is None:
        return dict(scale()).get(f"{value:g}", str(value))
    return shown(value, None)


def _mine_or_ours(title: Callable[[], str]) -> Callable[[Teller, Any], Part]:
    def tell(_teller: Teller, event: Any) -> Part:
        return Part(mine=event.by == ME or event.on_behalf, title=title(), body=event.text)

    return tell


_TELL: dict[type[ev.Event], Callable[[Teller, Any], Part | None]] = {
    ev.Filed: Teller.filed,
    ev.NoticeQueued: Teller.notice,
    ev.DocumentProduced: Teller.document,
    ev.WorkDone: Teller.done,
    ev.ActDone: Teller.act,
    ev.Assessed: Teller.assessed,
    ev.CompletionAsked: Teller.asked,
    ev.Completed: Teller.completed,
    ev.EvidenceAdded: Teller.evidence,
    ev.AnswersFilled: Teller.answers,
    ev.ObligationMoved: Teller.moved,
    ev.Withdrawn: _mine_or_ours(lambda: _("撤回")),
    ev.Reopened: _mine_or_ours(lambda: _("再次处理")),
    ev.Suspended: _mine_or_ours(lambda: _("中止办理")),
    ev.Terminated: _mine_or_ours(lambda: _("终止办理")),
    ev.Closed: lambda _teller, _event: Part(mine=False, title=_("办结归档")),
}
