"""The case page: everything a handler needs to see of one case, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.flags import flags_of
from huiyin.application.loading import Opened
from huiyin.application.personal import parties_of
from huiyin.application.story import Entry, story
from huiyin.application.story_words import Words
from huiyin.application.viewers import viewer_of
from huiyin.cases.inviting import awaited
from huiyin.cases.people import Assignee
from huiyin.cases.phases import phase_of
from huiyin.cases.possible import Possible
from huiyin.cases.state import Document, Invitation, StepRun
from huiyin.cases.turns import Turn, turns
from huiyin.documents.produced import readable
from huiyin.regime.model import FieldType, fields_of_work
from huiyin.site.components import Fact, Who
from huiyin.store.models import CaseRow
from huiyin.store.personal.data import HIDDEN, PersonalData
from huiyin.workbench.pages.affair import affair_facts, relations
from huiyin.workbench.pages.case_story import story_entries, story_groups
from huiyin.workbench.pages.evidence import evidence_rows
from huiyin.workbench.pages.flags import flag_lines
from huiyin.workbench.pages.limits import limit_rows, strip
from huiyin.workbench.pages.orders import orders_carried, orders_of_case
from huiyin.workbench.pages.outgoing import sent_rows
from huiyin.workbench.pages.possible import buttons, possibilities
from huiyin.workbench.pages.samples import recall_rows, sample_rows
from huiyin.workbench.pages.transfer import transfer_panel
from huiyin.workbench.words.articles import Cited, all_cited
from huiyin.workbench.words.moments import moment_words
from huiyin.workbench.words.people import assignee_chip, person_chip, person_name
from huiyin.workbench.words.states import state_of


@dataclass(frozen=True, slots=True)
class PointRow:
    """One demand of the complainant: who looks into it, how far it is, what was found."""

    text: str
    who: Who | None
    state: str
    word: str
    finding: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A document produced in the case."""

    title: str
    href: str
    note: str
    number: str
    missing: str
    void: str
    sign_href: str
    pdf_href: str
    word_href: str


def case_words(opened: Opened, *, group: str = "all", full: dict[str, PersonalData] | None = None) -> dict[str, Any]:
    """Everything the template shows. `full` are parties in full, right after a look that was logged."""
    case, regime, world = opened.case, opened.regime, opened.world
    possible = possibilities(opened)
    owed = sorted(
        turns(regime, case, world.directory(regime.id)), key=lambda turn: (turn.due is None, turn.due or turn.since)
    )
    entries = story(opened)
    state, word = state_of(case, phase_of(case))
    rank = regime.severity.rank(case.severity)
    known = full if full is not None else parties_of(opened)
    return {
        "opened": opened,
        "case": case,
        "regime": regime,
        "title": opened.row.title or regime.kinds.get(case.kind, case.kind),
        "state": state,
        "state_word": word,
        "severity_rank": min(rank, 3),
        "severity_word": regime.severity.levels.get(case.severity, ""),
        "kind_words": _kind_words(opened),
        "turns": _turn_chips(opened, owed),
        "strip": strip(opened),
        "first_receiver": None
        if regime.is_affair
        else person_chip(case.first_receiver, world, opened.actor.person),
        "buttons": buttons(opened, possible),
        "facts": _facts(opened),
        "accounts": _accounts(opened),
        "points": _points(opened, entries),
        "found": _found(opened),
        "evidence": evidence_rows(opened),
        "samples": sample_rows(opened),
        "recalls": recall_rows(opened),
        "story": story_entries(opened, entries, group),
        "story_groups": story_groups(group, entries),
        "limits": limit_rows(opened, owed),
        "flags": flag_lines(flags_of(opened), world),
        "orders": orders_of_case(opened),
        "orders_carried": orders_carried(opened),
        "parties": _parties(opened, known),
        "to_look_at": opened.sight.personal and full is None and any(known.values()),
        "papers": _papers(opened, frozenset(each.work for each in possible if each.command == "sign")),
        "transfer": transfer_panel(opened),
        "invitations": _invitations(opened, possible),
        "sent": sent_rows(opened),
        **relations(opened),
    }


def _kind_words(opened: Opened) -> str:
    case, regime = opened.case, opened.regime
    category = regime.categories.get(case.category)
    parts = [regime.kinds.get(case.kind, case.kind)]
    if category:
        parent = regime.categories.get(category.parent) if category.parent else None
        parts.append(f"{parent.title} / {category.title}" if parent else category.title)
    parts.append(f"《{(regime.parent or regime).title}》")
    return _("，").join(parts)


@dataclass(frozen=True, slots=True)
class TurnChip:
    """Whose turn it is, for what."""

    who: Who
    title: str


