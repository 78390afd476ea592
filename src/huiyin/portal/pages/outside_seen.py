"""What a party outside sees of the matter itself: what the regime lists for its role, papers, and material."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.application.attachments import attachments_of, evidence_seen
from huiyin.application.loading import Opened
from huiyin.application.personal import parties_for_print
from huiyin.application.story_words import Words
from huiyin.cases.state import Document
from huiyin.documents.produced import readable
from huiyin.portal.pages.messages import fields_of
from huiyin.site.components import Fact
from huiyin.store.models import AttachmentRow

from .moments import moment_words


@dataclass(frozen=True, slots=True)
class Paper:
    """A document the party may read."""

    document: Document
    when: str


@dataclass(frozen=True, slots=True)
class Material:
    """A piece of evidence, with its file where there is one. `mine`: the party gave it."""

    title: str
    kind: str
    mine: bool
    file: AttachmentRow | None


def papers_seen(opened: Opened) -> list[Paper]:
    """The documents the party may read, newest first."""
    zone, now = opened.world.calendar.zone, opened.world.now
    documents = [each for each in opened.case.documents.values() if readable(opened, each)]
    return [Paper(each, moment_words(each.produced_at, zone, now)) for each in reversed(documents)]


def matter_shown(opened: Opened) -> list[Fact]:
    """Category, what was filed and what is demanded, as far as the regime lists it; private values never."""
    regime, case, hidden = opened.regime, opened.case, opened.sight.hidden
    words = Words(regime, case, opened.world, hidden)
    public = {name: each for name, each in regime.intake.fields.items() if not each.private}
    said = {name: value for name, value in case.matter.items() if name in public}
    rows = [Fact(_("类别"), regime.categories[case.category].title)] if case.category in regime.categories else []
    rows += [Fact(title, value) for title, value in words.fields(said, public, "matter").items()]
    return rows + [Fact(_("诉求"), point) for point in case.points if "matter" not in hidden]


def found_shown(opened: Opened) -> list[Fact]:
    """What was filled in on the way, as far as the regime lists it; private values never."""
    words = Words(opened.regime, opened.case, opened.world, opened.sight.hidden)
    declared = {name: each for name, each in fields_of(opened.regime).items() if not each.private}
    values = {name: value for name, value in opened.case.facts.items() if name in declared}
    return [Fact(title, value) for title, value in words.fields(values, declared, "facts").items()]


def complainant_shown(opened: Opened) -> list[Fact]:
    """Name and ways to reach, where the regime lists the complainant for the role, else nothing. The caller logs the look."""
    if not opened.sight.personal:
        return []
    data = parties_for_print(opened)[1].get("complainant")
    titles = {"name": _("姓名"), "phone": _("电话"), "email": _("邮箱"), "address": _("地址")}
    return [Fact(title, value) for name, title in titles.items() if data and (value := getattr(data, name))]


def materials_seen(opened: Opened) -> list[Material]:
    """The evidence the party sees: what the regime lets it see, and what it gave."""
    files = {row.evidence: row for row in attachments_of(opened)}
    words = Words(opened.regime, opened.case, opened.world, opened.sight.hidden, opened.open_to())
    kinds = opened.regime.intake.evidence
    return [
        Material(
            title=words.material(item),
            kind=kinds[item.kind].title if item.kind in kinds else "",
            mine=item.added_by == opened.actor.person,
            file=None if item.sealed else files.get(item.key),
        )
        for item in evidence_seen(opened)
    ]
