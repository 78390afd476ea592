"""Evidence on the case page: what each piece is, where it is kept, what it proves, its seals and who opened them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.attachments import attachments_of, evidence_seen
from huiyin.application.loading import Opened
from huiyin.application.story_words import Words
from huiyin.cases.evidence import may_read, suggested_force
from huiyin.cases.state import Evidence, Seal
from huiyin.store.models import AttachmentRow
from huiyin.workbench.words.articles import Cited, all_cited
from huiyin.workbench.words.moments import moment_words


@dataclass(frozen=True, slots=True)
class Force:
    """The force of a piece: as decided, or as the regime suggests, with its reason and articles."""

    title: str
    decided: bool
    reason: str
    cites: Sequence[Cited]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence, with its file where there is one to be handed out."""

    title: str
    kind: str
    icon: str
    href: str
    note: str
    sealed: bool
    facts: Sequence[tuple[str, str]]
    seals: Sequence[str]
    force: Force | None


def evidence_rows(opened: Opened) -> list[EvidenceRow]:
    """Every piece this person may know of. One query, for the files."""
    seen = evidence_seen(opened)
    if not seen:
        return []
    files = {row.evidence: row for row in attachments_of(opened)}
    words = Words(opened.regime, opened.case, opened.world, opened.sight.hidden, opened.open_to())
    return [_row(opened, item, files.get(item.key), words) for item in seen]


def _row(opened: Opened, item: Evidence, file: AttachmentRow | None, words: Words) -> EvidenceRow:
    regime, world = opened.regime, opened.world
    kind = regime.intake.evidence.get(item.kind)
    closed = item.for_some and item.key not in words.open_to
    may = may_read(regime, opened.case, opened.actor, world.directory(regime.id), item, world.now)
    note = size_words(file.size) if file else _("实物") if kind and kind.physical else _("未附文件")
    facts = [] if closed or kind is None else [*words.fields(item.data, kind.fields, "evidence").items()]
    return EvidenceRow(
        title=words.material(item),
        kind=kind.title if kind and kind.title != item.title else "",
        icon="lock" if item.sealed else "image" if file and file.type.startswith("image/") else "file",
        href=reverse("desk-evidence", args=[opened.case.number, str(file.id)]) if file and may else "",
        note="" if closed else note,
        sealed=item.sealed,
        facts=facts + ([(_("保管处"), item.place)] if item.place else []),
        seals=[line for seal in item.seals for line in _seal_lines(seal, words)],
        force=None if closed else _force(opened, item),
    )


def _force(opened: Opened, item: Evidence) -> Force | None:
    levels = opened.regime.intake.force
    if not levels:
        return None
    rule = suggested_force(opened.regime, opened.case, opened.context(), item)
    cites = all_cited(opened.regime, rule.cite) if rule else []
    if item.force in levels:
        reason = rule.title if rule and rule.level == item.force else ""
        return Force(levels[item.force].title, True, reason, cites if reason else [])
    return Force(levels[rule.level].title, False, rule.title, cites) if rule else None


def _seal_lines(seal: Seal, words: Words) -> list[str]:
    """The sealing and each opening, one line each: when, by whom, in whose presence, why."""
    number = seal.number or _("未编号")
    lines = [_line(_("封条%(number)s") % {"number": number}, seal.at, seal.by, seal.present, seal.text, words)]
    return lines + [_line(_("启封"), each.at, each.by, each.present, each.text, words) for each in seal.openings]


def _line(what: str, at: datetime, by: str, present: Sequence[str], text: str, words: Words) -> str:
    who = words.present(present).get("在场", "")
    there = _("在场：%(who)s") % {"who": who} if who else ""
    said = (what, moment_words(at, words.world), words.person(by), there, text)
    return _("，").join(part for part in said if part)


def size_words(size: int) -> str:
    """A file's size."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, size // 1024)} KB"