def _turn_chips(opened: Opened, owed: Sequence[Turn]) -> list[TurnChip]:
    """The soonest first, each work once; an approval besides the work where others than those who owe the work decide."""
    found: dict[str, TurnChip] = {}
    owing: dict[str, tuple[Assignee, ...]] = {}
    for turn in owed:
        who = [assignee_chip(each, opened.regime, opened.world, opened.actor.person) for each in turn.assignees]
        about = turn.key if turn.kind == "order" else turn.work
        if turn.kind == "approval" and owing.setdefault(about, turn.assignees) != turn.assignees:
            about = turn.key
        owing.setdefault(about, turn.assignees)
        named = _without_link(opened, turn) or (who[0] if who else _invited_or_nobody(opened, turn))
        found.setdefault(about, TurnChip(named, turn.title))
    return list(found.values())[:4]


def _without_link(opened: Opened, turn: Turn) -> Who | None:
    """The party outside that is awaited and was given no link yet."""
    step = opened.regime.flow.get(turn.work)
    role = awaited(opened.regime, opened.case, step) if step else ""
    return Who(opened.regime.role_title(role), _("还没有开通链接"), kind="unit") if role else None


def _invited_or_nobody(opened: Opened, turn: Turn) -> Who:
    """Who is awaited where the organisation's own people have no such role: a party outside that was given a link."""
    case, step = opened.case, opened.regime.flow.get(turn.work)
    item = case.obligations.get(turn.key)
    roles = step.by if step else item.owner if item else case.acknowledgements.get(turn.key, ())
    now = opened.world.now
    invited = [each for each in case.invitations.values() if each.opens(now) and each.role in roles]
    if not invited:
        return Who(_("尚无人负责"), kind="unit")
    return Who(_("、").join(each.name for each in invited), opened.regime.role_title(invited[0].role), kind="unit")


def _facts(opened: Opened) -> list[Fact]:
    """Short facts: where from, when, about whom, and short fields of the intake form."""
    case, regime, world = opened.case, opened.regime, opened.world
    words = Words(regime, case, world)
    if case.occasion is not None:
        return affair_facts(opened)
    channel = regime.intake.channels.get(case.channel)
    rows = [
        Fact(_("来源"), f"{channel.title if channel else case.channel}，{moment_words(case.received_at, world)}"),
    ]
    if "respondent" not in opened.sight.hidden:
        rows.append(Fact(_("被投诉"), respondent_words(opened)))
    if case.filed_at != case.received_at:
        rows.append(Fact(_("登记"), moment_words(case.filed_at, world)))
    for name, field in regime.intake.fields.items():
        if field.type is FieldType.LONG_TEXT or f"matter.{name}" in opened.sight.hidden:
            continue
        if case.matter.get(name) not in (None, "", False, []):  # an unticked question says nothing
            rows.append(Fact(field.title, words.read(case.matter[name], field)))
    rows += _other_cases(opened)
    if case.also:
        rows.append(Fact(_("协办"), "、".join(world.people.unit_title(unit) for unit in case.also)))
    return rows


def _other_cases(opened: Opened) -> list[Fact]:
    """The case this one was merged into and those linked to it, as far as the reader may see them."""
    case = opened.case
    titles = dict.fromkeys(case.linked, _("关联")) | ({case.merged_into: _("并入")} if case.merged_into else {})
    if not titles:
        return []
    viewer = viewer_of(opened.world, opened.actor)
    found = CaseRow.objects.filter(viewer.visible(), id__in=[UUID(each) for each in titles]).order_by("number")
    numbers = found.values_list("id", "number")
    return [Fact(titles[str(pk)], number, reverse("desk-case", args=[number])) for pk, number in numbers]


def respondent_words(opened: Opened) -> str:
    """Who is complained about, by unit and name."""
    about, people = opened.case.respondent, opened.world.people
    parts = []
    if about.unit:
        parts.append(people.unit_title(about.unit))
    if about.person:
        parts.append(people.name_of(about.person))
    return " ".join(parts) or about.name


def _accounts(opened: Opened) -> list[tuple[str, str]]:
    """Long texts of the matter, in the complainant's words: title and text."""
    found = []
    for name, field in opened.regime.intake.fields.items():
        text = opened.case.matter.get(name)
        if field.type is FieldType.LONG_TEXT and text and f"matter.{name}" not in opened.sight.hidden:
            found.append((field.title, str(text)))
    return found


def _points(opened: Opened, entries: Sequence[Entry]) -> list[PointRow]:
    case, regime = opened.case, opened.regime
    if "matter" in opened.sight.hidden:  # demands are the complainant's own words
        return []
    by_point = {step.id for step in regime.flow.values() if step.per == "point"}
    runs = {run.member: run for run in case.steps.values() if run.step in by_point}
    findings = {
        entry.member: "；".join(value.rstrip("。；") for _title, value in entry.facts)
        for entry in reversed(entries)
        if entry.kind == "WorkDone" and entry.member
    }
    rows = []
    for number, text in enumerate(case.points, start=1):
        run = runs.get(str(number))
        state, word = _point_state(opened, run)
        who = person_chip(run.done_by, opened.world, opened.actor.person) if run and run.done_by else None
        rows.append(PointRow(text, who, state, word, findings.get(str(number), "") if state == "closed" else ""))
    return rows


