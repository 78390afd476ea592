"""What an approval is about: who asks what, with which values, for which stage, and what it would do."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.attachments import proposed_attachments
from huiyin.application.concerning_me import parent_of
from huiyin.application.loading import Opened
from huiyin.application.measures_in_force import measures_in_force
from huiyin.application.story_words import Words
from huiyin.cases.bodies import standing, votes_by_quorum
from huiyin.cases.extending import asked_for
from huiyin.cases.measures_in_force import until_words
from huiyin.cases.state import PendingApproval, Stage
from huiyin.site.components import Fact
from huiyin.workbench.words.articles import Cited, all_cited
from huiyin.workbench.words.moments import moment_words
from huiyin.workbench.words.people import person_name


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal in words. `stages` are (title, done) pairs, `files` (name, address) of what would be added."""

    title: str
    asked: str
    facts: list[Fact]
    text: str
    cites: list[Cited]
    stages: list[tuple[str, bool]]
    files: list[tuple[str, str]]


def proposal_words(opened: Opened, pending: PendingApproval) -> Proposal:
    """Everything somebody needs to say yes or no."""
    regime, world = opened.regime, opened.world
    words = Words(regime, opened.case, world, opened.sight.hidden)
    by = person_name(pending.asked_by, world)
    return Proposal(
        title=pending.title,
        asked=_("%(who)s，%(when)s提出") % {"who": by, "when": moment_words(pending.asked_at, world)},
        facts=_facts(opened, pending, words),
        text=str(pending.payload.get("text", "")),
        cites=all_cited(regime, pending.cite),
        stages=[
            (_stage(opened, pending, stage, now=number == pending.stage), number < pending.stage)
            for number, stage in enumerate(pending.stages)
        ],
        files=_files(opened, pending),
    )


def _files(opened: Opened, pending: PendingApproval) -> list[tuple[str, str]]:
    """What was handed in with a proposal to add evidence, for those who may see evidence."""
    if pending.subject != "add-evidence" or "evidence" in opened.sight.hidden:
        return []
    number = opened.case.number
    return [(row.name, reverse("desk-evidence", args=[number, str(row.id)])) for row in proposed_attachments(opened)]


def _stage(opened: Opened, pending: PendingApproval, stage: Stage, *, now: bool) -> str:
    """Who decides; of a body that is voting now also how the votes stand."""
    regime, case = opened.regime, opened.case
    directory = opened.world.directory(regime.id)
    words = []
    for role in (*stage.all_of, *stage.by):
        title = regime.role_title(role)
        if now and votes_by_quorum(regime, case, directory, role, pending):
            votes = standing(regime, case, directory, role, pending)
            title = _("%(body)s（同意%(yes)s人、不同意%(no)s人，满%(needed)s人表决即决定）") % {
                "body": title, "yes": votes.yes, "no": votes.no, "needed": votes.needed
            }  # fmt: skip
        words.append(title)
    return _("、").join(words)


def _facts(opened: Opened, pending: PendingApproval, words: Words) -> list[Fact]:
    payload, regime = pending.payload, opened.regime
    if pending.kind == "sanction":
        return _sanction(opened, pending, words)
    if pending.kind == "extension":
        limit = regime.limit_of(str(payload["limit"]))
        fields = asked_for(regime.acts["extend"], limit.extension)[0] if limit and limit.extension else {}
        due = datetime.fromisoformat(payload["due"])
        rows = [Fact(_("延长到"), moment_words(due, opened.world))]
        told = words.fields(payload["fields"], fields, "facts") | words.present(tuple(payload.get("present", ())))
        return rows + [Fact(title, value) for title, value in told.items()]
    if pending.kind == "work":
        work = words.work_of(pending.subject.partition("#")[0])
        rows = [Fact(title, value) for title, value in words.fields(payload["fields"], work.fields if work else {}, "facts").items()]
        outcome = work.outcomes.get(str(payload.get("outcome", ""))) if work else None
        return ([Fact(_("结果"), outcome.title)] if outcome else []) + rows
    if pending.kind == "assessment":
        row = next((each for each in regime.assessment if each.id == pending.subject), None)
        return [Fact(_("审查意见"), row.title if row else pending.subject)]
    unit = str(payload.get("unit", ""))
    who = words.unit(unit) or words.role(str(payload.get("role", "")))
    return [Fact(_("交由"), who), Fact(_("承办人"), words.person(str(payload.get("handler", ""))) or _("部门自定"))]


def _sanction(opened: Opened, pending: PendingApproval, words: Words) -> list[Fact]:
    payload, measures = pending.payload, opened.regime.accountability.measures
    against = str(payload["against"])
    named = words.party(against)
    role = words.role(str(payload["against_role"]))
    rows = [Fact(_("对谁"), f"{named}（{role}）" if named else role)]
    for name, offer in payload["propose"].items():
        measure = measures[name]
        if offer is True:
            amount = _("是")
        elif isinstance(offer, list):
            amount = f"{offer[0]:g}–{offer[1]:g}{measure.unit}"
        else:
            amount = f"{offer:g}{measure.unit}" if isinstance(offer, int | float) else str(offer)
        rows.append(Fact(measure.title, amount))
    return rows + _in_force(opened, against)


def _in_force(opened: Opened, against: str) -> list[Fact]:
    """Measures that are in force for whom it concerns: whoever decides has to know of them."""
    regime, world = parent_of(opened.regime), opened.world
    return [
        Fact(_("现有处理"), f"{regime.accountability.measures[each.measure].title}，{until_words(each.until, world.calendar)}")
        for each in world.once("measures-in-force", measures_in_force)
        if (each.regime, each.against) == (regime.id, against) and each.measure in regime.accountability.measures
    ]
