"""Proposals that wait for the reader's yes or no."""

from dataclasses import dataclass

from django.urls import reverse

from huiyin.application.loading import Opened, open_case
from huiyin.application.turn_lists import TurnFilter, my_turns
from huiyin.cases.possible import Possible
from huiyin.store.errors import UnknownCase
from huiyin.workbench.desk import Desk
from huiyin.workbench.forms.act_form import ActForm, Purpose, act_name
from huiyin.workbench.pages.approval import Proposal, proposal_words
from huiyin.workbench.pages.possible import possibilities


@dataclass(frozen=True, slots=True)
class Waiting:
    """One proposal: what it is, where it is decided, whether a bare yes is enough."""

    proposal: Proposal
    number: str
    matter: str
    href: str
    act_href: str
    name: str
    version: int
    plain: bool
    form: ActForm


MOST = 30


def waiting_for(desk: Desk, most: int = MOST) -> tuple[list[Waiting], int]:
    """Proposals the reader may decide, soonest first, and how many turns there are (up to what a page holds)."""
    page = my_turns(desk.organisation, desk.who, TurnFilter(kinds=("approval",)), limit=MOST, world=desk.world)
    found: list[Waiting] = []
    opened: dict[object, tuple[Opened, list[Possible]] | None] = {}
    count = 0
    for turn in page.items:
        if turn.case_id not in opened:
            opened[turn.case_id] = _open(desk, turn.case_id) if len(opened) < most else None
        known = opened[turn.case_id]
        if known is None:
            count += 1
            continue
        case, votes = known
        for vote in votes:
            if vote.work == turn.key:
                count += 1
                if len(found) < most:
                    found.append(_waiting(case, vote))
    return found, count


def _open(desk: Desk, case_id: object) -> tuple[Opened, list[Possible]] | None:
    try:
        opened = open_case(desk.organisation, desk.who, case_id, desk.world)  # type: ignore[arg-type]
    except UnknownCase:
        return None
    return opened, [each for each in possibilities(opened) if each.command == "approve"]


def _waiting(opened: Opened, vote: Possible) -> Waiting:
    assert vote.approval is not None
    form = ActForm(Purpose(vote, opened), prefix="")
    form.auto_id = f"act_{opened.case.number}_{vote.work}_%s"
    return Waiting(
        proposal=proposal_words(opened, vote.approval),
        number=opened.case.number,
        matter=opened.row.title,
        href=reverse("desk-case", args=[opened.case.number]),
        act_href=reverse("desk-act", args=[opened.case.number, act_name(vote)]),
        name=act_name(vote),
        version=opened.row.version,
        plain=set(form.fields) <= {"text"},
        form=form,
    )