def _point_state(opened: Opened, run: StepRun | None) -> tuple[str, str]:
    if run is None:
        return "new", _("未开始")
    if run.status != "done":
        return "investigate", _("核实中")
    outcome = opened.regime.flow[run.step].outcomes.get(run.outcome)
    return "closed", outcome.title if outcome else _("已核实")


def _found(opened: Opened) -> list[Fact]:
    """What the work brought to light: facts in the order of the flow, points left to their own table."""
    case, regime = opened.case, opened.regime
    words, known = Words(regime, case, opened.world), fields_of_work(regime)
    rows: dict[str, Fact] = {}
    for work in (*regime.flow.values(), *regime.acts.values()):
        if work.per == "point":
            continue
        for name, field in work.fields.items():
            value = case.facts.get(name)
            if name in case.facts and value not in (None, "", False, []) and f"facts.{name}" not in opened.sight.hidden:
                rows[name] = Fact(field.title, words.read(value, known[name]))
    return list(rows.values())


def _parties(opened: Opened, known: Mapping[str, PersonalData]) -> list[Fact]:
    """The complainant and a respondent from outside, masked unless just looked at."""
    case = opened.case
    if "complainant" in opened.sight.hidden:
        return [Fact(_("投诉人"), _("按制度保密，不向您显示"))]
    if case.complainant.anonymous:
        rows = [Fact(_("投诉人"), _("匿名"))]
    else:
        rows = []
    for role, title in (("complainant", _("投诉人")), ("respondent", _("被投诉人"))):
        data = known.get(role)
        if data:
            rows.append(Fact(title, data.name or _("未留姓名")))
            pairs = ((_("电话"), data.phone), (_("地址"), data.address), (_("证件号"), data.id_number), (_("邮箱"), data.email))
            rows += [Fact(label, value) for label, value in pairs if value]
    private = known.get("matter")
    if private:
        words = Words(opened.regime, case, opened.world)
        rows += [
            Fact(words.path(f"matter.{name}"), _("已加密保存") if value == HIDDEN else words.value(f"matter.{name}", value))
            for name, value in private.other.items()
        ]
    return rows or [Fact(_("投诉人"), _("未留姓名"))]


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """A party outside with a link; `href` leads to link and code for those who may pass them on, else empty.

    `open`: whether the link opens the case now; `state` says why not.
    """

    name: str
    note: str
    href: str
    state: str
    open: bool


def _invitations(opened: Opened, possible: Sequence[Possible]) -> list[InvitationRow]:
    number, passes_on = opened.case.number, any(each.work == "uninvite" for each in possible)
    return [
        InvitationRow(
            name=each.name,
            note=f"{opened.regime.role_title(each.role)}{_('，')}{_link_words(opened, each)}",
            href=reverse("desk-invitation", args=[number, each.key]) if passes_on and each.opens(opened.world.now) else "",
            state=_link_state(opened, each),
            open=each.opens(opened.world.now),
        )
        for each in opened.case.invitations.values()
    ]


def _link_words(opened: Opened, invited: Invitation) -> str:
    """Since when, and until when the link opens the case."""
    since = moment_words(invited.invited_at, opened.world)
    if invited.until is None or invited.ended_at is not None:
        return since
    return _("%(since)s起，链接到%(until)s为止") % {"since": since, "until": moment_words(invited.until, opened.world)}


def _link_state(opened: Opened, invited: Invitation) -> str:
    if invited.ended_at is not None:
        return _("链接已停用")
    return "" if invited.opens(opened.world.now) else _("链接已过期")


def _papers(opened: Opened, mine: frozenset[str]) -> list[PaperRow]:
    """The documents, latest first; `mine` are those that wait for this person's signature."""
    regime, world = opened.regime, opened.world
    rows = []
    for document in filter(partial(readable, opened), reversed(opened.case.documents.values())):
        missing, address = document.missing(), [opened.case.number, document.key]
        rows.append(
            PaperRow(
                title=f"《{document.title}》",
                href=reverse("desk-paper", args=address),
                note=f"{person_name(document.produced_by, world)}{_('，')}{moment_words(document.produced_at, world)}",
                number=document.number + (_("，第%(n)s版") % {"n": document.version} if document.version > 1 else ""),
                missing=_("、").join(regime.role_title(role) for role in missing),
                void=void_words(opened, document),
                sign_href=reverse("desk-act", args=[opened.case.number, f"sign.{document.key}"]) if document.key in mine else "",
                pdf_href=reverse("desk-paper-pdf", args=address),
                word_href=reverse("desk-paper-word", args=address),
            )
        )
    return rows


def void_words(opened: Opened, document: Document) -> str:
    """Since when a document is void and what stands in its place; nothing while it counts."""
    newer = opened.case.documents.get(document.replaced_by)
    if newer is not None:
        return _("已作废，以第%(n)s版代替") % {"n": newer.version}
    return _("已作废") if document.is_void else ""


def article_texts(opened: Opened, cites: Sequence[str]) -> list[Cited]:
    """Articles with their wording, for the form of an act."""
    return all_cited(opened.regime, cites)
