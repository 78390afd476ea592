"""What a party outside has to do in a case, and everything its page shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.application.act_titles import in_language
from huiyin.application.loading import Opened
from huiyin.application.transfers import may_fetch_package, package_titles
from huiyin.application.world import World
from huiyin.cases.available import available
from huiyin.cases.outsiders import as_known
from huiyin.cases.possible import Possible
from huiyin.cases.sources import is_source
from huiyin.cases.standing_still import COMPLETION
from huiyin.cases.state import Case, Document
from huiyin.cases.turns import turns
from huiyin.documents.produced import readable
from huiyin.site.components import Fact
from huiyin.store.log import events_of, read_event

from .moments import due_words
from .outside_concerns import Concerning, concerning
from .outside_said import Done, Said, done_by, said_to
from .outside_seen import Material, Paper, complainant_shown, found_shown, materials_seen, matter_shown, papers_seen
from .standing_words import pill_of
from .why import WhyDay, why_days

_TASKS = frozenset(
    {"perform", "approve", "sign", "acknowledge", "answer-order", "confirm-transfer", "return-transfer"}
)


@dataclass(frozen=True, slots=True)
class Task:
    """Something the party can do now. `name` stands in addresses; `due`: until when, in words, or empty.

    `why`: how that day was counted; `papers`: what to read before.
    """

    name: str
    possible: Possible
    due: str = ""
    late: bool = False
    why: Sequence[WhyDay] = ()
    papers: Sequence[Document] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The party's part in a case. `until`: how long the link opens it; `tasks` are waited for, `acts` it may do besides.

    `asks`: the act of asking something, if it may be done now; `adds`: whether material may be handed in. For the body that filed
    the case: `pill`, how far it is, with the word for that if there is one; `completes`, until when it is to complete the filing,
    empty where that is not asked for.
    """

    name: str
    role: str
    until: str
    tasks: list[Task]
    acts: list[Task]
    concerns: list[Concerning]
    said: list[Said]
    papers: list[Paper]
    matter: list[Fact]
    found: list[Fact]
    complainant: list[Fact]
    materials: list[Material]
    done: list[Done]
    asks: Possible | None
    adds: bool
    completes: str
    open: bool
    package: str
    pill: tuple[str, str] | None


def tasks_of(opened: Opened, possible: Sequence[Possible] | None = None) -> list[Task]:
    """What the regime waits for from this party now, then what it may do besides, by the same rules as everybody."""
    regime, case, world = opened.regime, opened.case, opened.world
    owed = {each.key if each.kind in ("approval", "acknowledge", "sign", "order") else each.work: each for each in
            turns(regime, case, world.directory(regime.id))}  # fmt: skip
    found = []
    for each in _possible(opened) if possible is None else possible:
        if each.command not in _TASKS or each.questionnaire is not None:
            continue
        order = case.orders.get(each.member)
        turn = owed.get(order.key if order else each.work)
        words, late, why = "", False, []
        if turn is not None and turn.due is not None:
            words = _("请在%(until)s办理。") % {"until": due_words(turn.due, world.calendar.zone, world.now)}
            late = turn.due < world.now
            why = why_days(opened, [item for item in opened.case.running() if item.key == (order.obligation if order else turn.key)])
        elif each.until is not None:
            words = _("请在%(until)s提出。") % {"until": due_words(each.until, world.calendar.zone, world.now)}
        name = ".".join(part for part in (each.command, each.work, each.member) if part)
        found.append(Task(name, each, words, late, why, _papers_with(opened, each)))
    return sorted(found, key=lambda task: not task.possible.expected)


def completes(opened: Opened) -> bool:
    """Whether the party filed the case itself and is asked to complete it now."""
    return any(each.command == "complete" for each in _possible(opened))


def _completed_until(world: World, case: Case) -> str:
    """Until when the filing is to be completed, as a sentence."""
    due = next((item.due for item in case.running() if item.limit == COMPLETION), None)
    return _("请在%(due)s补充。") % {"due": due_words(due, world.calendar.zone, world.now)} if due else _("请尽快补充。")


def _possible(opened: Opened) -> list[Possible]:
    return [each for each in in_language(available(opened.regime, opened.case, opened.context())) if each.blocked is None]


def _papers_with(opened: Opened, possible: Possible) -> list[Document]:
    """The document to be signed, those the work has one read before, or that came with the notice to be acknowledged."""
    documents = opened.case.documents
    if possible.command == "sign":
        return [documents[possible.work]]
    if possible.reads:
        return [documents[key] for key in possible.reads if readable(opened, documents[key])]
    notice = opened.regime.notices.get(possible.work) if possible.command == "acknowledge" else None
    form = notice.form if notice else None
    return [each for each in documents.values() if form and each.form == form and readable(opened, each)]


def part_of(opened: Opened, key: str) -> Part:
    """Everything the page shows to the party of this invitation."""
    regime, case, world = opened.regime, opened.case, opened.world
    invitation, directory = case.invitations[key], world.directory(regime.id)
    events = [read_event(row) for row in events_of(opened.row.id)]
    mine = [known for event in events if (known := as_known(regime, case, event, opened.actor, directory)) is not None]
    possible = _possible(opened)
    tasks, may_do = tasks_of(opened, possible), {each.work: each for each in possible}
    return Part(
        name=invitation.name,
        role=regime.role_title(invitation.role),
        until=due_words(invitation.until, world.calendar.zone, world.now) if invitation.until else "",
        tasks=[task for task in tasks if task.possible.expected],
        acts=[task for task in tasks if not task.possible.expected],
        concerns=concerning(opened),
        said=said_to(opened, mine),
        papers=papers_seen(opened),
        matter=matter_shown(opened),
        found=found_shown(opened),
        complainant=complainant_shown(opened),
        materials=materials_seen(opened),
        done=done_by(opened, mine),
        asks=may_do.get("ask-back"),
        adds="add-evidence" in may_do,
        completes=_completed_until(world, case) if "complete" in may_do else "",
        open=case.state != "closed",
        package="、".join(package_titles(opened)) if may_fetch_package(opened) else "",
        pill=pill_of(regime, case) if is_source(case, opened.actor) else None,
    )
