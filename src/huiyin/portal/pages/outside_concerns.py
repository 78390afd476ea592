"""What is proposed or decided against a party outside: what it may say to it, until when, and the paper about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.application.loading import Opened
from huiyin.application.story_words import Words
from huiyin.cases.commands import Command, ObjectTo, StateView
from huiyin.cases.hearing import Concern, concerns
from huiyin.cases.state import Document
from huiyin.documents.produced import readable
from huiyin.site.components import Fact

from .moments import due_words, moment_words

SETTLED = {
    "objected": gettext_lazy("已提出异议，等待处理"),
    "withdrawn": gettext_lazy("异议成立，处理已撤销"),
    "upheld": gettext_lazy("异议不成立，处理维持"),
}


@dataclass(frozen=True, slots=True)
class Concerning:
    """One proposal or decision. `name` stands in addresses; `says`: what can be done about it now, empty for nothing."""

    name: str
    concern: Concern
    word: str
    facts: Sequence[Fact]
    says: str
    until: str
    papers: Sequence[Document]

    def command(self, text: str) -> Command:
        """What the party says, as a command."""
        key = self.concern.key
        return StateView(text=text, key=key) if self.concern.stage == "proposed" else ObjectTo(text=text, sanction=int(key))


def concerning(opened: Opened) -> list[Concerning]:
    """Everything proposed or decided against the party whose link opened the case, the newest first."""
    directory = opened.world.directory(opened.regime.id)
    found = concerns(opened.regime, opened.case, opened.actor, directory)
    return [_of(opened, each) for each in sorted(found, key=lambda each: each.at, reverse=True)]


def _of(opened: Opened, concern: Concern) -> Concerning:
    zone, now = opened.world.calendar.zone, opened.world.now
    proposed = concern.stage == "proposed"
    open_now = concern.until is not None and now <= concern.until
    facts = [Fact(_("提出") if proposed else _("作出"), moment_words(concern.at, zone, now))]
    facts += [Fact(title, value) for title, value in Words(opened.regime, opened.case, opened.world).measures(concern.measures).items()]
    if concern.said:
        facts.append(Fact(_("您的陈述") if proposed else _("您的异议"), concern.said))
    if concern.settled:
        facts.append(Fact(_("异议"), str(SETTLED[concern.settled])))
    return Concerning(
        name=f"{concern.stage}.{concern.key}",
        concern=concern,
        word=_("处理建议") if proposed else _("处理决定"),
        facts=facts,
        says=(_("陈述意见") if proposed else _("提出异议")) if open_now else "",
        until=due_words(concern.until, zone, now) if concern.until is not None else "",
        papers=[each for each in opened.case.documents.values() if each.produced_at >= concern.at and readable(opened, each)],
    )
